import { expect, test } from 'vitest';
import { failedJobs } from './failed-jobs.ts';
import { FIXTURE_START, sparkRunFixture } from './spark-run-fixture.ts';

const REASON =
  'Job aborted due to stage failure: Task 1 in stage 5.0 failed 4 times, most recent failure: Lost task 1.3 in stage 5.0 (TID 18) (h1 executor 1): org.apache.spark.api.python.PythonException: Traceback (most recent call last):\n  File "a.py", line 3, in ratio\nZeroDivisionError: float division by zero\n\n\tat org.apache.spark.api.python.BasePythonRunner.x(PythonRunner.scala:1)';

test('the first failure first; a job of a stopped context is an echo', () => {
  const run = sparkRunFixture({
    jobs: [
      {
        id: 6,
        result: 'failed',
        endedAt: FIXTURE_START + 9,
        failureReason: 'Job 6 cancelled because SparkContext was shut down',
      },
      { id: 5, result: 'failed', endedAt: FIXTURE_START + 5, failureReason: REASON },
      { id: 4 },
    ],
  });
  const found = failedJobs.apply(run);
  expect(found.map(({ keys }) => keys.jobId)).toEqual([5, 6]);
  expect(found[0]).toMatchObject({
    symptom: 'job_failed',
    kind: 'observed',
    keys: { exceptionClass: 'org.apache.spark.api.python.PythonException' },
  });
  expect(found[0]?.echo).toBeUndefined();
  expect(found[0]?.statement.en).toMatch(/PythonException: ZeroDivisionError: float division by zero$/);
  expect(found[1]).toMatchObject({ echo: true, weight: 0 });
});

test('a query that failed outside any job, once; with a failed job of its own it is told there', () => {
  const failing = { id: 3, errorMessage: 'org.apache.spark.SparkException: Could not execute broadcast in 300 secs.' };
  expect(failedJobs.apply(sparkRunFixture({ sql: [failing] }))).toMatchObject([
    { keys: { sqlExecutionId: 3, exceptionClass: 'org.apache.spark.SparkException' } },
  ]);
  const jobs = [{ id: 0, result: 'failed' as const, sqlExecutionId: 3, failureReason: 'x' }];
  expect(failedJobs.apply(sparkRunFixture({ sql: [failing], jobs }))).toHaveLength(1);
});

test('an exit code other than zero is a failed application', () => {
  expect(failedJobs.apply(sparkRunFixture({ application: { exitCode: 1 } }))).toMatchObject([
    { symptom: 'application_failed' },
  ]);
  expect(failedJobs.apply(sparkRunFixture({ application: { exitCode: 0 } }))).toEqual([]);
});

test('near miss: jobs that run or succeeded, queries without an error; absent data', () => {
  const run = sparkRunFixture({
    jobs: [{ id: 0 }, { id: 1, result: 'running' }],
    sql: [{ id: 0, errorMessage: null }],
  });
  expect(failedJobs.apply(run)).toEqual([]);
  expect(failedJobs.apply(sparkRunFixture({}))).toEqual([]);
});
