import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson-interval.ts';

describe('an interval by Wilson', () => {
  it.each([
    // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d is the published one', (hits, of, low, high) => {
    const interval = wilsonInterval(hits, of);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it.each([
    [40, 50, 67.0, 88.8],
    [80, 100, 71.1, 86.7],
    [180, 200, 85.1, 93.4],
    [360, 400, 86.7, 92.6],
  ])('of %d in %d is that of the table we plan by', (hits, of, low, high) => {
    const interval = wilsonInterval(hits, of);
    expect(100 * (interval?.low ?? 0)).toBeCloseTo(low, 1);
    expect(100 * (interval?.high ?? 0)).toBeCloseTo(high, 1);
  });

  it('is open below 1 when all are right, and mirrored when none is', () => {
    const all = wilsonInterval(7, 7);
    expect(all?.high).toBe(1);
    expect(all?.low).toBeLessThan(0.7);
    expect(wilsonInterval(0, 7)?.high).toBeCloseTo(1 - (all?.low ?? 0), 12);
  });

  it('of nothing is none', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});
