import { expect, test } from 'vitest';
import { failedTasks } from './failed-tasks.ts';
import { sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const failed = (at: number, extra: Partial<TaskSpec> = {}): TaskSpec => ({
  at,
  ms: 1_000,
  status: 'failed',
  reasonClass: 'ExceptionFailure',
  reasonText: 'java.io.IOException: No space left on device\n\tat x.y',
  ...extra,
});

test('attempts of one failure are one finding, the first one first', () => {
  const later = failed(50_000, { host: 'h2', executor: '2', reasonText: 'java.lang.IllegalStateException: x' });
  const run = sparkRunFixture({
    tasks: [later, failed(9_000), failed(2_000, { host: 'h9', executor: '9' })],
    stages: [{ stageId: 0, status: 'failed' }],
  });
  const found = failedTasks.apply(run);
  expect(found.map(({ count, keys }) => [count, keys.exceptionClass, keys.host])).toEqual([
    [2, 'java.io.IOException', 'h9'],
    [1, 'java.lang.IllegalStateException', 'h2'],
  ]);
  expect(found[0]).toMatchObject({
    symptom: 'task_failed',
    values: { failedAttempts: 2, recovered: 'false', hosts: 'h1,h9' },
  });
  expect(found[0]?.weight).toBeCloseTo(2 / 3, 5);
});

test('what the stage survived weighs little', () => {
  const [finding] = failedTasks.apply(sparkRunFixture({ tasks: [failed(0), { at: 2_000, ms: 1_000 }] }));
  expect(finding).toMatchObject({ values: { recovered: 'true' }, weight: 0.1 });
});

test('tasks lost with different executors are told apart', () => {
  const lost = (executor: string) =>
    failed(0, { status: 'lost', reasonClass: 'ExecutorLostFailure', reasonText: 'ExecutorLostFailure', executor });
  expect(failedTasks.apply(sparkRunFixture({ tasks: [lost('1'), lost('2'), lost('2')] }))).toHaveLength(2);
});

test('near miss: kills, refused commits and failed fetches are no failures of this rule', () => {
  const tasks = ['TaskKilled', 'TaskCommitDenied', 'Resubmitted', 'FetchFailed'].map((reasonClass) =>
    failed(0, { reasonClass }),
  );
  expect(failedTasks.apply(sparkRunFixture({ tasks: [...tasks, failed(0, { status: 'killed' })] }))).toEqual([]);
});

test('absent data: no reason text', () => {
  expect(failedTasks.apply(sparkRunFixture({}))).toEqual([]);
  const bare = { at: 0, ms: 10, status: 'failed' as const, reasonClass: 'UnknownReason' };
  expect(failedTasks.apply(sparkRunFixture({ tasks: [bare] }))[0]?.statement.en).toContain('UnknownReason');
});
