import { expect, it } from 'vitest';
import { exactMcnemar } from './exact-mcnemar.ts';

it.each([
  // The splits that we plan by.
  [10, 2, 0.039],
  [2, 10, 0.039],
  [15, 5, 0.041],
  [8, 3, 0.227],
  // All of six in one direction is the least that is below 5 %: 2 / 2^6.
  [6, 0, 0.03125],
  [5, 0, 0.0625],
])('%d better and %d worse: p = %d', (better, worse, p) => {
  expect(exactMcnemar(better, worse)).toBeCloseTo(p, 3);
});

it('no change, and as many in both directions, is nothing', () => {
  expect([exactMcnemar(0, 0), exactMcnemar(4, 4)]).toEqual([1, 1]);
});

it('one flip of one case is never a finding', () => {
  expect(exactMcnemar(0, 1)).toBe(1);
});
