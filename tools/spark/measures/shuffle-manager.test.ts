import { expect, test } from 'vitest';
import { sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { writesToLocalDisk } from './shuffle-manager.ts';

test("Spark's own managers write locally, remote ones do not", () => {
  const local = (manager?: string) =>
    writesToLocalDisk(sparkRunFixture({ settings: manager ? { 'spark.shuffle.manager': manager } : {} }));
  expect([local(), local('sort'), local('org.apache.spark.shuffle.sort.SortShuffleManager')]).toEqual([
    true,
    true,
    true,
  ]);
  expect(local('com.nvidia.spark.rapids.spark331.RapidsShuffleManager')).toBe(true);
  expect(local('org.apache.spark.shuffle.celeborn.SparkShuffleManager')).toBe(false);
  expect(local('org.apache.spark.shuffle.RssShuffleManager')).toBe(false);
});
