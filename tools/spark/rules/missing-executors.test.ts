import { expect, test } from 'vitest';
import { missingExecutors } from './missing-executors.ts';
import { FIXTURE_START, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const at = (seconds: number) => FIXTURE_START + seconds * 1_000;

test('a stage that stands ready for over a minute before the first executor', () => {
  const run = sparkRunFixture({
    executors: [{ id: '0', addedAt: at(75) }],
    stages: [{ stageId: 0, submittedAt: at(5), completedAt: at(95) }],
  });
  const [finding] = missingExecutors.apply(run);
  expect(finding).toMatchObject({ code: 'scheduling.insufficient_resources', kind: 'inferred', symptom: 'waiting' });
  // 70 s less the 15 s that starting one may take.
  expect(finding?.values.savedMs).toBe(55_000);
  expect(finding).toMatchObject({ at: at(5), until: at(75) });
});

test('no executor at all until the end', () => {
  const run = sparkRunFixture({ stages: [{ stageId: 0, submittedAt: at(5), completedAt: null, status: 'running' }] });
  const [finding] = missingExecutors.apply(run);
  expect(finding?.statement.en).toContain('no executor registered until the run ended');
});

test('near miss: the executor came in time; it was lost; the wait is that of dynamic allocation', () => {
  const stages = [{ stageId: 0, submittedAt: at(5), completedAt: at(95) }];
  expect(missingExecutors.apply(sparkRunFixture({ executors: [{ id: '0', addedAt: at(20) }], stages }))).toEqual([]);
  const lost = [
    { id: '0', addedAt: at(0), removedAt: at(10), removalKind: 'lost' as const },
    { id: '1', addedAt: at(60) },
  ];
  expect(missingExecutors.apply(sparkRunFixture({ executors: lost, stages }))).toEqual([]);
  const settings = {
    'spark.dynamicAllocation.enabled': 'true',
    'spark.dynamicAllocation.schedulerBacklogTimeout': '20s',
  };
  expect(
    missingExecutors.apply(sparkRunFixture({ executors: [{ id: '0', addedAt: at(55) }], stages, settings })),
  ).toEqual([]);
});

test('a third of the executors asked for never came', () => {
  const executors = [1, 2].map((id) => ({ id: `${id}` }));
  const tasks: TaskSpec[] = [{ at: 0, ms: 90_000 }];
  const settings = { 'spark.executor.instances': '8' };
  const [finding] = missingExecutors.apply(sparkRunFixture({ executors, tasks, settings }));
  expect(finding).toMatchObject({ values: { askedExecutors: 8, mostExecutors: 2 } });
  expect(finding?.weight).toBeCloseTo(0.75 * 0.9, 5);
  expect(
    missingExecutors.apply(sparkRunFixture({ executors, tasks, settings: { 'spark.executor.instances': '2' } })),
  ).toEqual([]);
});

test('absent data: local mode, logs without executors (Spark 1.x), nothing at all', () => {
  const stages = [{ stageId: 0, submittedAt: at(5), completedAt: at(95) }];
  expect(missingExecutors.apply(sparkRunFixture({ stages, application: { platform: 'local' } }))).toEqual([]);
  const old = sparkRunFixture({ stages, tasks: [{ at: 5_000, ms: 80_000 }] });
  expect(missingExecutors.apply({ ...old, executors: [] })).toEqual([]);
  expect(missingExecutors.apply(sparkRunFixture({}))).toEqual([]);
});
