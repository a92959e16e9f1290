import { expect, test } from 'vitest';
import { gapsIn, mergedSpans, unionMs } from './time-union.ts';

test('overlaps count once, reversed spans not at all', () => {
  expect(
    unionMs([
      [0, 10],
      [5, 12],
      [20, 25],
      [30, 30],
      [50, 40],
    ]),
  ).toBe(17);
  expect(
    mergedSpans([
      [5, 6],
      [0, 5],
      [8, 9],
    ]),
  ).toEqual([
    [0, 6],
    [8, 9],
  ]);
});

test('what no span covers, within the window', () => {
  expect(
    gapsIn(0, 30, [
      [5, 10],
      [8, 12],
      [25, 99],
    ]),
  ).toEqual([
    [0, 5],
    [12, 25],
  ]);
  expect(gapsIn(0, 10, [[0, 10]])).toEqual([]);
  expect(gapsIn(0, 10, [])).toEqual([[0, 10]]);
});
