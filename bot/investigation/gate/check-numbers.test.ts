import { describe, expect, it } from 'vitest';
import { figuresIn, unknownFigures } from './check-numbers.ts';

describe('figuresIn', () => {
  it('reads figures with decimals, separators and units', () => {
    expect(figuresIn('One task holds 502,083 of its 1,000,000 rows; it took 113.1 s and 768 MiB (61 %)')).toEqual([
      502083, 1000000, 113.1, 768, 61,
    ]);
    expect(figuresIn('等了 58 分钟,占 61 %,堆为 1.5 GiB')).toEqual([58, 61, 1.5]);
  });

  it('passes over numbers that are part of a name', () => {
    expect(figuresIn('stage_3 on bd-node12 ran Spark 3.5.6-rc1 as application_1700000000000_0042')).toEqual([]);
    expect(figuresIn('container_e12_1700000000000_0042_01_000008 at /data/disk07/x')).toEqual([]);
  });
});

describe('unknownFigures', () => {
  const known = [2.4 * 1024 ** 3, 58_000, 502_083, 0.61];

  it('knows a figure in whatever unit it is printed', () => {
    expect(unknownFigures('2.4 GiB were used, 58 s were lost, 61 % of the rows', known)).toEqual([]);
    expect(unknownFigures('502,083 rows', known)).toEqual([]);
  });

  it('finds an invented figure', () => {
    expect(unknownFigures('73 GiB were used', known)).toEqual([73]);
    expect(unknownFigures('it would save 41 minutes', known)).toEqual([41]);
  });

  it('takes small counts for language', () => {
    expect(unknownFigures('one of the 3 attempts, the first 4 tasks', known)).toEqual([]);
    expect(unknownFigures('raise it by 3.7 GiB', known)).toEqual([3.7]);
  });

  it('allows for rounding and for no more', () => {
    expect(unknownFigures('2.41 GiB', known)).toEqual([]);
    expect(unknownFigures('2.6 GiB', known)).toEqual([2.6]);
  });
});
