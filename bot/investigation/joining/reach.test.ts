import { describe, expect, it } from 'vitest';
import { FIXTURE_AT, findingFixture } from './finding-fixture.ts';
import type { Link } from './hypothesis.ts';
import type { RankingAim } from './ranking-aim.ts';
import { reachOf } from './reach.ts';

const RUN = { startedAt: FIXTURE_AT - 600_000, at: FIXTURE_AT + 1000 };
const FAILED: RankingAim = { end: { state: 'failed', ...RUN }, asks: 'failure', timed: false };

const APPLICATION = { applicationId: 'application_1700000000000_0042' };
const failed = findingFixture({ symptom: 'application_failed', keys: APPLICATION });

function chain(root: Link['finding'], strength: number): Link[] {
  return [
    { finding: failed, join: null },
    { finding: root, join: { on: ['executorId'], by: 'key', strength } },
  ];
}

describe('the reach of a cause of a failure', () => {
  const cause = findingFixture({ code: 'code.user_code', keys: APPLICATION });

  it('is whole when the record that ended the run tells it', () => {
    const told = { ...cause, evidence: failed.evidence };
    expect(reachOf(told, chain(told, 20), FAILED)).toBe(1);
  });

  it('is wider through a narrow key than through the application alone', () => {
    const narrow = reachOf(cause, chain(cause, 90), FAILED);
    const wide = reachOf(cause, chain(cause, 20), FAILED);
    const alone = reachOf(cause, [{ finding: cause, join: null }], FAILED);
    expect(narrow).toBeGreaterThan(wide);
    expect(wide).toBeGreaterThan(alone);
  });

  it('shrinks for a fault that the run survived for long', () => {
    const early = { ...cause, at: RUN.startedAt };
    expect(reachOf(early, chain(early, 90), FAILED)).toBeLessThan(reachOf(cause, chain(cause, 90), FAILED) * 0.8);
  });

  it('is nothing for what a host tells long after the end and nothing joins to the run', () => {
    const other = findingFixture({
      code: 'config.resource_setting',
      symptom: 'submission_failed',
      keys: { host: 'h1' },
    });
    const told = (at: number) => reachOf({ ...other, at }, [{ finding: { ...other, at }, join: null }], FAILED);
    expect(told(RUN.at + 60_000)).toBe(0);
    expect(told(RUN.at + 1000)).toBeGreaterThan(0.5);
    const own = { ...other, at: RUN.at + 60_000, keys: { ...other.keys, ...APPLICATION } };
    expect(reachOf(own, [{ finding: own, join: null }], FAILED)).toBeGreaterThan(0.5);
  });

  it('is small for a delay', () => {
    const waited = findingFixture({ code: 'scheduling.queue_wait', symptom: 'waiting', keys: APPLICATION });
    const asFault = findingFixture({ code: 'scheduling.preemption', symptom: 'process_killed', keys: APPLICATION });
    expect(reachOf(waited, chain(waited, 90), FAILED)).toBeLessThan(reachOf(asFault, chain(asFault, 90), FAILED));
  });
});

describe('the reach of a cause of slowness', () => {
  const SLOW: RankingAim = { end: { state: 'succeeded', ...RUN }, asks: 'slowness', timed: true };
  const slow = findingFixture({ symptom: 'slow', keys: APPLICATION });

  it('is the share of the wall clock that it carries', () => {
    const skew = findingFixture({ code: 'skew.join_key', symptom: 'slow', weight: 0.6 });
    expect(reachOf(skew, [{ finding: skew, join: null }], SLOW)).toBeCloseTo(0.6);
    const faint = findingFixture({ code: 'skew.join_key', weight: 0.6 });
    expect(reachOf(faint, [{ finding: faint, join: null }], SLOW)).toBeCloseTo(0.48);
  });

  it('is nothing for what only a text tells, where the run was timed and shows no such cost', () => {
    const text = findingFixture({ rule: 'symptom/executor-lost', code: 'shuffle.executor_lost', weight: 0.9 });
    const links: Link[] = [
      { finding: { ...slow, rule: 'comparison/slower-than-usual' }, join: null },
      { finding: text, join: { on: ['applicationId'], by: 'key', strength: 20 } },
    ];
    expect(reachOf(text, links, SLOW)).toBe(0);
    expect(reachOf(text, links, { ...SLOW, timed: false })).toBeCloseTo(0.9);
  });

  it('counts a job that was lost in a run that ended well', () => {
    const job = findingFixture({ symptom: 'job_failed', keys: APPLICATION });
    const cause = findingFixture({ code: 'code.user_code', keys: APPLICATION, weight: 0 });
    const links: Link[] = [
      { finding: job, join: null },
      { finding: cause, join: { on: ['applicationId'], by: 'key', strength: 20 } },
    ];
    expect(reachOf(cause, links, { ...SLOW, asks: 'failure' })).toBeCloseTo(0.6);
    const hushed = [{ finding: { ...job, echo: true }, join: null }, ...links.slice(1)];
    expect(reachOf(cause, hushed, { ...SLOW, asks: 'failure' })).toBe(0);
  });
});
