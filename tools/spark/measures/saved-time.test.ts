import { expect, test } from 'vitest';
import { sparkRunFixture, type TaskSpec } from '../rules/spark-run-fixture.ts';
import { savedByCapping } from './saved-time.ts';

const LONG: TaskSpec[] = [
  { at: 0, ms: 10_000 },
  { at: 5_000, ms: 80_000 },
];

test('the stage would end with its other tasks', () => {
  expect(
    savedByCapping(sparkRunFixture({ tasks: LONG }), 0, (row) => (row === 1 ? 6_000 : Number.POSITIVE_INFINITY)),
  ).toBe(74_000);
});

test('nothing is won where the cap does not bind', () => {
  expect(savedByCapping(sparkRunFixture({ tasks: LONG }), 0, () => 99_999)).toBe(0);
  expect(savedByCapping(sparkRunFixture({}), 0, () => 0)).toBe(0);
});

test('less is won where another stage kept half of the slots busy', () => {
  const other: TaskSpec = { stage: 1, at: 0, ms: 90_000 };
  expect(
    savedByCapping(sparkRunFixture({ tasks: [...LONG, other] }), 0, (row) =>
      row === 1 ? 6_000 : Number.POSITIVE_INFINITY,
    ),
  ).toBe(37_000);
});
