import { describe, expect, it } from 'vitest';
import { clocksIn, figuresIn } from './figures-in.ts';

const read = (text: string) => figuresIn(text).map(({ measure, readings }) => [measure, readings[0]?.value]);

describe('figuresIn', () => {
  it('reads figures with decimals, separators and units', () => {
    expect(read('One task holds 502,083 of its 1,000,000 rows; it took 113.1 s and 768 MiB (61 %)')).toEqual([
      ['count', 502_083],
      ['count', 1_000_000],
      ['duration', 113_100],
      ['bytes', 768 * 1024 ** 2],
      ['percent', 61],
    ]);
    expect(read('等了 58 分钟,占 61 %,堆为 1.5 GiB，共 12万 行')).toEqual([
      ['duration', 58 * 60_000],
      ['percent', 61],
      ['bytes', 1.5 * 1024 ** 3],
      ['count', 120_000],
    ]);
  });

  it('reads sizes as Spark, the JVM and the kernel print them, and both readings of MB', () => {
    expect(read('512m, 3g, 803884kB')).toEqual([
      ['bytes', 512 * 1024 ** 2],
      ['bytes', 3 * 1024 ** 3],
      ['bytes', 803_884 * 1024],
    ]);
    expect(figuresIn('5 MB')[0]?.readings.map(({ value }) => value)).toEqual([5 * 1024 ** 2, 5e6]);
  });

  it('takes a duration of two units for one figure', () => {
    expect(read('after 12 min 22 s; 3 分 3 秒; 1 h 52 min')).toEqual([
      ['duration', 742_000],
      ['duration', 183_000],
      ['duration', 112 * 60_000],
    ]);
    expect(read('2 s, 30 s')).toEqual([
      ['duration', 2_000],
      ['duration', 30_000],
    ]);
  });

  it('reads both sides of a share', () => {
    expect(read('阶段 11 已完成 96/200 个任务')).toEqual([
      ['count', 11],
      ['count', 96],
      ['count', 200],
    ]);
  });

  it('passes over numbers that are part of a name', () => {
    expect(figuresIn('stage_3 on bd-node12 ran Spark 3.5.6-rc1 as application_1700000000000_0042')).toEqual([]);
    expect(figuresIn('container_e12_1700000000000_0042_01_000008 at /data/disk07/x on Hadoop 3.3.6')).toEqual([]);
  });

  it('leaves times of day and dates to clocksIn', () => {
    expect(figuresIn('failed at 11:29:22 UTC on 2026-11-21')).toEqual([]);
    expect(clocksIn('failed at 11:29:22 UTC on 2026-11-21, seen 10:30')).toEqual(['11:29:22', '2026-11-21', '10:30']);
    expect(clocksIn('2026-11-21T11:29:22.153Z')).toEqual(['2026-11-21', '11:29:22']);
  });

  it('stays linear on hostile text', () => {
    const hostile = `${'1,111'.repeat(20_000)} ${'9'.repeat(100_000)} ${'3 min '.repeat(20_000)}`;
    const started = performance.now();
    figuresIn(hostile);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
