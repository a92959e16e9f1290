import { expect, test } from 'vitest';
import { FIXTURE_START, sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { mostSlots, slotsAt } from './slots.ts';

const at = (seconds: number) => FIXTURE_START + seconds * 1_000;

test('cores over the cpus of a task, of the executors alive then; the driver of a cluster has none', () => {
  const run = sparkRunFixture({
    settings: { 'spark.task.cpus': '2' },
    executors: [
      { id: 'driver', cores: 16 },
      { id: '1', cores: 5, addedAt: at(0), removedAt: at(50) },
      { id: '2', cores: 4, addedAt: at(20) },
    ],
  });
  expect([slotsAt(run, at(10)), slotsAt(run, at(30)), slotsAt(run, at(60)), mostSlots(run)]).toEqual([2, 4, 2, 4]);
});

test('in local mode the driver works itself; unknown cores are no slots', () => {
  const local = sparkRunFixture({ application: { platform: 'local' }, executors: [{ id: 'driver', cores: 8 }] });
  expect(mostSlots(local)).toBe(8);
  expect(mostSlots(sparkRunFixture({ executors: [{ id: '1', cores: 0 }] }))).toBe(0);
});
