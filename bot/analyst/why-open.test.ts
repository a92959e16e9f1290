import { describe, expect, it } from 'vitest';
import { FIXTURE_SUBJECT, investigationFixture } from '../investigation/fixtures/investigation-fixture.ts';
import { FIXTURE_AT } from '../investigation/joining/finding-fixture.ts';
import type { Candidate } from '../investigation/subject/candidate.ts';
import { whyOpen } from './why-open.ts';

const open = (more: Parameters<typeof investigationFixture>[0]) =>
  whyOpen(investigationFixture({ verdict: 'needs_more', ...more }));

function candidates(count: number): Candidate[] {
  return Array.from({ length: count }, (_, at) => ({
    ...FIXTURE_SUBJECT.candidate,
    id: `application_1700000000000_00${10 + at}`,
    names: [`job_${at}`],
    startedAt: FIXTURE_AT + at * 3_600_000,
  }));
}

describe('why there is no answer', () => {
  it('an id that nobody knows, and which systems could not be asked', () => {
    const subject = { kind: 'unknown_id' as const, id: 'application_1700000000000_9999' };
    const why = { en: 'YARN at rm did not answer', zh: 'YARN 没有应答' };
    const notChecked = [{ area: 'yarn' as const, why, reason: 'failed' as const }];
    expect(open({ subject })).toBe(
      'application_1700000000000_9999 is not in anything that could be read (it does not exist, or may not be seen).',
    );
    expect(open({ subject, notChecked })).toContain('Besides, YARN at rm did not answer.');
    expect(open({ subject, notChecked, language: 'zh' })).toContain('另外，YARN 没有应答。');
  });

  it('several runs: the newest six by name, id and start, and how many more', () => {
    const told = open({ subject: { kind: 'ambiguous', candidates: candidates(8) } });
    expect(told).toMatch(
      /^8 runs could be meant: job_7 application_1700000000000_0017 \(started 2026-01-01 07:00 UTC\)/,
    );
    expect(told).toMatch(/and 2 more\. Please say which one\.$/);
    expect(told).not.toContain('job_1 ');
    expect(open({ subject: { kind: 'ambiguous', candidates: candidates(8) }, language: 'zh' })).toContain('另有 2 次');
  });

  it('a name that no run has', () => {
    const subject = { kind: 'unknown_name' as const, name: 'gmv_report', others: candidates(1) };
    expect(open({ subject })).toContain('No run called gmv_report');
    expect(open({ subject })).toContain('job_0');
  });

  it('nothing to read, with the reasons', () => {
    const skipped = [{ en: 'notes.txt is no log', zh: 'notes.txt 不是日志' }];
    expect(open({ subject: { kind: 'none' }, readNothing: true })).toMatch(/^Nothing could be read: no platform/);
    expect(open({ subject: { kind: 'none' }, readNothing: true, skipped })).toBe(
      'Nothing could be read: notes.txt is no log.',
    );
  });

  it('material that does not decide: no guess', () => {
    expect(open({})).toContain("I won't guess");
    expect(open({ language: 'zh' })).toContain('不做猜测');
  });
});
