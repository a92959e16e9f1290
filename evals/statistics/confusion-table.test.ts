import { expect, it } from 'vitest';
import { confusionTable } from './confusion-table.ts';

it('pairs are counted, whatever their names hold', () => {
  expect(
    confusionTable([
      ['b', 'a'],
      ['a', 'a'],
      ['b', 'a'],
      ['a", "b', 'c'],
      ['a', 'b", "c'],
      ['__proto__', 'a'],
    ]),
  ).toEqual([
    { expected: 'b', given: 'a', count: 2 },
    { expected: '__proto__', given: 'a', count: 1 },
    { expected: 'a', given: 'a', count: 1 },
    { expected: 'a', given: 'b", "c', count: 1 },
    { expected: 'a", "b', given: 'c', count: 1 },
  ]);
});
