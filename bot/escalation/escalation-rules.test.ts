import { describe, expect, it } from 'vitest';
import { smallDiagnosis } from './escalation-fixture.ts';
import { DEFAULT_RULES, type RuleQuestion, shouldEscalate } from './escalation-rules.ts';

const ask = (more: Partial<RuleQuestion>) =>
  shouldEscalate({
    diagnosis: smallDiagnosis({ responsibility: 'user' }),
    timesAskedOpen: 0,
    feedback: [],
    askers: 1,
    settings: DEFAULT_RULES,
    ...more,
  });
const open = smallDiagnosis({ outcome: 'needs_more' });
const said = (helpful: boolean, diagnosis: string | null = 'inv_1') => ({
  caseId: 'case_1',
  diagnosis,
  user: 'U1',
  helpful,
  reason: null,
  atMs: 0,
});

describe('shouldEscalate', () => {
  it('says nothing about a proven cause of the job, however often it is asked', () => {
    expect(ask({ timesAskedOpen: 5, askers: 9 })).toBeNull();
  });

  it('hands over what was asked twice and is still open, not after the first time', () => {
    expect(ask({ diagnosis: open, timesAskedOpen: 1 })).toBeNull();
    expect(ask({ diagnosis: open, timesAskedOpen: 2 })).toMatchObject({
      effect: 'automatic',
      way: 'inconclusive_twice',
      reason: { en: expect.stringContaining('2 times') as string, zh: expect.stringContaining('2 次') as string },
    });
  });

  it('goes by a thumbs down on this answer, not by one on another answer', () => {
    expect(ask({ feedback: [said(false)] })).toMatchObject({ way: 'not_helpful', effect: 'automatic' });
    expect(ask({ feedback: [said(false, null)] })).toMatchObject({ way: 'not_helpful' });
    expect(ask({ feedback: [said(false, 'inv_other'), said(true)] })).toBeNull();
  });

  it("suggests a person for the platform's cause, and calls one itself once several are hit", () => {
    const diagnosis = smallDiagnosis({});
    expect(ask({ diagnosis, askers: 2 })).toMatchObject({ effect: 'suggest', way: 'platform' });
    expect(ask({ diagnosis, askers: 3 })).toMatchObject({
      effect: 'automatic',
      reason: { en: expect.stringContaining('3 people') as string, zh: expect.stringContaining('3 人') as string },
    });
  });

  it('wants the cause confirmed', () => {
    const diagnosis = smallDiagnosis({});
    const [cause] = diagnosis.rootCauses;
    if (cause) cause.standing = 'likely';
    expect(ask({ diagnosis, askers: 9 })).toBeNull();
  });

  it('keeps to the settings', () => {
    const diagnosis = smallDiagnosis({});
    const never = { ...DEFAULT_RULES, platform: 'never', notHelpful: 'never' } as const;
    expect(ask({ diagnosis, askers: 9, feedback: [said(false)], settings: never })).toBeNull();
    expect(ask({ diagnosis, settings: { ...DEFAULT_RULES, platform: 'automatic' } })?.effect).toBe('automatic');
    const both = ask({ diagnosis, feedback: [said(false)], settings: { ...DEFAULT_RULES, notHelpful: 'suggest' } });
    expect(both).toMatchObject({ effect: 'suggest', way: 'not_helpful' });
  });
});
