import { describe, expect, it } from 'vitest';
import { conceptsOf } from './concepts-of.ts';

const asked = (text: string) => conceptsOf(text).concepts.map((concept) => concept.asked);
const waysOf = (text: string) => conceptsOf(text).concepts.flatMap(({ ways }) => ways.map((way) => way.join(' ')));

describe('conceptsOf', () => {
  it('takes the longer phrase of the glossary before the shorter inside it', () => {
    expect(asked('executor ran out of memory')).toEqual(expect.arrayContaining(['executor']));
    expect(asked('out of memory')).toHaveLength(1);
    expect(waysOf('out of memory')).toContain('内存 存溢 溢出');
  });

  it('finds a thing said in the other language', () => {
    expect(waysOf('数据倾斜怎么办')).toContain('skew');
    expect(waysOf('how to handle skew')).toContain('数据 据倾 倾斜');
  });

  it('finds phrases that mix both scripts, with or without a blank', () => {
    expect(waysOf('任务 hang 住了')).toContain('stuck');
    expect(waysOf('任务hang住了')).toContain('stuck');
  });

  it('leaves out what says nothing and what is somebody’s own name', () => {
    expect(asked('请问 application_1795259698281_0005 在 bd-node12 上 dwd_order_detail_di 是怎么回事')).toEqual([]);
    expect(asked('how do I do this')).toEqual([]);
  });

  it('keeps exit codes', () => {
    expect(waysOf('exit code 137')).toContain('137');
  });

  it('keeps the words of a quoted message side by side', () => {
    expect(conceptsOf('No space left on device').pairs).toEqual([
      ['no', 'spac'],
      ['spac', 'left'],
      ['left', 'on'],
      ['on', 'devic'],
    ]);
  });

  it('is done in time with any text', () => {
    const before = performance.now();
    conceptsOf('内存'.repeat(20_000) + ' x'.repeat(20_000) + '_1'.repeat(20_000));
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
