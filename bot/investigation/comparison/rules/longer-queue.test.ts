import { describe, expect, it } from 'vitest';
import { applyRule, judge } from '../fixtures/build-job.ts';
import { longerQueue } from './longer-queue.ts';

describe('comparison/longer-queue', () => {
  it('tells the wait before the launch from the resource manager’s times', () => {
    const queued = { startedAt: 2_000_000, context: { submittedAt: 1_880_000, launchedAt: 1_999_000 } };
    const [finding] = applyRule(longerQueue, queued, { context: { submittedAt: 998_000, launchedAt: 999_000 } });
    expect(finding).toMatchObject({ code: 'scheduling.queue_wait', symptom: 'waiting' });
    expect(finding?.values).toMatchObject({ queueWaitMs: 119_000, usualQueueWaitMs: 1_000 });
    expect(judge(queued, { context: { submittedAt: 998_000, launchedAt: 999_000 } }).codes[0]).toBe(
      'scheduling.queue_wait',
    );
  });

  it('suggests it when executors came late though they were asked for as always', () => {
    const [finding] = applyRule(longerQueue, { executorAt: 90_000 });
    expect(finding).toMatchObject({ code: 'scheduling.queue_wait', kind: 'inferred' });
    expect(finding?.weight).toBeGreaterThan(0.7);
  });

  it('does not when more executors were asked for, or executors were lost', () => {
    expect(
      applyRule(
        longerQueue,
        { executorAt: 90_000, spark: { 'spark.executor.memory': '64g' } },
        { spark: { 'spark.executor.memory': '8g' } },
      ),
    ).not.toEqual([]);
    expect(
      applyRule(
        longerQueue,
        { executorAt: 90_000, spark: { 'spark.executor.memory': '4g' } },
        { spark: { 'spark.executor.memory': '8g' } },
      ),
    ).toEqual([]);
    const lost = {
      executors: [
        { id: '1', host: 'h1', cores: 6, addedAt: 2_090_000, removedAt: 2_200_000, removalKind: 'exit_code' as const },
      ],
      executorAt: 90_000,
      startedAt: 2_000_000,
    };
    expect(applyRule(longerQueue, lost)).toEqual([]);
  });

  it('is silent when nothing was waited for', () => {
    expect(applyRule(longerQueue, { driverMs: 90_000 })).toEqual([]);
  });
});
