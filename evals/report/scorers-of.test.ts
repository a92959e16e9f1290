import { expect, it } from 'vitest';
import { zeroFailuresBound } from '../statistics/zero-failures-bound.ts';
import { hardGatesOf, scorersOf } from './scorers-of.ts';
import { madeUpResult } from './suite-result-fixture.ts';

const RESULT = madeUpResult([
  { values: { chain: 0.5 } },
  { askId: 'b-2-x/asked-1', values: { chain: null } },
  { askId: 'b-2-x/theory', broken: ['evidence-validity'] },
  { askId: 'c-3-x/asked-1', status: 'crashed' },
]);

it('a scorer is told over the trials that it speaks of', () => {
  const rows = scorersOf(RESULT.scored, RESULT).map(({ name, of, mean, below }) => [name, of, mean, below]);
  expect(rows).toEqual([
    ['cause', 4, 0.75, 1],
    ['evidence-validity', 4, 0.75, 1],
    ['chain', 3, 2.5 / 3, 1],
    ['speed', 0, null, 0],
  ]);
});

it('a hard gate names what broke it; unbroken it says what the rate may still be, by incidents', () => {
  expect(hardGatesOf(RESULT.scored, RESULT)).toMatchObject([
    { name: 'evidence-validity', held: 3, broken: ['b-2-x/theory rules #1'], upperBound: null },
  ]);
  const clean = RESULT.scored.slice(0, 2);
  expect(hardGatesOf(clean, RESULT)).toMatchObject([{ held: 2, broken: [], upperBound: zeroFailuresBound(2) }]);
  expect(hardGatesOf([], RESULT)).toMatchObject([{ held: 0, broken: [], upperBound: null }]);
});
