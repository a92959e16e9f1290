import { expect, test } from 'vitest';
import { FIXTURE_START, sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { durationOf, isLostOutput, measuresOf, succeededRows, wallOf } from './run-measures.ts';

test('every instant is divided among the attempts that run in it; the parts add up to the time with any task', () => {
  const run = sparkRunFixture({
    wallMs: 100_000,
    tasks: [
      { at: 0, ms: 20_000 },
      { at: 10_000, ms: 20_000 },
      { at: 60_000, ms: 10_000 },
    ],
  });
  // 10 s alone and 10 s with one beside it; the third alone.
  expect([...measuresOf(run).wallShareMs]).toEqual([15_000, 15_000, 10_000]);
});

test('a component takes its share of its attempt, clipped to the attempt', () => {
  const run = sparkRunFixture({
    tasks: [
      { at: 0, ms: 10_000 },
      { at: 0, ms: 10_000 },
    ],
  });
  expect(wallOf(run, [0], () => 5_000)).toBe(2_500);
  expect(wallOf(run, [0, 1], () => 999_999)).toBe(10_000);
  expect(wallOf(run, [0], () => -5)).toBe(0);
  expect(wallOf(run, [0], () => Number.NaN)).toBe(0);
});

test('an attempt without an end ends with its executor, else with the run; none leaves the window of the run', () => {
  const run = sparkRunFixture({
    wallMs: 50_000,
    executors: [{ id: 'lost', removedAt: FIXTURE_START + 30_000 }],
    tasks: [
      { at: 10_000, ms: 0, status: 'running', executor: 'lost' },
      { at: 10_000, ms: 0, status: 'running', executor: 'alive' },
      { at: 10_000, ms: 900_000, executor: 'alive' },
      { at: Number.NaN, ms: 5, executor: 'alive' },
    ],
  });
  expect([0, 1, 2].map((row) => durationOf(run, row))).toEqual([20_000, 40_000, 40_000]);
  expect(Number.isFinite(durationOf(run, 3))).toBe(true);
});

test('rows of a stage that succeeded and carry metrics', () => {
  const run = sparkRunFixture({
    tasks: [
      { at: 0, ms: 1 },
      { at: 0, ms: 1, status: 'failed' },
      { at: 0, ms: 1, hasMetrics: false },
      { stage: 2, at: 0, ms: 1 },
    ],
  });
  expect(succeededRows(run, 0)).toEqual([0]);
  expect(succeededRows(run, 9)).toEqual([]);
});

test('finished tasks whose output went with the executor, and those it interrupted', () => {
  const run = sparkRunFixture({
    executors: [{ id: '1', removedAt: FIXTURE_START + 30_000 }],
    tasks: [
      { at: 0, ms: 10_000, status: 'lost' },
      { at: 20_000, ms: 10_000, status: 'lost' },
      { at: 0, ms: 10_000, status: 'lost', hasMetrics: false },
      { at: 0, ms: 10_000 },
    ],
  });
  expect([0, 1, 2, 3].map((row) => isLostOutput(run, row))).toEqual([true, false, false, false]);
});

test('computed once for a run', () => {
  const run = sparkRunFixture({ tasks: [{ at: 0, ms: 1 }] });
  expect(measuresOf(run)).toBe(measuresOf(run));
});
