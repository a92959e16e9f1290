import { expect, test } from 'vitest';
import { crossProduct } from './cross-product.ts';
import { planNode, sparkRunFixture } from './spark-run-fixture.ts';

function run(operator: string, rows = 200_000, ms = 80_000) {
  const side = () => planNode('Filter', { 'number of output rows': rows }, [planNode('Scan parquet ')]);
  const join = planNode(operator, { 'number of output rows': 1_000 }, [
    side(),
    planNode('BroadcastExchange', {}, [side()]),
  ]);
  return sparkRunFixture({
    sql: [{ id: 1, plan: planNode('WriteFiles', {}, [join]) }],
    stages: [{ stageId: 4, sqlExecutionId: 1 }],
    tasks: [{ stage: 4, at: 0, ms, inputRecords: rows }],
  });
}

test('every row with every row, counted from the operators below', () => {
  const [finding] = crossProduct.apply(run('BroadcastNestedLoopJoin'));
  expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'observed', keys: { stageId: 4 } });
  expect(finding?.values).toMatchObject({ comparedRows: 40_000_000_000, savedMs: 80_000 });
});

test('a small product is a suspicion', () => {
  expect(crossProduct.apply(run('CartesianProduct', 1_000))).toMatchObject([{ kind: 'inferred' }]);
});

test('near miss: an equality join; a stage that hardly counts', () => {
  expect(crossProduct.apply(run('SortMergeJoin'))).toEqual([]);
  expect(crossProduct.apply(run('CartesianProduct', 200_000, 5_000))).toEqual([]);
});

test('absent data', () => {
  expect(crossProduct.apply(sparkRunFixture({}))).toEqual([]);
});
