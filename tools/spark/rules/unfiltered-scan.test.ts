import { expect, test } from 'vitest';
import { planNode, sparkRunFixture } from './spark-run-fixture.ts';
import { unfilteredScan } from './unfiltered-scan.ts';

function run(filters: string, kept = 1_000, ms = 60_000) {
  const scan = planNode(
    'Scan parquet ',
    { 'number of output rows': 1_000_000 },
    [],
    `FileScan parquet [dt#1] ${filters}`,
  );
  const filter = planNode('Filter', { 'number of output rows': kept }, [scan], 'Filter (date_format(dt#1) = x)');
  return sparkRunFixture({
    sql: [{ id: 0, plan: planNode('WriteFiles', {}, [filter]) }],
    stages: [{ stageId: 0, sqlExecutionId: 0 }],
    tasks: [{ at: 0, ms, inputRecords: 1_000_000, inputBytes: 5_000_000 }],
  });
}

test('everything is read and almost everything thrown away, with no filter in the scan', () => {
  const [finding] = unfilteredScan.apply(run('PartitionFilters: [], PushedFilters: [IsNotNull(dt)]'));
  expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'inferred', keys: { stageId: 0 } });
  expect(finding?.values).toMatchObject({ rowsRead: 1_000_000, rowsKept: 1_000, savedMs: 59_940 });
});

test('near miss: a filter reached the partitions or the files, most rows are kept, or it hardly counts', () => {
  expect(unfilteredScan.apply(run('PartitionFilters: [(dt#1 = 3)], PushedFilters: []'))).toEqual([]);
  expect(unfilteredScan.apply(run('PartitionFilters: [], PushedFilters: [GreaterThan(dt,3)]'))).toEqual([]);
  expect(unfilteredScan.apply(run('PartitionFilters: [], PushedFilters: []', 600_000))).toEqual([]);
  expect(unfilteredScan.apply(run('PartitionFilters: [], PushedFilters: []', 1_000, 10_000))).toEqual([]);
});

test('absent data: a line that was cut before its filters cannot say', () => {
  expect(unfilteredScan.apply(run(''))).toEqual([]);
  expect(unfilteredScan.apply(sparkRunFixture({}))).toEqual([]);
});
