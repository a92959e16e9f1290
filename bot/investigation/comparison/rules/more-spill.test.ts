import { describe, expect, it } from 'vitest';
import { applyRule, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { moreSpill } from './more-spill.ts';

const MB = 1_000_000;

describe('comparison/more-spill', () => {
  it('fires when spill is new and its stage takes longer', () => {
    const [finding] = applyRule(moreSpill, {
      stages: [scanStage(), reduceStage({ ms: 40_000, diskSpilledBytes: 200 * MB })],
    });
    expect(finding).toMatchObject({ code: 'memory.spill', kind: 'observed', keys: { stageId: 1 } });
    expect(finding?.values).toMatchObject({ spilledBytes: 1_200 * MB, usualSpilledBytes: 0 });
    expect(finding?.weight).toBeGreaterThan(0.8);
  });

  it('does not fire when as much was spilled as always', () => {
    const spill = { diskSpilledBytes: 200 * MB };
    const slow = { stages: [scanStage(), reduceStage({ ms: 60_000, ...spill })] };
    expect(applyRule(moreSpill, slow, { stages: [scanStage(), reduceStage({ ms: 20_000, ...spill })] })).toEqual([]);
  });

  it('does not fire for a buffer that ran over, nor without any spill', () => {
    expect(applyRule(moreSpill, { stages: [scanStage(), reduceStage({ ms: 40_000, diskSpilledBytes: MB })] })).toEqual(
      [],
    );
    expect(applyRule(moreSpill, { stages: [scanStage(), reduceStage({ ms: 40_000 })] })).toEqual([]);
  });
});
