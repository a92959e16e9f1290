import { expect, test } from 'vitest';
import { fetchWait } from './fetch-wait.ts';
import { sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

/** Two reducers on each of three hosts; those on h2 read locally, the others wait. */
function run(waitMs: number, elsewhereMs = 0) {
  const tasks = ['h1', 'h2', 'h3'].flatMap((host) =>
    [0, 1].map((): TaskSpec => {
      const wait = host === 'h2' ? elsewhereMs : waitMs;
      return { at: 10_000, ms: 7_000 + wait, fetchWaitMs: wait, shuffleReadRecords: 200_000, host, executor: host };
    }),
  );
  return sparkRunFixture({ wallMs: Math.max(140_000, waitMs + 30_000), tasks });
}

test('reducers that wait most of their time, and the host that does not', () => {
  const [finding] = fetchWait.apply(run(110_000));
  expect(finding).toMatchObject({ code: 'shuffle.fetch_wait', kind: 'observed', keys: { stageId: 0 } });
  // Six tasks share the first 7 s, four the rest of 110 s: all but that work is waiting.
  expect(finding?.values.savedMs).toBe(110_000);
  expect(finding?.values).toMatchObject({ longestWaitMs: 110_000, leastWaitingHost: 'h2', leastWaitMs: 0 });
  expect(finding?.statement.en).toContain('tasks on h2 wait least');
  expect(finding?.refutes?.map(({ code }) => code)).toEqual(['skew.join_key']);
});

test('over three minutes and a fifth of the stage it is a stall', () => {
  expect(fetchWait.apply(run(190_000))).toMatchObject([{ code: 'shuffle.stall' }]);
});

test('no host is named when all wait alike', () => {
  const [finding] = fetchWait.apply(run(110_000, 110_000));
  expect(finding?.values.leastWaitingHost).toBeUndefined();
});

test('one reducer that waits holds up a stage whose tasks as a whole hardly wait', () => {
  const usual = Array.from(
    { length: 100 },
    (_, index): TaskSpec => ({ at: index * 100, ms: 5_000, shuffleReadRecords: 100 }),
  );
  const waiting: TaskSpec = { at: 5_000, ms: 95_000, fetchWaitMs: 90_000, shuffleReadRecords: 100 };
  const found = fetchWait.apply(sparkRunFixture({ wallMs: 120_000, tasks: [...usual, waiting] }));
  expect(found).toMatchObject([{ code: 'shuffle.fetch_wait', kind: 'observed', keys: { taskId: 100 } }]);
  expect(Number(found[0]?.values.shareOfTaskTime)).toBeLessThan(0.2);
});

test('near miss: some waiting beside much work', () => {
  expect(fetchWait.apply(run(1_000))).toEqual([]);
});

test('a wait longer than its task (several fetches at once) is clipped', () => {
  const task: TaskSpec = { at: 0, ms: 60_000, fetchWaitMs: 500_000, shuffleReadRecords: 10 };
  const [finding] = fetchWait.apply(sparkRunFixture({ tasks: [task] }));
  expect(finding?.values).toMatchObject({ longestWaitMs: 60_000, savedMs: 60_000, shareOfTaskTime: 1 });
});

test('absent data', () => {
  expect(fetchWait.apply(sparkRunFixture({}))).toEqual([]);
  expect(fetchWait.apply(sparkRunFixture({ tasks: [{ at: 0, ms: 60_000, hasMetrics: false }] }))).toEqual([]);
});
