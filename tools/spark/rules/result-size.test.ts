import { expect, test } from 'vitest';
import { resultSize } from './result-size.ts';
import { sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const MIB = 1024 * 1024;

function run(limit: string, failureReason: string | null, resultBytes = 3 * MIB, tasks = 3) {
  const rows = Array.from({ length: tasks }, (): TaskSpec => ({ at: 0, ms: 1_000, resultBytes }));
  const settings: Record<string, string> = limit ? { 'spark.driver.maxResultSize': limit } : {};
  const status = failureReason === null ? 'succeeded' : 'failed';
  return sparkRunFixture({ settings, tasks: rows, stages: [{ stageId: 0, status, failureReason, taskCount: 4 }] });
}

const ABORTED =
  'Job aborted due to stage failure: Total size of serialized results of 3 tasks (9.0 MiB) is bigger than spark.driver.maxResultSize (8.0 MiB)';

test('a stage stopped at the limit, with what all its tasks would have sent', () => {
  const [finding] = resultSize.apply(run('8m', ABORTED));
  expect(finding).toMatchObject({ code: 'memory.result_size', kind: 'observed', symptom: 'stage_failed', weight: 1 });
  expect(finding?.values).toMatchObject({
    limitBytes: 8 * MIB,
    estimatedResultBytes: 12 * MIB,
    'spark.driver.maxResultSize': '15m',
  });
});

test('near the limit is a warning; far from it, tiny results of many tasks and no limit are nothing', () => {
  expect(resultSize.apply(run('10m', null))).toMatchObject([{ kind: 'inferred', symptom: 'slow' }]);
  expect(resultSize.apply(run('', null))).toEqual([]);
  expect(resultSize.apply(run('10m', null, 4_000, 2_500))).toEqual([]);
  expect(resultSize.apply(run('0', ABORTED))).toEqual([]);
});

test('near miss: a stage that failed for another reason', () => {
  expect(resultSize.apply(run('1g', 'java.lang.OutOfMemoryError: Java heap space'))).toEqual([]);
});

test('absent data: the reason alone is enough, no results at all is not', () => {
  expect(resultSize.apply(run('8m', ABORTED, 0, 0))).toMatchObject([{ kind: 'observed' }]);
  expect(resultSize.apply(sparkRunFixture({}))).toEqual([]);
});
