import { expect, test } from 'vitest';
import { largeBroadcast } from './large-broadcast.ts';
import { planNode, sparkRunFixture } from './spark-run-fixture.ts';

const MIB = 1024 * 1024;

function run(dataSize: number, errorMessage = '', driverMemory = '1g') {
  const metrics = {
    'data size': dataSize,
    'time to collect': 4_000,
    'time to build': 2_000,
    'time to broadcast': 1_000,
  };
  const exchange = planNode('BroadcastExchange', metrics, [planNode('Scan parquet ')]);
  return sparkRunFixture({
    settings: { 'spark.driver.memory': driverMemory, 'spark.executor.memory': '8g' },
    sql: [{ id: 1, errorMessage, plan: planNode('BroadcastHashJoin', {}, [exchange]) }],
  });
}

test('half of the driver heap in one broadcast is a suspicion, with its price', () => {
  const [finding] = largeBroadcast.apply(run(512 * MIB));
  expect(finding).toMatchObject({
    code: 'memory.broadcast_oom',
    kind: 'inferred',
    values: { broadcastMs: 7_000, heapShare: 0.5 },
  });
  expect(finding?.weight).toBeCloseTo(0.07, 5);
});

test('where the query failed the size itself weighs', () => {
  expect(largeBroadcast.apply(run(512 * MIB, 'org.apache.spark.SparkException: x'))).toMatchObject([{ weight: 0.5 }]);
});

test('near miss: an ordinary broadcast, or a heap that holds it easily', () => {
  expect(largeBroadcast.apply(run(20 * MIB))).toEqual([]);
  expect(largeBroadcast.apply(run(512 * MIB, '', '16g'))).toEqual([]);
});

test('absent data', () => {
  expect(largeBroadcast.apply(sparkRunFixture({}))).toEqual([]);
});
