import { expect, test } from 'vitest';
import { diskSpill } from './disk-spill.ts';
import { type RunSpec, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const MIB = 1024 * 1024;

/** A map stage that writes 1 MiB/s and a reduce stage that spills 30 MiB a task. */
function run(spill: Partial<TaskSpec>, spec: Partial<RunSpec> = {}) {
  const map: TaskSpec = { at: 0, ms: 42_000, shuffleWriteMs: 40_000, shuffleWriteBytes: 40 * MIB };
  const reduce: TaskSpec = {
    stage: 1,
    at: 45_000,
    ms: 50_000,
    cpuMs: 3_000,
    gcMs: 2_000,
    shuffleReadBytes: 50 * MIB,
    memorySpilledBytes: 40 * MIB,
    diskSpilledBytes: 30 * MIB,
    peakExecutionMemoryBytes: 48 * MIB,
    ...spill,
  };
  const settings = { 'spark.executor.memory': '512m', 'spark.sql.shuffle.partitions': '4' };
  return sparkRunFixture({ wallMs: 100_000, settings, tasks: [map, map, reduce, reduce], ...spec });
}

test('spilled bytes, their estimated time and the memory that would have sufficed', () => {
  const [finding] = diskSpill.apply(run({}));
  expect(finding).toMatchObject({ code: 'memory.spill', kind: 'observed', count: 2, keys: { stageId: 1 } });
  // Two tasks side by side spill 30 MiB each at 1 MiB/s: 30 s of the run.
  expect(Number(finding?.values.savedMs)).toBeCloseTo(30_000, -2);
  // (512 - 300) MiB x 0.6 for two tasks at once.
  expect(Number(finding?.values.executionMemoryPerTaskBytes)).toBeCloseTo(63.6 * MIB, -5);
  expect(finding?.values).toMatchObject({
    diskSpilledBytes: 60 * MIB,
    'spark.executor.memory': '768m',
    suggestedShufflePartitions: 8,
  });
  expect(finding?.statement.en).toContain('estimated');
});

test('the estimate never exceeds the time that nothing else explains', () => {
  const [finding] = diskSpill.apply(run({ cpuMs: 38_000 }));
  expect(finding?.values.savedMs).toBe(10_000);
});

test('near miss: a little spill beside much data, a few bytes, or time that CPU explains', () => {
  expect(diskSpill.apply(run({ diskSpilledBytes: 20 * MIB, shuffleReadBytes: 9_000 * MIB }))).toEqual([]);
  expect(diskSpill.apply(run({ diskSpilledBytes: MIB }))).toEqual([]);
  expect(diskSpill.apply(run({ cpuMs: 48_000 }))).toEqual([]);
});

test('absent data: memory spill alone, no metrics', () => {
  expect(diskSpill.apply(run({ diskSpilledBytes: 0 }))).toEqual([]);
  expect(diskSpill.apply(sparkRunFixture({}))).toEqual([]);
});
