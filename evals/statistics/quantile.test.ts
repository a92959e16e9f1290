import { expect, it } from 'vitest';
import { quantile } from './quantile.ts';

// R. J. Hyndman, Y. Fan, The American Statistician 50 (1996), definition 7, as R's quantile(1:10, …) prints it.
it.each([
  [0, 1],
  [0.25, 3.25],
  [0.5, 5.5],
  [0.95, 9.55],
  [1, 10],
])('the quantile %d of one to ten is %d', (share, value) => {
  expect(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share)).toBeCloseTo(value, 10);
});

it('one value is every quantile of itself, and nothing has none', () => {
  expect([quantile([4], 0.95), quantile([], 0.5)]).toEqual([4, null]);
});
