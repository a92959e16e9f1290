import { describe, expect, it } from 'vitest';
import { applyRule, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { withinHistory } from './within-history.ts';

const HISTORY = [0, 4_000, 9_000, 15_000, 22_000].map((driverMs) => ({ driverMs }));

describe('comparison/within-history', () => {
  it('fires for a run within the spread of its history, and nothing else is said of it', () => {
    const { findings, codes } = judge({ driverMs: 24_000 }, ...HISTORY);
    expect(codes).toEqual(['none.healthy']);
    expect(findings[0]?.symptom).toBeUndefined();
    expect(findings[0]?.evidence.length).toBe(6);
  });

  it('does not fire for a slow run', () => {
    expect(applyRule(withinHistory, { driverMs: 200_000 }, ...HISTORY)).toEqual([]);
  });

  it('does not fire for a run that did not end well, or not at all', () => {
    expect(
      applyRule(
        withinHistory,
        { run: { jobs: [{ id: 0, submittedAt: 1, endedAt: 2, result: 'failed' }] } },
        ...HISTORY,
      ),
    ).toEqual([]);
    expect(
      applyRule(
        withinHistory,
        { run: { end: null, completeness: { lastEventAt: 2_030_000, end: 'cut' } } },
        ...HISTORY,
      ),
    ).toEqual([]);
  });

  it('calls a run healthy that was faster than usual', () => {
    const usual = { stages: [scanStage({ ms: 90_000 }), reduceStage()] };
    expect(judge({}, usual).codes).toEqual(['none.healthy']);
  });
});
