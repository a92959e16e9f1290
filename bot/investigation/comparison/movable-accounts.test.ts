import { describe, expect, it } from 'vitest';
import { LEDGER_ACCOUNTS } from '../ledger-accounts.ts';
import { MOVABLE_BY_PLAN_NODE, MOVABLE_BY_SETTING, movableEntry } from './movable-accounts.ts';

describe('movableEntry', () => {
  it.each([
    ['spark.executor.memory', 'spill', 'less'],
    ['spark.executor.memoryOverhead', 'rework', 'less'],
    ['spark.driver.memory', 'driver', 'less'],
    ['spark.executor.instances', 'compute', 'less'],
    ['spark.dynamicAllocation.executorIdleTimeout', 'executor_wait', 'less'],
    ['spark.dynamicAllocation.schedulerBacklogTimeout', 'executor_wait', 'more'],
    ['spark.sql.autoBroadcastJoinThreshold', 'shuffle_write', undefined],
    ['spark.sql.adaptive.enabled', 'scheduling', 'off'],
    ['spark.sql.shuffle.partitions', 'serialisation', undefined],
    ['spark.speculation', 'compute', 'off'],
    ['spark.locality.wait.node', 'scheduling', 'more'],
    ['spark.io.compression.codec', 'shuffle_write', undefined],
    ['spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version', 'commit', undefined],
    ['spark.yarn.queue', 'queue_wait', undefined],
    ['spark.executor.extraJavaOptions', 'gc', undefined],
    ['spark.hadoop.fs.s3a.connection.maximum', 'input_wait', undefined],
  ] as const)('%s can move %s', (key, account, slowerWhen) => {
    const entry = movableEntry(MOVABLE_BY_SETTING, key);
    expect(entry?.accounts).toContain(account);
    expect(entry?.slowerWhen).toBe(slowerWhen);
  });

  it('knows nothing of keys that cost no time', () => {
    for (const key of ['spark.ui.retainedJobs', 'spark.acme.team', 'spark.app.name']) {
      expect(movableEntry(MOVABLE_BY_SETTING, key), key).toBeNull();
    }
  });

  it('holds only accounts of the ledger, a reason in both languages, and patterns that end on long keys', () => {
    const long = `spark.${'x'.repeat(100_000)}`;
    const started = performance.now();
    for (const entry of [...MOVABLE_BY_SETTING, ...MOVABLE_BY_PLAN_NODE]) {
      for (const account of entry.accounts) expect(LEDGER_ACCOUNTS).toContain(account);
      expect(entry.because.en.length * entry.because.zh.length).toBeGreaterThan(0);
      entry.pattern.test(long);
    }
    expect(performance.now() - started).toBeLessThan(200);
  });
});
