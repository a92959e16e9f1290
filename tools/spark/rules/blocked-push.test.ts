import { expect, test } from 'vitest';
import { blockedPush } from './blocked-push.ts';
import { sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const CELEBORN = { 'spark.shuffle.manager': 'org.apache.spark.shuffle.celeborn.SparkShuffleManager' };

function run(pushMs: number, settings: Record<string, string> = CELEBORN) {
  const usual = Array.from(
    { length: 5 },
    (_, index): TaskSpec => ({ at: index * 1_000, ms: 1_000, shuffleWriteMs: 100 }),
  );
  const blocked: TaskSpec = { at: 5_000, ms: pushMs + 1_000, shuffleWriteMs: pushMs };
  return sparkRunFixture({ wallMs: 800_000, settings, tasks: [...usual, blocked] });
}

test('a task that pushes for four minutes is a stall', () => {
  const [finding] = blockedPush.apply(run(240_000));
  // 240 s of the long one and 100 ms of each of the five before it.
  expect(finding).toMatchObject({ code: 'shuffle.stall', kind: 'observed', count: 1, keys: { stageId: 0, taskId: 5 } });
  expect(finding?.values).toMatchObject({ savedMs: 240_500, longestPushMs: 240_000 });
});

test('near miss: below three minutes, or a shuffle on local disks', () => {
  expect(blockedPush.apply(run(170_000))).toEqual([]);
  expect(blockedPush.apply(run(240_000, {}))).toEqual([]);
});

test('near miss: below a fifth of the stage', () => {
  const long = Array.from({ length: 5 }, (): TaskSpec => ({ at: 0, ms: 1_200_000 }));
  const tasks = [...long, { at: 0, ms: 241_000, shuffleWriteMs: 200_000 }];
  expect(blockedPush.apply(sparkRunFixture({ wallMs: 1_300_000, settings: CELEBORN, tasks }))).toEqual([]);
});

test('absent data', () => {
  expect(blockedPush.apply(sparkRunFixture({ settings: CELEBORN }))).toEqual([]);
});
