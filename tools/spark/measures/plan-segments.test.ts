import { expect, test } from 'vitest';
import { planNode, sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { metricOf, planSegments, segmentsOfStage, withoutIds } from './plan-segments.ts';

const scan = planNode('Scan parquet ', { 'number of files read': 2 });
const mapSide = planNode('Exchange', { 'shuffle records written': 70 }, [planNode('Filter', {}, [scan])]);
const small = planNode('BroadcastExchange', {}, [planNode('LocalTableScan')]);
const join = planNode('BroadcastHashJoin', {}, [
  planNode('AQEShuffleRead', {}, [planNode('ShuffleQueryStage', {}, [mapSide])]),
  small,
]);
const plan = planNode('AdaptiveSparkPlan', {}, [planNode('WriteFiles', {}, [join])]);

function run(stage: { written?: number; read?: number }) {
  return sparkRunFixture({
    sql: [{ id: 5, plan }],
    stages: [{ stageId: 0, sqlExecutionId: 5 }],
    tasks: [{ at: 0, ms: 1, shuffleWriteRecords: stage.written ?? 0, shuffleReadRecords: stage.read ?? 0 }],
  });
}

test('a plan is cut where stages end', () => {
  const [sql] = run({}).sqlExecutions;
  const segments = sql ? planSegments(sql) : [];
  const names = segments.map(({ nodes }) => nodes.map(({ name }) => name)).sort();
  expect(names).toContainEqual(['Filter', 'Scan parquet ']);
  expect(names).toContainEqual(['LocalTableScan']);
  expect(segments.find(({ writes }) => writes === null)).toMatchObject({ readsShuffle: true, readsInput: false });
});

test('the stage that wrote exactly the records of an exchange computed the part below it', () => {
  const judged = run({ written: 70 });
  const [stage] = judged.stages;
  const found = stage ? segmentsOfStage(judged, stage) : [];
  expect(found.map(({ nodes }) => nodes.map(({ name }) => name))).toEqual([['Filter', 'Scan parquet ']]);
});

test('without that, what the stage reads and writes must fit', () => {
  const judged = run({ read: 70 });
  const [stage] = judged.stages;
  expect(stage && segmentsOfStage(judged, stage).map(({ writes }) => writes)).toEqual([null]);
});

test('no query, no plan: no parts', () => {
  const bare = sparkRunFixture({ stages: [{ stageId: 0, sqlExecutionId: 9 }], sql: [{ id: 1 }] });
  const [stage] = bare.stages;
  expect(stage && segmentsOfStage(bare, stage)).toEqual([]);
});

test('metrics by name, and names without expression ids', () => {
  expect([metricOf(scan, 'number of files read'), metricOf(scan, '__proto__'), metricOf(scan, 'x')]).toEqual([
    2,
    null,
    null,
  ]);
  expect(withoutIds('[user_id#3, id#12L]')).toBe('[user_id, id]');
});

test('a plan of endless depth is cut off, not followed to the end of the stack', () => {
  let deep = planNode('Project');
  for (let depth = 0; depth < 50_000; depth += 1) deep = planNode('Project', {}, [deep]);
  const [sql] = sparkRunFixture({ sql: [{ id: 1, plan: deep }] }).sqlExecutions;
  expect(sql && planSegments(sql)[0]?.nodes.length).toBe(20_000);
});
