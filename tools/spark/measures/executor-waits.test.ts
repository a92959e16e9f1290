import { expect, test } from 'vitest';
import { FIXTURE_START, sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { executorWaits, mostExecutors } from './executor-waits.ts';

const at = (seconds: number) => FIXTURE_START + seconds * 1_000;

test('spans in which a stage was active and no executor alive, with what went before', () => {
  const run = sparkRunFixture({
    executors: [
      { id: '0', addedAt: at(10), removedAt: at(30), removalKind: 'released' },
      { id: '1', addedAt: at(40), removedAt: at(60), removalKind: 'lost' },
      { id: '2', addedAt: at(65) },
    ],
    stages: [
      { stageId: 0, submittedAt: at(5), completedAt: at(25) },
      { stageId: 1, submittedAt: at(28), completedAt: at(90) },
    ],
  });
  expect(executorWaits(run, at(100))).toEqual([
    { from: at(5), to: at(10), releasedBefore: [], lostBefore: [] },
    { from: at(30), to: at(40), releasedBefore: ['0'], lostBefore: [] },
    { from: at(60), to: at(65), releasedBefore: ['0'], lostBefore: ['1'] },
  ]);
  expect(mostExecutors(run)).toBe(1);
});

test('a stage without an end lasts until the run does', () => {
  const run = sparkRunFixture({ stages: [{ stageId: 0, submittedAt: at(5), completedAt: null }] });
  expect(executorWaits(run, at(50))).toMatchObject([{ from: at(5), to: at(50) }]);
});
