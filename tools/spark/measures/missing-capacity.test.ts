import { expect, test } from 'vitest';
import { FIXTURE_START, sparkRunFixture, type TaskSpec } from '../rules/spark-run-fixture.ts';
import { missingCapacity } from './missing-capacity.ts';

const at = (seconds: number) => FIXTURE_START + seconds * 1_000;

/** Eight tasks of 10 s on one executor of two slots; a second one comes at 20 s. */
function run(settings: Record<string, string> = {}) {
  const tasks = Array.from(
    { length: 8 },
    (_, index): TaskSpec => ({
      at: index < 4 ? Math.floor(index / 2) * 10_000 : 20_000,
      ms: 10_000,
      executor: index < 6 ? '1' : '2',
    }),
  );
  return sparkRunFixture({
    settings,
    executors: [
      { id: '1', addedAt: at(0) },
      { id: '2', addedAt: at(20) },
    ],
    stages: [{ stageId: 0, submittedAt: at(0), completedAt: at(30), taskCount: 8 }],
    tasks,
  });
}

test('what running and waiting tasks would fill, less what is there', () => {
  // 0-10 s: 8 tasks want 4 executors, 1 is there; 10-20 s: 6 tasks want 3. From 20 s on nothing waits.
  expect(missingCapacity(run()).missingMs).toBeCloseTo(10_000 * (3 / 4) + 10_000 * (2 / 3), 3);
  expect(missingCapacity(run()).mostWanted).toBe(4);
});

test('the maximum caps what is wanted', () => {
  expect(missingCapacity(run({ 'spark.dynamicAllocation.maxExecutors': '1' }))).toEqual({
    missingMs: 0,
    mostWanted: 1,
  });
});

test('no executors, no stages: nothing is missing', () => {
  expect(missingCapacity(sparkRunFixture({}))).toEqual({ missingMs: 0, mostWanted: 0 });
});
