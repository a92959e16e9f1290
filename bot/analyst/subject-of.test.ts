import { describe, expect, it } from 'vitest';
import { FIXTURE_SUBJECT, investigationFixture } from '../investigation/fixtures/investigation-fixture.ts';
import { FIXTURE_AT } from '../investigation/joining/finding-fixture.ts';
import { readQuestion } from '../investigation/question/read-question.ts';
import type { SubjectChoice } from '../investigation/subject/candidate.ts';
import { spokenSubject, subjectOf } from './subject-of.ts';

const ask = (text: string) => readQuestion(text, { now: FIXTURE_AT, attachments: [] });
const named = (...names: string[]): SubjectChoice => ({
  ...FIXTURE_SUBJECT,
  candidate: { ...FIXTURE_SUBJECT.candidate, names },
});

describe('the subject', () => {
  it('is the chosen run with its name', () => {
    expect(subjectOf(investigationFixture())).toEqual({
      kind: 'spark_application',
      id: 'application_1700000000000_0042',
      name: 'user_profile_join',
    });
    expect(spokenSubject(investigationFixture())).toBe('user_profile_join (application_1700000000000_0042)');
  });

  it('is called by the name the asker used, of several', () => {
    const subject = named('com.acme.Main', 'user_profile_join_20260101', 'profile');
    expect(subjectOf(investigationFixture({ subject, question: ask('why did user_profile_join fail?') }))?.name).toBe(
      'user_profile_join_20260101',
    );
  });

  it('has no name where its only name is its id', () => {
    const subject = named('application_1700000000000_0042');
    expect(subjectOf(investigationFixture({ subject }))).not.toHaveProperty('name');
    expect(spokenSubject(investigationFixture({ subject }))).toBe('application_1700000000000_0042');
  });

  it('is the unknown id itself, and nothing where none or several could be meant', () => {
    const unknown: SubjectChoice = { kind: 'unknown_id', id: 'application_1700000000000_9999' };
    expect(subjectOf(investigationFixture({ subject: unknown }))).toEqual({
      kind: 'spark_application',
      id: 'application_1700000000000_9999',
    });
    expect(subjectOf(investigationFixture({ subject: { kind: 'none' } }))).toBeNull();
    expect(subjectOf(investigationFixture({ subject: { kind: 'ambiguous', candidates: [] } }))).toBeNull();
  });

  it('is spoken of by what the asker called it when none is known', () => {
    const question = ask('why did it fail?');
    expect(spokenSubject(investigationFixture({ subject: { kind: 'none' }, question }))).toBe('The run');
    expect(spokenSubject(investigationFixture({ subject: { kind: 'none' }, question, language: 'zh' }))).toBe(
      '这次运行',
    );
    expect(spokenSubject(investigationFixture({ subject: { kind: 'none' } }))).toBe('user_profile_join');
  });
});
