import { expect, test } from 'vitest';
import { fewPartitions } from './few-partitions.ts';
import { type RunSpec, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const GIB = 1024 ** 3;

function run(tasks: number, spec: Partial<RunSpec> = {}, each: Partial<TaskSpec> = {}) {
  const executors = Array.from({ length: 5 }, (_, index) => ({ id: `${index + 1}`, cores: 2 }));
  const rows = Array.from(
    { length: tasks },
    (_, index): TaskSpec => ({
      at: 0,
      ms: 60_000,
      executor: `${(index % 5) + 1}`,
      shuffleReadRecords: 5_000_000,
      shuffleReadBytes: 50 * 1024 * 1024,
      ...each,
    }),
  );
  return sparkRunFixture({ executors, tasks: rows, ...spec });
}

test('two long tasks on ten slots: eight cores stand idle', () => {
  const [finding] = fewPartitions.apply(run(2));
  expect(finding).toMatchObject({ code: 'skew.partition_sizing', kind: 'observed' });
  // 60 s of two tasks spread over ten slots are 12 s.
  expect(finding?.values).toMatchObject({ tasks: 2, slots: 10, savedMs: 48_000, suggestedPartitions: 20 });
  expect(finding?.weight).toBeCloseTo(0.48, 5);
});

test('few rows, files that may be one piece, or tasks that wait are a suspicion; gibibytes are a fact', () => {
  expect(fewPartitions.apply(run(2, {}, { shuffleReadRecords: 900 }))).toMatchObject([{ kind: 'inferred' }]);
  expect(fewPartitions.apply(run(2, {}, { shuffleReadRecords: 0, inputRecords: 5_000_000 }))).toMatchObject([
    { kind: 'inferred' },
  ]);
  expect(fewPartitions.apply(run(2, {}, { fetchWaitMs: 50_000 }))).toMatchObject([{ kind: 'inferred' }]);
  expect(fewPartitions.apply(run(2, {}, { shuffleReadRecords: 900, shuffleReadBytes: 2 * GIB }))).toMatchObject([
    { kind: 'observed' },
  ]);
});

test('near miss: enough tasks, short tasks, a small part of the run, nothing to split', () => {
  expect(fewPartitions.apply(run(6))).toEqual([]);
  expect(fewPartitions.apply(run(2, {}, { ms: 9_000 }))).toEqual([]);
  expect(fewPartitions.apply(run(2, { wallMs: 1_000_000 }))).toEqual([]);
  expect(fewPartitions.apply(run(2, {}, { shuffleReadRecords: 1 }))).toEqual([]);
});

test('near miss: with dynamic allocation the slots follow the tasks', () => {
  expect(fewPartitions.apply(run(2, { settings: { 'spark.dynamicAllocation.enabled': 'true' } }))).toEqual([]);
});

test('absent data', () => {
  expect(fewPartitions.apply(sparkRunFixture({}))).toEqual([]);
  expect(fewPartitions.apply(run(2, {}, { hasMetrics: false }))).toEqual([]);
});
