import { expect, test } from 'vitest';
import { repeatedWork } from './repeated-work.ts';
import { sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

test('attempts in vain and repeated stages, as a share of the wall clock', () => {
  const tasks: TaskSpec[] = [
    { at: 0, ms: 20_000, status: 'lost' },
    { at: 20_000, ms: 30_000, stageAttempt: 1 },
    { at: 50_000, ms: 40_000, stage: 5 },
  ];
  const [finding] = repeatedWork.apply(sparkRunFixture({ tasks }));
  expect(finding).toMatchObject({
    symptom: 'slow',
    code: null,
    values: { failedAttempts: 1, repeatedTasks: 1, savedMs: 50_000 },
  });
  expect(finding?.weight).toBeCloseTo(0.5, 5);
});

test('a failed attempt beside nine others costs a tenth of its time', () => {
  const tasks = Array.from(
    { length: 10 },
    (_, index): TaskSpec => ({ at: 0, ms: 50_000, status: index === 0 ? 'failed' : 'succeeded' }),
  );
  expect(repeatedWork.apply(sparkRunFixture({ tasks }))[0]?.values.savedMs).toBe(5_000);
});

test('near miss: failures of no weight, speculative kills, a clean run; absent data', () => {
  expect(repeatedWork.apply(sparkRunFixture({ tasks: [{ at: 0, ms: 500, status: 'failed' }] }))).toEqual([]);
  expect(repeatedWork.apply(sparkRunFixture({ tasks: [{ at: 0, ms: 50_000, status: 'killed' }] }))).toEqual([]);
  expect(repeatedWork.apply(sparkRunFixture({}))).toEqual([]);
});
