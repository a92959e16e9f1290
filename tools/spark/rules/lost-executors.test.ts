import { describe, expect, test } from 'vitest';
import type { ExecutorFacts } from '../facts.ts';
import { lostExecutors } from './lost-executors.ts';
import { FIXTURE_START, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const at = (seconds: number) => FIXTURE_START + seconds * 1_000;

function run(removed: Partial<ExecutorFacts>, tasks: TaskSpec[] = []) {
  return sparkRunFixture({
    executors: [
      { id: '7', host: 'h7', containerId: 'container_1_0042_01_000008', removedAt: at(50), ...removed },
      { id: '8' },
    ],
    tasks,
  });
}

const TASKS: TaskSpec[] = [
  { at: 0, ms: 50_000, executor: '7', status: 'lost' },
  { at: 0, ms: 50_000, executor: '7', status: 'lost' },
  { at: 0, ms: 50_000, executor: '8', status: 'failed' },
  { at: 0, ms: 50_000, executor: '8' },
];

describe('spark/lost-executors', () => {
  test('what each removal says, and no more', () => {
    const codeOf = (removed: Partial<ExecutorFacts>) => lostExecutors.apply(run(removed))[0]?.code;
    expect(codeOf({ removalKind: 'preempted' })).toBe('scheduling.preemption');
    expect(codeOf({ removalKind: 'lost', removalReason: 'Container released on a *lost* node', exitCode: -100 })).toBe(
      'scheduling.spot_node_lost',
    );
    expect(codeOf({ removalKind: 'lost', removalReason: 'worker lost: Not receiving heartbeat for 60 seconds' })).toBe(
      'scheduling.spot_node_lost',
    );
    expect(codeOf({ removalKind: 'exit_code', exitCode: 52 })).toBe('memory.executor_heap_oom');
    expect(codeOf({ removalKind: 'exit_code', exitCode: 53 })).toBe('storage.disk_full_local');
    expect(codeOf({ removalKind: 'exit_code', exitCode: -101 })).toBe('storage.bad_disk');
    expect(codeOf({ removalKind: 'exit_code', exitCode: 139 })).toBe('code.native_crash');
    expect(codeOf({ removalKind: 'memory_limit', removalReason: 'exceeding virtual memory limits' })).toBe(
      'memory.virtual_limit',
    );
  });

  test('137 and 143 alone prove nothing', () => {
    for (const exitCode of [137, 143, 1]) {
      const [finding] = lostExecutors.apply(run({ removalKind: 'exit_code', exitCode }));
      expect(finding).toMatchObject({ code: null, symptom: 'executor_lost', kind: 'observed', values: { exitCode } });
    }
  });

  test('a memory kill is inferred (the node manager is the witness), with its amounts and keys', () => {
    const removalReason =
      'Container killed by YARN for exceeding physical memory limits. 1.5 GB of 1.4 GB physical memory used. Consider boosting spark.executor.memoryOverhead.';
    const base = run({ removalKind: 'memory_limit', removalReason }, TASKS);
    const [finding] = lostExecutors.apply({
      ...base,
      stages: base.stages.map((stage) => ({ ...stage, status: 'failed' })),
    });
    expect(finding).toMatchObject({
      code: 'memory.container_physical_limit',
      kind: 'inferred',
      keys: { executorId: '7', host: 'h7', containerId: 'container_1_0042_01_000008', applicationId: 'app-1' },
      at: at(50),
    });
    expect(finding?.values).toMatchObject({ usedBytes: 1.5 * 1024 ** 3, lostTasks: 2, lostOutputs: 0 });
    expect(finding?.weight).toBeCloseTo(2 / 3, 5);
  });

  test('what the run survived weighs as much as it cost: lost attempts and missing capacity', () => {
    const [finding] = lostExecutors.apply(run({ removalKind: 'preempted' }, TASKS));
    // 50 s of four attempts at once, of which two were lost; then half of the two executors is missing for 50 of 100 s.
    expect(finding?.weight).toBeCloseTo(0.25 + 0.25, 5);
  });

  test('output of finished tasks is told apart from running ones; a stage taken down with its context is not failed by it', () => {
    const tasks: TaskSpec[] = [
      { at: 0, ms: 9_000, executor: '7', status: 'lost' },
      { at: 41_000, ms: 9_000, executor: '7', status: 'lost', hasMetrics: false },
    ];
    const base = run({ removalKind: 'exit_code', exitCode: 137 }, tasks);
    const failureReason = 'Stage cancelled because SparkContext was shut down';
    const stages = base.stages.map((stage) => ({ ...stage, status: 'failed' as const, failureReason }));
    const [finding] = lostExecutors.apply({ ...base, stages });
    expect(finding?.values).toMatchObject({ lostTasks: 1, lostOutputs: 1 });
    expect(finding?.statement.en).toContain('1 running task and the output of 1 finished task went with it');
    expect(finding?.weight).toBeLessThan(0.5);
  });

  test('a heartbeat that was late is a symptom of its own', () => {
    expect(lostExecutors.apply(run({ removalKind: 'heartbeat' }))).toMatchObject([
      { symptom: 'heartbeat_late', code: null },
    ]);
  });

  test('an executor that never registered gets its host from the text', () => {
    const removalReason =
      'Container from a bad node: container_1_0042_01_000008 on host: bd-node11. Exit status: 1. Diagnostics: x';
    const [finding] = lostExecutors.apply(
      run({ host: '', addedAt: null, removalKind: 'exit_code', exitCode: 1, removalReason }),
    );
    expect(finding?.keys.host).toBe('bd-node11');
    expect(finding?.statement.en).toContain('before it had registered');
  });

  test('released on purpose: one harmless finding for all, which speaks against preemption and lost nodes', () => {
    const executors = [1, 2, 3].map((id) => ({ id: `${id}`, removedAt: at(id), removalKind: 'released' as const }));
    const found = lostExecutors.apply(sparkRunFixture({ executors }));
    expect(found).toMatchObject([{ echo: true, code: null, weight: 0, count: 3 }]);
    expect(found[0]?.refutes?.map(({ code }) => code)).toContain('scheduling.preemption');
  });

  test('released ones beside a preempted one do not speak against preemption', () => {
    const executors = [
      { id: '1', removedAt: at(1), removalKind: 'released' as const },
      { id: '2', removedAt: at(2), removalKind: 'preempted' as const },
    ];
    const found = lostExecutors.apply(sparkRunFixture({ executors }));
    expect(found.map(({ code }) => code)).toEqual(['scheduling.preemption', null]);
    expect(found[1]?.refutes).toBeUndefined();
  });

  test('gone when all work was done: an echo; gone with or after the application: nothing', () => {
    const late = sparkRunFixture({
      executors: [{ id: '1', removedAt: at(95), removalKind: 'lost' }],
      jobs: [{ id: 0, endedAt: at(90) }],
    });
    expect(lostExecutors.apply(late)).toMatchObject([{ echo: true, weight: 0, code: null }]);
    expect(lostExecutors.apply(run({ removedAt: at(100), removalKind: 'lost' }))).toEqual([]);
  });

  test('taken down with an application that stops: echoes, also those that could not start any more', () => {
    const reason = 'java.lang.IllegalStateException: Shutdown hooks cannot be modified during shutdown.';
    const executors = [
      { id: '0', removedAt: at(98), removalKind: 'exit_code' as const, exitCode: 143 },
      { id: '1', addedAt: null, removedAt: at(99), removalKind: 'unknown' as const, removalReason: reason },
      { id: '2', addedAt: null, removedAt: at(99), removalKind: 'exit_code' as const, exitCode: 1 },
    ];
    const found = lostExecutors.apply(sparkRunFixture({ executors, jobs: [{ id: 0, result: 'running' }] }));
    expect(found.map(({ keys, echo }) => [keys.executorId, echo ?? false])).toEqual([
      ['0', true],
      ['1', true],
      ['2', false],
    ]);
  });

  test('hundreds of alike losses are folded', () => {
    const executors = Array.from({ length: 300 }, (_, id) => ({
      id: `${id}`,
      removedAt: at(10) + id,
      removalKind: 'exit_code' as const,
      exitCode: 137,
    }));
    const found = lostExecutors.apply(sparkRunFixture({ executors }));
    expect(found).toHaveLength(12);
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(300);
  });

  test('absent data', () => {
    expect(lostExecutors.apply(sparkRunFixture({}))).toEqual([]);
  });
});
