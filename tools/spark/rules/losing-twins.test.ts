import { expect, test } from 'vitest';
import { losingTwins } from './losing-twins.ts';
import { sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

/** Eight partitions, each with a twin that is killed, on `slots` slots of one executor. */
function run(cores: number, twinMs = 20_000) {
  const tasks = Array.from({ length: 8 }, (_, index): TaskSpec[] => [
    { at: 0, ms: 20_000, index },
    { at: 0, ms: twinMs, index, attempt: 1, status: 'killed', speculative: true, reasonClass: 'TaskKilled' },
  ]);
  return sparkRunFixture({
    executors: [{ id: '1', cores }],
    settings: { 'spark.speculation': 'true' },
    tasks: tasks.flat(),
  });
}

test('losing attempts on slots that others wanted', () => {
  const [finding] = losingTwins.apply(run(16));
  expect(finding).toMatchObject({ code: 'scheduling.speculation', kind: 'inferred', count: 8 });
  // Eight losers of 20 s on sixteen slots.
  expect(finding?.values).toMatchObject({ losingMs: 160_000, savedMs: 80_000 / 8 });
});

test('near miss: the slots were free anyway, or the twins were short', () => {
  expect(losingTwins.apply(run(400))).toEqual([]);
  expect(losingTwins.apply(run(16, 2_000))).toEqual([]);
});

test('near miss: killed without a twin (a cancelled stage)', () => {
  const tasks = Array.from({ length: 8 }, (): TaskSpec => ({ at: 0, ms: 20_000, status: 'killed' }));
  expect(losingTwins.apply(sparkRunFixture({ tasks }))).toEqual([]);
});

function denied(status: 'failed' | 'succeeded', settings = { 'spark.speculation': 'true' }) {
  const tasks: TaskSpec[] = [
    { at: 0, ms: 5_000, index: 0 },
    { at: 0, ms: 5_000, index: 0, attempt: 1, status: 'killed', reasonClass: 'TaskCommitDenied' },
  ];
  const stages = [{ stageId: 0, status, failuresByReason: { TaskCommitDenied: 1 } }];
  return sparkRunFixture({ tasks, stages, settings });
}

test('a refused commit counts where the stage failed, with speculation on', () => {
  expect(losingTwins.apply(denied('failed'))).toMatchObject([
    { symptom: 'task_failed', values: { refusedCommits: 1 } },
  ]);
  expect(losingTwins.apply(denied('succeeded'))).toEqual([]);
  expect(losingTwins.apply(denied('failed', { 'spark.speculation': 'false' }))).toEqual([]);
});

function collided(reasonText: string, twin: Partial<TaskSpec> = {}) {
  const tasks: TaskSpec[] = [
    { at: 0, ms: 9_000, index: 3, status: 'running' },
    {
      at: 5_000,
      ms: 500,
      index: 3,
      attempt: 1,
      status: 'failed',
      speculative: true,
      reasonClass: 'ExceptionFailure',
      reasonText,
      ...twin,
    },
  ];
  const stages = [{ stageId: 0, status: 'failed' as const }];
  return sparkRunFixture({ tasks, stages, settings: { 'spark.speculation': 'true' } });
}

test('a copy that fails on what the running attempt had made', () => {
  expect(losingTwins.apply(collided("FileExistsError: [Errno 17] File exists: '/out/part-00003.csv'"))).toMatchObject([
    { code: 'scheduling.speculation', kind: 'observed', symptom: 'task_failed', values: { collidedAttempts: 1 } },
  ]);
});

test('near miss: a copy that fails by its own fault, after the other had ended, or a plain second attempt', () => {
  expect(losingTwins.apply(collided('ZeroDivisionError: division by zero'))).toEqual([]);
  expect(losingTwins.apply(collided('File exists', { speculative: false }))).toEqual([]);
  expect(losingTwins.apply(collided('File exists', { index: 4 }))).toEqual([]);
});

test('absent data', () => {
  expect(losingTwins.apply(sparkRunFixture({}))).toEqual([]);
});
