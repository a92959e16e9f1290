import { describe, expect, it } from 'vitest';
import { exactMcnemar } from './exact-mcnemar.ts';
import { signFlipTest } from './sign-flip-test.ts';

/** Darwin's maize, crossed minus self-fertilised, in eighths of an inch: the data of Fisher's book. */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

describe('a sign-flip test', () => {
  it('gives Fisher’s own figure: 1726 of 32768', () => {
    expect(signFlipTest(MAIZE, 1)).toBe(1726 / 32_768);
  });

  it('drawn is near the exact one, and the same for a seed', () => {
    // A case answered alike adds nothing; two that cancel out make more than are tried one by one.
    const drawn = signFlipTest([...MAIZE, 0, 0.001, -0.001], 5);
    expect(drawn).toBeCloseTo(1726 / 32_768, 1.9);
    expect(drawn).toBe(signFlipTest([...MAIZE, 0, 0.001, -0.001], 5));
  });

  it('of single trials is McNemar’s', () => {
    const flips = [...Array<number>(10).fill(1), ...Array<number>(2).fill(-1), 0, 0, 0];
    expect(signFlipTest(flips, 1)).toBeCloseTo(exactMcnemar(10, 2), 10);
  });

  it('no difference, and one case alone, is nothing', () => {
    expect([signFlipTest([0, 0], 1), signFlipTest([], 1), signFlipTest([-0.6], 1)]).toEqual([1, 1, 1]);
  });

  it('is not misled by sums that differ in their last bit', () => {
    expect(signFlipTest([0.1, 0.2, -0.3], 1)).toBe(1);
  });
});
