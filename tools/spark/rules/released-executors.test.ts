import { expect, test } from 'vitest';
import { releasedExecutors } from './released-executors.ts';
import { FIXTURE_START, sparkRunFixture } from './spark-run-fixture.ts';

const ELASTIC = {
  'spark.dynamicAllocation.enabled': 'true',
  'spark.dynamicAllocation.minExecutors': '0',
  'spark.dynamicAllocation.executorIdleTimeout': '4s',
  'spark.dynamicAllocation.schedulerBacklogTimeout': '20s',
};

const at = (seconds: number) => FIXTURE_START + seconds * 1_000;

/** Two stages; the only executor goes at 60 s, when the second begins, and the next comes at 85 s. */
function run(settings: Record<string, string> = ELASTIC, removalKind: 'released' | 'lost' = 'released') {
  return sparkRunFixture({
    wallMs: 120_000,
    settings,
    executors: [
      { id: '0', addedAt: at(0), removedAt: at(61), removalKind, removalReason: 'Executor killed by driver.' },
      { id: '1', addedAt: at(85) },
    ],
    jobs: [
      { id: 0, submittedAt: at(1), endedAt: at(50) },
      { id: 1, submittedAt: at(58), endedAt: at(110) },
    ],
    stages: [
      { stageId: 0, submittedAt: at(1), completedAt: at(50), taskCount: 2 },
      { stageId: 1, submittedAt: at(60), completedAt: at(110), taskCount: 2 },
    ],
  });
}

test('the last executor was given back and the next stage waited for another', () => {
  const [finding] = releasedExecutors.apply(run());
  expect(finding).toMatchObject({ code: 'scheduling.dynamic_allocation', kind: 'observed', count: 1 });
  expect(finding?.values).toMatchObject({
    savedMs: 24_000,
    executorIdleTimeoutMs: 4_000,
    longestPauseBetweenJobsMs: 8_000,
    'spark.dynamicAllocation.minExecutors': '1',
    'spark.dynamicAllocation.executorIdleTimeout': '60s',
  });
  expect(finding?.refutes?.map(({ code }) => code)).toEqual(['scheduling.preemption', 'scheduling.spot_node_lost']);
  const excerpts = finding?.evidence.map(({ excerpt }) => excerpt);
  expect(excerpts).toContain('ExecutorRemoved 0');
  expect(excerpts).toContain('ExecutorAdded 1');
  expect(excerpts).toContain('"spark.dynamicAllocation.schedulerBacklogTimeout":"20s"');
});

test('given back though others stayed and tasks wanted them again: a suspicion, with the missing share', () => {
  const executors = [
    { id: '0', addedAt: at(0) },
    ...[1, 2, 3].map((id) => ({ id: `${id}`, addedAt: at(0), removedAt: at(20), removalKind: 'released' as const })),
  ];
  const tasks = Array.from({ length: 10 }, (_, index) => ({
    at: 30_000 + Math.floor(index / 2) * 10_000,
    ms: 10_000,
    executor: '0',
  }));
  const stages = [{ stageId: 0, submittedAt: at(30), completedAt: at(80), taskCount: 10 }];
  const [finding] = releasedExecutors.apply(sparkRunFixture({ settings: ELASTIC, executors, tasks, stages }));
  expect(finding).toMatchObject({ code: 'scheduling.dynamic_allocation', kind: 'inferred' });
  // 10, 8, 6, 4 tasks want 5, 4, 3, 2 executors for 10 s each while one is there.
  expect(finding?.values.missingCapacityMs).toBe(Math.round(10_000 * (4 / 5 + 3 / 4 + 2 / 3 + 1 / 2)));
});

test('near miss: the executor was lost and not released; allocation is static', () => {
  expect(releasedExecutors.apply(run(ELASTIC, 'lost'))).toEqual([]);
  expect(releasedExecutors.apply(run({}))).toEqual([]);
});

test('near miss: executors released while others stay', () => {
  const base = run();
  const executors = [...base.executors, { ...base.executors[1], id: '2', addedAt: at(0) }] as typeof base.executors;
  expect(releasedExecutors.apply({ ...base, executors })).toEqual([]);
});

test('near miss: only the first wait of a run, before anything was released', () => {
  const cold = sparkRunFixture({
    settings: ELASTIC,
    executors: [{ id: '0', addedAt: at(25) }],
    stages: [{ stageId: 0, submittedAt: at(1), completedAt: at(90) }],
  });
  expect(releasedExecutors.apply(cold)).toEqual([]);
});

test('absent data', () => {
  expect(releasedExecutors.apply(sparkRunFixture({ settings: ELASTIC }))).toEqual([]);
});
