import { expect, test } from 'vitest';
import { failedStages } from './failed-stages.ts';
import { sparkRunFixture } from './spark-run-fixture.ts';

test('a failed stage is a symptom, with the class of its exception', () => {
  const failureReason =
    'Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task 0.3 in stage 1.0 (TID 7) (h executor 1): java.lang.NoClassDefFoundError: com/acme/GeoHash\n\tat a.b';
  const found = failedStages.apply(sparkRunFixture({ stages: [{ stageId: 1, status: 'failed', failureReason }] }));
  expect(found).toMatchObject([
    {
      symptom: 'stage_failed',
      code: null,
      keys: { stageId: 1, exceptionClass: 'java.lang.NoClassDefFoundError' },
      weight: 1,
    },
  ]);
});

test('one that a later attempt made good says so', () => {
  const stages = [
    { stageId: 2, status: 'failed' as const, failureReason: 'org.apache.spark.shuffle.FetchFailedException: x' },
    { stageId: 2, attempt: 1 },
  ];
  expect(failedStages.apply(sparkRunFixture({ stages }))).toMatchObject([
    { values: { madeGood: 'true', fetchFailed: 'true' } },
  ]);
});

test('near miss: cancelled stages are echoes', () => {
  const stages = [
    { stageId: 2, status: 'failed' as const, failureReason: 'Stage cancelled because SparkContext was shut down' },
    { stageId: 3, status: 'cancelled' as const, failureReason: 'Stage cancelled because another stage failed' },
  ];
  const found = failedStages.apply(sparkRunFixture({ stages }));
  expect(found.map(({ echo, weight }) => [echo, weight])).toEqual([
    [true, 0],
    [true, 0],
  ]);
});

test('near miss: a stage that succeeded or runs; absent data', () => {
  expect(failedStages.apply(sparkRunFixture({ stages: [{ stageId: 1 }, { stageId: 2, status: 'running' }] }))).toEqual(
    [],
  );
  expect(failedStages.apply(sparkRunFixture({}))).toEqual([]);
  const [bare] = failedStages.apply(sparkRunFixture({ stages: [{ stageId: 1, status: 'failed' }] }));
  expect(bare?.statement.en).toContain('no reason is given');
});
