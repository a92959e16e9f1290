import { expect, test } from 'vitest';
import { smallInputFiles } from './small-input-files.ts';
import { FIXTURE_START, planNode, sparkRunFixture } from './spark-run-fixture.ts';

function listing(id: number, from: number, to: number, paths = 50) {
  return {
    id,
    submittedAt: FIXTURE_START + from,
    endedAt: FIXTURE_START + to,
    description: `Listing leaf files and directories for ${paths} paths:<br/>hdfs://ns/t/dt=1, ...`,
  };
}

test('jobs that only list folders, overlaps counted once', () => {
  const jobs = [listing(0, 0, 20_000), listing(1, 10_000, 30_000, 70), { id: 2, description: 'save at Etl.scala:9' }];
  const [finding, ...rest] = smallInputFiles.apply(sparkRunFixture({ wallMs: 100_000, jobs }));
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({ code: 'data.small_files', kind: 'observed', count: 2, keys: { jobId: 0 } });
  expect(finding?.values).toMatchObject({ listingMs: 30_000, listedPaths: 120, listingJobs: 2 });
  expect(finding?.weight).toBeCloseTo(0.3, 5);
});

test('near miss: a listing of two seconds; a job that merely mentions files', () => {
  expect(smallInputFiles.apply(sparkRunFixture({ jobs: [listing(0, 0, 2_000)] }))).toEqual([]);
  const job = { ...listing(0, 0, 60_000), description: 'List the files of yesterday' };
  expect(smallInputFiles.apply(sparkRunFixture({ jobs: [job] }))).toEqual([]);
});

function scan(metrics: Record<string, number>) {
  const node = planNode('Scan parquet ', metrics, [], 'FileScan parquet [id#1] Batched: true');
  return sparkRunFixture({ sql: [{ id: 3, plan: planNode('WriteFiles', {}, [node]) }] });
}

test('long reading of metadata for thousands of small files', () => {
  const found = smallInputFiles.apply(
    scan({ 'number of files read': 20_000, 'size of files read': 900_000_000, 'metadata time': 40_000 }),
  );
  expect(found).toMatchObject([
    { kind: 'observed', values: { files: 20_000, metadataMs: 40_000, bytesPerFile: 45_000 } },
  ]);
  expect(found[0]?.evidence[0]?.excerpt).toBe('FileScan parquet [id#1] Batched: true');
});

test('scan tasks that wait for thousands of tiny files are a suspicion', () => {
  const node = planNode('Scan parquet ', { 'number of files read': 4_000, 'size of files read': 80_000_000 });
  const run = sparkRunFixture({
    sql: [{ id: 3, plan: planNode('WriteFiles', {}, [node]) }],
    stages: [{ stageId: 0, sqlExecutionId: 3 }],
    tasks: [{ at: 0, ms: 60_000, cpuMs: 5_000, inputRecords: 1_000 }],
  });
  expect(smallInputFiles.apply(run)).toMatchObject([{ kind: 'inferred', values: { waitingInScanMs: 55_000 } }]);
});

test('near miss: few files, or large ones', () => {
  expect(smallInputFiles.apply(scan({ 'number of files read': 12, 'metadata time': 40_000 }))).toEqual([]);
  const large = { 'number of files read': 20_000, 'size of files read': 9e12, 'metadata time': 40_000 };
  expect(smallInputFiles.apply(scan(large))).toEqual([]);
});

test('absent data', () => {
  expect(smallInputFiles.apply(sparkRunFixture({}))).toEqual([]);
  expect(smallInputFiles.apply(scan({}))).toEqual([]);
});
