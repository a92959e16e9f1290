import { describe, expect, it } from 'vitest';
import { applyRule, type JobStage, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { moreCopies } from './more-copies.ts';

/** The scan with a copy of each task that is killed when the original ends. */
function withCopies(status: 'killed' | 'failed', speculative: boolean): JobStage {
  const stage = scanStage();
  const copies = stage.tasks.map((task, i) => ({ ...task, index: i, attempt: 1, status, speculative, ms: 30_000 }));
  return { ...stage, tasks: [...copies, ...stage.tasks.map((task, i) => ({ ...task, index: i }))] };
}

describe('comparison/more-copies', () => {
  it('fires when the time went to copies that lost', () => {
    const slow = { stages: [withCopies('killed', true), reduceStage()], spark: { 'spark.speculation': 'true' } };
    const [finding] = applyRule(moreCopies, slow, { spark: { 'spark.speculation': 'true' } });
    expect(finding).toMatchObject({ code: 'scheduling.speculation', kind: 'observed' });
    expect(finding?.values).toMatchObject({ losers: 6, usualLosers: 0 });
  });

  it('does not fire for attempts that failed', () => {
    const { codes } = judge({ stages: [withCopies('failed', false), reduceStage()] });
    expect(codes).not.toContain('scheduling.speculation');
    expect(codes).toContain('slow');
  });

  it('is silent without any copy', () => {
    expect(applyRule(moreCopies, { stages: [scanStage({ ms: 60_000 }), reduceStage()] })).toEqual([]);
  });
});
