import { expect, test } from 'vitest';
import { slowCommit } from './slow-commit.ts';
import { FIXTURE_START, planNode, sparkRunFixture } from './spark-run-fixture.ts';

/** A write whose job ends at 60 s and whose query ends `gapMs` later. */
function run(metrics: Record<string, number>, gapMs = 140_000, wallMs = 200_000) {
  const write = planNode('Execute InsertIntoHadoopFsRelationCommand', metrics);
  const lastJobEnd = FIXTURE_START + 60_000;
  return sparkRunFixture({
    wallMs,
    settings: { 'spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version': '1' },
    jobs: [{ id: 2, sqlExecutionId: 0, submittedAt: FIXTURE_START + 5_000, endedAt: lastJobEnd }],
    sql: [{ id: 0, endedAt: lastJobEnd + gapMs, plan: planNode('AdaptiveSparkPlan', {}, [write]) }],
  });
}

const MANY = {
  'number of written files': 1_440,
  'job commit time': 139_000,
  'written output': 50_000_000,
  'number of dynamic part': 120,
};

test('a commit of many small files scattered over the partitions', () => {
  const [finding] = slowCommit.apply(run(MANY));
  expect(finding).toMatchObject({ code: 'data.small_files', kind: 'observed', keys: { sqlExecutionId: 0 } });
  expect(finding?.values).toMatchObject({
    commitMs: 139_000,
    writtenFiles: 1_440,
    filesPerPartition: 12,
    committerVersion: '1',
  });
  expect(finding).toMatchObject({ at: FIXTURE_START + 60_000, until: FIXTURE_START + 200_000 });
  expect(finding?.weight).toBeCloseTo(0.695, 5);
});

test('without the metric the gap itself is the commit', () => {
  expect(slowCommit.apply(run({ 'number of written files': 5_000 }))).toMatchObject([
    { code: 'data.small_files', values: { commitMs: 140_000 } },
  ]);
});

test('a hundred files, one for each partition, are a suspicion', () => {
  const metrics = { ...MANY, 'number of written files': 120 };
  expect(slowCommit.apply(run(metrics))).toMatchObject([{ code: 'data.small_files', kind: 'inferred' }]);
});

test('a slow commit of few or large files is slow, and not for its files', () => {
  const few = slowCommit.apply(run({ ...MANY, 'number of written files': 10, 'number of dynamic part': 0 }));
  expect(few).toMatchObject([{ code: null, symptom: 'slow', kind: 'inferred' }]);
  const large = slowCommit.apply(run({ ...MANY, 'written output': 900_000_000_000 }));
  expect(large).toMatchObject([{ code: null }]);
});

test('near miss: committed within seconds, whatever the number of files', () => {
  expect(slowCommit.apply(run({ ...MANY, 'job commit time': 3_000 }))).toEqual([]);
  expect(slowCommit.apply(run({ 'number of written files': 1_440 }, 2_000))).toEqual([]);
});

test('absent data: no plan, a query without an end, a failed job', () => {
  expect(slowCommit.apply(sparkRunFixture({}))).toEqual([]);
  const open = run(MANY);
  expect(
    slowCommit.apply({ ...open, sqlExecutions: open.sqlExecutions.map((sql) => ({ ...sql, endedAt: null })) }),
  ).toEqual([]);
  expect(slowCommit.apply({ ...open, jobs: open.jobs.map((job) => ({ ...job, result: 'failed' as const })) })).toEqual(
    [],
  );
});
