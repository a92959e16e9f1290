import { expect, it } from 'vitest';
import { brierScore } from './brier-score.ts';

it.each([
  // The worked examples of the article “Brier score”.
  [1, true, 0],
  [1, false, 1],
  [0.7, true, 0.09],
  [0.3, true, 0.49],
  [0.5, true, 0.25],
  [0.5, false, 0.25],
])('%d sure, and it is %s: %d', (confidence, right, score) => {
  expect(brierScore([{ confidence, right }])).toBeCloseTo(score, 12);
});

it('of several is their mean, of none nothing', () => {
  expect(
    brierScore([
      { confidence: 1, right: true },
      { confidence: 1, right: false },
    ]),
  ).toBe(0.5);
  expect(brierScore([])).toBeNull();
});
