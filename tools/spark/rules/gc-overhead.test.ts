import { expect, test } from 'vitest';
import { gcOverhead } from './gc-overhead.ts';
import { type RunSpec, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

function run(gcMs: number, ms = 30_000, spec: Partial<RunSpec> = {}) {
  const tasks = [0, 1].map((): TaskSpec => ({ at: 5_000, ms, gcMs, inputRecords: 10 }));
  return sparkRunFixture({ wallMs: 42_000, settings: { 'spark.executor.memory': '512m' }, tasks, ...spec });
}

test('most of the run time in GC, with the heap to ask for', () => {
  const [finding] = gcOverhead.apply(run(22_000));
  expect(finding).toMatchObject({
    code: 'memory.gc_overhead',
    kind: 'observed',
    values: { gcMs: 44_000, runMs: 60_000 },
  });
  expect(finding?.values['spark.executor.memory']).toBe('1g');
  expect(finding?.weight).toBeCloseTo(22 / 42, 4);
  expect(finding?.evidence.map(({ excerpt }) => excerpt)).toContain('"spark.executor.memory":"512m"');
});

test('a third of the run time is a suspicion, a full heap makes it a fact', () => {
  expect(gcOverhead.apply(run(9_000))).toMatchObject([{ kind: 'inferred' }]);
  const executors = [{ id: '1', peaks: { JVMHeapMemory: 520 * 1024 * 1024 } }];
  expect(gcOverhead.apply(run(9_000, 30_000, { executors }))).toMatchObject([{ kind: 'observed' }]);
});

test('near miss: an ordinary share, or a high share of next to nothing', () => {
  expect(gcOverhead.apply(run(5_000))).toEqual([]);
  expect(gcOverhead.apply(run(2_000, 2_500))).toEqual([]);
});

test('GC over 100 % of a tiny task is clipped and says nothing', () => {
  expect(gcOverhead.apply(run(900_000, 1_000))).toEqual([]);
});

test('in local mode it is the driver that needs the heap', () => {
  const [finding] = gcOverhead.apply(run(22_000, 30_000, { application: { platform: 'local' } }));
  expect(Object.keys(finding?.values ?? {})).toContain('spark.driver.memory');
});

test('absent data: no tasks, no metrics, a run of seconds', () => {
  expect(gcOverhead.apply(sparkRunFixture({}))).toEqual([]);
  expect(
    gcOverhead.apply(
      sparkRunFixture({ wallMs: 42_000, tasks: [{ at: 0, ms: 30_000, gcMs: 29_000, hasMetrics: false }] }),
    ),
  ).toEqual([]);
  expect(gcOverhead.apply(run(4_500, 5_000, { wallMs: 9_000 }))).toEqual([]);
});
