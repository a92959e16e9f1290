import { expect, it } from 'vitest';
import { holmCorrection } from './holm-correction.ts';

it.each([
  // What R's p.adjust(p, "holm") prints.
  [
    [0.01, 0.02, 0.03, 0.04, 0.05],
    [0.05, 0.08, 0.09, 0.09, 0.09],
  ],
  // The worked example of the article “Holm–Bonferroni method”: H4 and H1 fall, H3 and H2 stand.
  [
    [0.01, 0.04, 0.03, 0.005],
    [0.03, 0.06, 0.06, 0.02],
  ],
  [
    [0.6, 0.9],
    [1, 1],
  ],
  [[], []],
])('%j becomes %j', (ps, adjusted) => {
  expect(holmCorrection(ps).map((p) => Math.round(p * 1e6) / 1e6)).toEqual(adjusted);
});
