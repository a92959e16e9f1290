import { describe, expect, it } from 'vitest';
import { applyRule, type JobStage, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { doneAgain } from './done-again.ts';

function failing(): JobStage {
  const stage = scanStage();
  return {
    ...stage,
    tasks: [
      ...stage.tasks.map((task, i) => ({ ...task, index: i, status: 'failed' as const, ms: 20_000 })),
      ...stage.tasks.map((task, i) => ({ ...task, index: i, attempt: 1 })),
    ],
  };
}

describe('comparison/done-again', () => {
  it('tells the symptom and leaves the cause to other records', () => {
    const [finding] = applyRule(doneAgain, { stages: [failing(), reduceStage()] });
    expect(finding).toMatchObject({ code: null, symptom: 'slow', values: { failedAttempts: 6, lostExecutors: 0 } });
    expect(finding?.weight).toBeGreaterThan(0.8);
  });

  it('says nothing when as much was done again as always', () => {
    expect(
      applyRule(
        doneAgain,
        { stages: [failing(), reduceStage({ ms: 60_000 })] },
        { stages: [failing(), reduceStage()] },
      ),
    ).toEqual([]);
  });

  it('says nothing when nothing failed', () => {
    expect(applyRule(doneAgain, { stages: [scanStage({ ms: 60_000 }), reduceStage()] })).toEqual([]);
  });
});
