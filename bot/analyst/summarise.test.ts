import { describe, expect, it } from 'vitest';
import type { RunComparison } from '../investigation/comparison/run-comparison.ts';
import { FIXTURE_SUBJECT, investigationFixture } from '../investigation/fixtures/investigation-fixture.ts';
import { FIXTURE_AT } from '../investigation/joining/finding-fixture.ts';
import { hypothesisFixture } from '../investigation/joining/hypothesis-fixture.ts';
import { summarise } from './summarise.ts';

const ID = 'user_profile_join (application_1700000000000_0042)';
const KILLED = hypothesisFixture('kernel.memcg_oom', {}, { standing: 'confirmed' });

describe('a summary', () => {
  it('says what became of the run, when, how long it took, and the cause', () => {
    expect(summarise(investigationFixture({ causes: [KILLED] }))).toBe(
      `${ID} failed at 00:10:00 UTC after 10 min. Root cause: killed by the kernel: own memory limit.`,
    );
    expect(summarise(investigationFixture({ causes: [KILLED], language: 'zh' }))).toBe(
      `${ID} 于 00:10:00 UTC 失败，用时 10 分钟。根因：被内核杀死：超出自身内存上限。`,
    );
  });

  it('does not call likely what is not proven a root cause', () => {
    const causes = [{ ...KILLED, standing: 'likely' as const }];
    expect(summarise(investigationFixture({ causes }))).toContain('Most likely cause: ');
    expect(summarise(investigationFixture({ causes }))).not.toContain('Root cause');
    expect(summarise(investigationFixture({ causes, language: 'zh' }))).toContain('最可能的原因：');
  });

  it('tells what is usual', () => {
    const comparison = { baselineWallClockMs: [180_000, 120_000, 150_000] } as unknown as RunComparison;
    expect(summarise(investigationFixture({ causes: [KILLED], comparison }))).toContain('(usually 2 min – 3 min)');
  });

  it('names no end of a run that goes on', () => {
    const end = { state: 'running' as const, at: FIXTURE_AT + 60_000, startedAt: FIXTURE_AT };
    const told = summarise(investigationFixture({ end, verdict: 'still_running' }));
    expect(told).toBe(
      `${ID} is still running after 1 min. Nothing that was read shows it blocked or broken, so there is no reason to end it.`,
    );
  });

  it('calls a run healthy without a cause', () => {
    const end = { state: 'succeeded' as const, at: FIXTURE_AT + 60_000, startedAt: FIXTURE_AT };
    expect(summarise(investigationFixture({ end, verdict: 'healthy' }))).toBe(
      `${ID} ended well at 00:01:00 UTC after 1 min. Nothing harmful to it is on record: its work is complete and need not be run again.`,
    );
  });

  it('says first that the job asked about is not there', () => {
    const subject = { ...FIXTURE_SUBJECT, insteadOf: 'gmv_report' };
    expect(summarise(investigationFixture({ subject, causes: [KILLED] }))).toMatch(
      /^No run called gmv_report was found; this is about the only job there is\. /,
    );
  });

  it('says which of several runs that were handed in it is about', () => {
    const subject = { ...FIXTURE_SUBJECT, ofSeveral: { runs: 2, taken: 'failed' as const } };
    expect(summarise(investigationFixture({ subject, causes: [KILLED] }))).toMatch(
      /^Of the 2 runs of this job that were given, this is about the failed one, started \d{4}-\d\d-\d\d \d\d:\d\d UTC\. user_profile_join /,
    );
    expect(summarise(investigationFixture({ subject, causes: [KILLED], language: 'zh' }))).toMatch(
      /^给出了该作业的 2 次运行，以下说的是失败的那次（\d{4}-\d\d-\d\d \d\d:\d\d UTC 开始）。/,
    );
  });

  it('says nothing of an end that nothing tells of', () => {
    const end = { state: 'unknown' as const, at: null, startedAt: null };
    expect(summarise(investigationFixture({ end, causes: [KILLED] }))).toBe(
      `${ID}: killed by the kernel: own memory limit.`,
    );
    expect(summarise(investigationFixture({ end, causes: [KILLED], subject: { kind: 'none' } }))).toBe(
      'Killed by the kernel: own memory limit.',
    );
  });
});
