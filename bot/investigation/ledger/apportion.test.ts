import { describe, expect, it } from 'vitest';
import { apportionByFraction, apportionToLargest } from './apportion.ts';
import { seeded } from './fixtures/random-run.ts';

describe('apportionToLargest', () => {
  it('rounds down and gives the remainder to the largest', () => {
    expect(apportionToLargest([1.5, 7.9, 0.6], 10)).toEqual([1, 9, 0]);
  });

  it('adds up and stays at or above zero for any parts', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const parts = Array.from({ length: 16 }, () => random() * 10 ** (seed % 8));
      const total = Math.round(parts.reduce((sum, part) => sum + part, 0));
      const whole = apportionToLargest(parts, total);
      expect(whole.reduce((sum, part) => sum + part, 0)).toBe(total);
      expect(Math.min(...whole)).toBeGreaterThanOrEqual(0);
    }
  });

  it('ends on figures that are no numbers', () => {
    expect(apportionToLargest([Number.NaN, 3.2], 3)).toEqual([0, 3]);
    expect(apportionToLargest([], 5)).toEqual([]);
  });
});

describe('apportionByFraction', () => {
  it('rounds up the largest fractions until the total is reached', () => {
    expect([...apportionByFraction(Float64Array.of(1.4, 1.3, 1.3), 4)]).toEqual([2, 1, 1]);
  });

  it('gives nothing to parts that are nothing', () => {
    expect([...apportionByFraction(Float64Array.of(0, 2.5, 0), 3)]).toEqual([0, 3, 0]);
  });
});
