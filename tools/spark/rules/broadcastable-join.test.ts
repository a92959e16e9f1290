import { expect, test } from 'vitest';
import { broadcastableJoin } from './broadcastable-join.ts';
import { planNode, sparkRunFixture } from './spark-run-fixture.ts';

const MIB = 1024 * 1024;
const KEY = 'spark.sql.autoBroadcastJoinThreshold';

function run(
  smallBytes: number,
  settings: Record<string, string> = { [KEY]: '-1' },
  writeMs = 36_000,
  description = 'SortMergeJoin [a#1], [b#2], Inner',
) {
  const side = (size: number, records: number) =>
    planNode('Sort', {}, [planNode('Exchange', { 'data size': size, 'shuffle records written': records })]);
  const join = planNode('SortMergeJoin', {}, [side(100 * MIB, 1_200_000), side(smallBytes, 5_000)], description);
  return sparkRunFixture({
    settings,
    sql: [{ id: 2, plan: planNode('WriteFiles', {}, [join]) }],
    tasks: [{ stage: 2, at: 0, ms: 40_000, shuffleWriteMs: writeMs, shuffleWriteRecords: 1_200_000 }],
  });
}

test('broadcasting is forbidden though one side is small: the price is the shuffle of the large one', () => {
  const [finding] = broadcastableJoin.apply(run(MIB));
  expect(finding).toMatchObject({
    code: 'code.inefficient_plan',
    kind: 'observed',
    keys: { sqlExecutionId: 2, stageId: 2 },
  });
  expect(finding?.values).toMatchObject({
    savedMs: 36_000,
    smallSideBytes: MIB,
    largeSideBytes: 100 * MIB,
    [KEY]: '10m',
  });
  expect(finding?.evidence.map(({ excerpt }) => excerpt)).toEqual(
    expect.arrayContaining(['SortMergeJoin [a#1], [b#2], Inner', `"${KEY}":"-1"`]),
  );
});

test('without the setting it is a suspicion (statistics may be missing)', () => {
  expect(broadcastableJoin.apply(run(MIB, {}))).toMatchObject([{ kind: 'inferred' }]);
});

test('near miss: both sides large, sides alike, a full outer join, a shuffle of no weight', () => {
  expect(broadcastableJoin.apply(run(60 * MIB))).toEqual([]);
  expect(broadcastableJoin.apply(run(11 * MIB))).toEqual([]);
  expect(broadcastableJoin.apply(run(MIB, { [KEY]: '-1' }, 36_000, 'SortMergeJoin [a#1], [b#2], FullOuter'))).toEqual(
    [],
  );
  expect(broadcastableJoin.apply(run(MIB, { [KEY]: '-1' }, 300))).toEqual([]);
});

test('absent data: no plan, no sizes', () => {
  expect(broadcastableJoin.apply(sparkRunFixture({}))).toEqual([]);
  const bare = planNode('SortMergeJoin', {}, [planNode('Exchange'), planNode('Exchange')]);
  expect(broadcastableJoin.apply(sparkRunFixture({ sql: [{ id: 1, plan: bare }] }))).toEqual([]);
});
