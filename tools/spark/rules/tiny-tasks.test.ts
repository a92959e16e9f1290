import { expect, test } from 'vitest';
import { planNode, type RunSpec, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';
import { tinyTasks } from './tiny-tasks.ts';

/** 1,000 tasks of 400 ms, of which 100 ms are work, on four slots, one after the other. */
function run(each: Partial<TaskSpec> = {}, spec: Partial<RunSpec> = {}, tasks = 1_000) {
  const executors = [1, 2].map((id) => ({ id: `${id}`, cores: 2 }));
  const rows = Array.from(
    { length: tasks },
    (_, index): TaskSpec => ({
      at: Math.floor(index / 4) * 400,
      ms: 400,
      runMs: 100,
      cpuMs: 20,
      executor: `${(index % 2) + 1}`,
      shuffleReadRecords: 500,
      shuffleReadBytes: 40_000,
      ...each,
    }),
  );
  return sparkRunFixture({ executors, wallMs: 120_000, tasks: rows, ...spec });
}

test('thousands of tiny tasks cost what they last beyond their work', () => {
  const settings = { 'spark.sql.adaptive.enabled': 'false', 'spark.sql.shuffle.partitions': '1000' };
  const [finding] = tinyTasks.apply(run({}, { settings }));
  expect(finding).toMatchObject({ code: 'skew.partition_sizing', kind: 'observed', count: 1 });
  // 100 s of stage, of which 1,000 x 100 ms on four slots are 25 s of work.
  expect(finding?.values).toMatchObject({ tasks: 1_000, slots: 4, savedMs: 75_000, adaptiveEnabled: 'false' });
  expect(finding?.values['spark.sql.adaptive.enabled']).toBe('true');
  expect(finding?.evidence.map(({ excerpt }) => excerpt)).toContain('"spark.sql.adaptive.enabled":"false"');
  expect(finding?.refutes?.map(({ code }) => code)).toEqual(['data.small_files']);
});

test('larger tasks of the same run show how much of the run time is the cost of being a task', () => {
  const large: TaskSpec = { stage: 9, at: 100_000, ms: 10_000, cpuMs: 2_000, inputRecords: 1_000_000 };
  const base = run();
  const rows = Array.from(
    { length: base.tasks.length },
    (_, index): TaskSpec => ({
      at: Math.floor(index / 4) * 400,
      ms: 400,
      runMs: 100,
      cpuMs: 20,
      shuffleReadRecords: 500,
      shuffleReadBytes: 40_000,
    }),
  );
  const [finding] = tinyTasks.apply(run({}, { tasks: [...rows, large] }));
  // A record costs 10 us of run time there: 5 of the 100 ms; 95 % of the 25 s of "work" are overhead as well.
  expect(Number(finding?.values.savedMs)).toBeGreaterThan(95_000);
});

test('near miss: longer tasks, few tasks, fat tasks, file scans, no volume known', () => {
  expect(tinyTasks.apply(run({ runMs: 700, ms: 800 }))).toEqual([]);
  expect(tinyTasks.apply(run({}, {}, 60))).toEqual([]);
  expect(tinyTasks.apply(run({ shuffleReadBytes: 8 * 1024 * 1024 }))).toEqual([]);
  expect(tinyTasks.apply(run({ shuffleReadBytes: 0, inputBytes: 40_000 }))).toEqual([]);
  expect(tinyTasks.apply(run({ shuffleReadBytes: 0, shuffleReadRecords: 0 }))).toEqual([]);
});

test('scan tasks are tiny by their splits when the files are fewer than the tasks', () => {
  const scanOf = (files: number) => {
    const scan = planNode('Scan parquet ', { 'number of files read': files });
    const spec = {
      stages: [{ stageId: 0, sqlExecutionId: 1, taskCount: 1_000 }],
      sql: [{ id: 1, plan: planNode('WriteFiles', {}, [scan]) }],
    };
    return tinyTasks.apply(
      run({ shuffleReadBytes: 0, shuffleReadRecords: 0, inputBytes: 40_000, inputRecords: 500 }, spec),
    );
  };
  expect(scanOf(20)).toMatchObject([{ code: 'skew.partition_sizing' }]);
  expect(scanOf(20)[0]?.refutes).toBeUndefined();
  expect(scanOf(900)).toEqual([]);
});

test('near miss: the tasks do nothing but their work', () => {
  expect(tinyTasks.apply(run({ runMs: 400 }))).toEqual([]);
});

test('a small part of the run is a suspicion at most', () => {
  expect(tinyTasks.apply(run({}, { wallMs: 2_000_000 }))).toMatchObject([{ kind: 'inferred' }]);
});

test('absent data', () => {
  expect(tinyTasks.apply(sparkRunFixture({}))).toEqual([]);
  expect(tinyTasks.apply(run({ hasMetrics: false }))).toEqual([]);
});
