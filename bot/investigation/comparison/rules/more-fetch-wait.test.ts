import { describe, expect, it } from 'vitest';
import { applyRule, type JobStage, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { moreFetchWait } from './more-fetch-wait.ts';

/** Reducers of every host but `server` wait for blocks of `server`. */
function waiting(ms: number, server: string | null): JobStage {
  const stage = reduceStage({ ms: ms + 10_000, fetchWaitMs: ms });
  return {
    ...stage,
    tasks: stage.tasks.map((task, i) => {
      const onHost = `h${(i % 3) + 1}`;
      return onHost === server
        ? { ...task, onHost, ms: 10_000 + ms * 0.2, fetchWaitMs: ms * 0.2 }
        : { ...task, onHost };
    }),
  };
}

describe('comparison/more-fetch-wait', () => {
  it('fires when the same bytes are waited for longer, and points at the host that waits least', () => {
    const [finding] = applyRule(moreFetchWait, { stages: [scanStage(), waiting(60_000, 'h2')] });
    expect(finding).toMatchObject({ code: 'shuffle.fetch_wait', kind: 'observed', keys: { stageId: 1, host: 'h2' } });
    expect(finding?.weight).toBeGreaterThan(0.7);
  });

  it('names no host when all wait alike', () => {
    const [finding] = applyRule(moreFetchWait, { stages: [scanStage(), waiting(60_000, null)] });
    expect(finding?.keys.host).toBeUndefined();
  });

  it('is a stall beyond three minutes and a fifth of the stage', () => {
    const [finding] = applyRule(moreFetchWait, { stages: [scanStage(), waiting(200_000, 'h2')] });
    expect(finding?.code).toBe('shuffle.stall');
  });

  it('does not fire when more bytes took longer at the same rate', () => {
    const slow = [
      scanStage(),
      reduceStage({ ms: 60_000, fetchWaitMs: 30_000, shuffleReadBytes: 3_000_000_000, shuffleReadRecords: 30_000_000 }),
    ];
    const usual = [scanStage(), reduceStage({ ms: 10_000, fetchWaitMs: 500 })];
    expect(applyRule(moreFetchWait, { stages: slow }, { stages: usual })).toEqual([]);
  });

  it('is silent without shuffle metrics', () => {
    const dark = { shuffleReadBytes: 0, shuffleReadRecords: 0, fetchWaitMs: 0 };
    expect(
      applyRule(
        moreFetchWait,
        { stages: [scanStage(), reduceStage({ ...dark, ms: 60_000 })] },
        { stages: [scanStage(), reduceStage(dark)] },
      ),
    ).toEqual([]);
  });
});
