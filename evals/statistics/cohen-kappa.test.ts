import { expect, it } from 'vitest';
import { cohenKappa, type PairOfVerdicts } from './cohen-kappa.ts';

function pairs([bothYes, onlyFirst, onlySecond, bothNo]: readonly [number, number, number, number]): PairOfVerdicts[] {
  const times = (count: number, first: boolean, second: boolean) =>
    Array.from({ length: count }, () => ({ first, second }));
  return [
    ...times(bothYes, true, true),
    ...times(onlyFirst, true, false),
    ...times(onlySecond, false, true),
    ...times(bothNo, false, false),
  ];
}

it.each([
  // The worked examples of the article “Cohen's kappa”: fifty grant proposals, and two tables with the same agreement.
  [[20, 5, 10, 15], 0.7, 0.5, 0.4],
  [[45, 15, 25, 15], 0.6, 0.54, 0.1304],
  [[25, 35, 5, 35], 0.6, 0.46, 0.2593],
] as const)('of %j: observed %d, expected %d, kappa %d', (counts, observed, expected, kappa) => {
  const agreement = cohenKappa(pairs(counts));
  expect(agreement?.observed).toBeCloseTo(observed, 4);
  expect(agreement?.expected).toBeCloseTo(expected, 4);
  expect(agreement?.kappa).toBeCloseTo(kappa, 4);
});

it('counts each of the four cells', () => {
  expect(cohenKappa(pairs([1, 2, 3, 4]))).toMatchObject({ of: 10, bothYes: 1, onlyFirst: 2, onlySecond: 3, bothNo: 4 });
});

it('is 1 for two who always agree, below 0 for two who never do, and nothing where there is nothing to tell', () => {
  expect(cohenKappa(pairs([3, 0, 0, 2]))?.kappa).toBe(1);
  expect(cohenKappa(pairs([0, 3, 3, 0]))?.kappa).toBe(-1);
  expect(cohenKappa(pairs([7, 0, 0, 0]))).toMatchObject({ kappa: null, observed: 1 });
  expect(cohenKappa([])).toBeNull();
});
