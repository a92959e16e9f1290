import { expect, it } from 'vitest';
import { fitsPattern } from './fits-pattern.ts';

it.each([
  ['ads', 'ads', true],
  ['ads', 'adsx', false],
  ['*', '', true],
  ['ad_*', 'ad_', true],
  ['*_daily', 'x_daily', true],
  ['a*b*c', 'a1b2c', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['a.c', 'abc', false],
  ['root.*.x', 'root.a.b.x', true],
])('%s and %s', (pattern, name, fits) => {
  expect(fitsPattern(pattern, name)).toBe(fits);
});

it('is done at once with hostile names', () => {
  const from = performance.now();
  expect(fitsPattern(`${'a*'.repeat(50)}b`, 'a'.repeat(100_000))).toBe(false);
  expect(performance.now() - from).toBeLessThan(500);
});
