import { expect, test } from 'vitest';
import { sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { failedForGood, wasMadeGood } from './failed-for-good.ts';

test('a failed stage counts unless it was cancelled, taken down, or made good', () => {
  const run = sparkRunFixture({
    stages: [
      { stageId: 0, status: 'failed', failureReason: 'Job aborted due to stage failure' },
      { stageId: 1, status: 'failed', failureReason: 'Stage cancelled because SparkContext was shut down' },
      { stageId: 2, status: 'failed', failureReason: 'org.apache.spark.shuffle.FetchFailedException' },
      { stageId: 2, attempt: 1 },
      { stageId: 3, status: 'cancelled' },
    ],
  });
  expect(run.stages.map((stage) => failedForGood(run, stage))).toEqual([true, false, false, false, false]);
  expect(run.stages.map((stage) => wasMadeGood(run, stage))).toEqual([false, false, true, false, false]);
});
