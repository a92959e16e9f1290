import { expect, it } from 'vitest';
import { zeroFailuresBound } from './zero-failures-bound.ts';

// J. A. Hanley, A. Lippman-Hand, JAMA 249 (1983): exact bounds behind the rule of three.
it.each([
  [30, 9.5],
  [60, 4.87],
  [100, 2.95],
  [150, 1.98],
  [300, 0.99],
  [600, 0.5],
])('no failure in %d trials leaves room for %d %%', (trials, percent) => {
  expect(100 * (zeroFailuresBound(trials) ?? 0)).toBeCloseTo(percent, 2);
});

it('no trial says nothing', () => {
  expect(zeroFailuresBound(0)).toBeNull();
});
