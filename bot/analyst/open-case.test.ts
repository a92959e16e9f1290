import { describe, expect, it } from 'vitest';
import { investigationFixture } from '../investigation/fixtures/investigation-fixture.ts';
import { FIXTURE_AT, findingFixture } from '../investigation/joining/finding-fixture.ts';
import { openCaseOf } from './open-case.ts';

describe('what is known of an open case', () => {
  it('is read from its symptoms, not from what happened elsewhere', () => {
    const lost = findingFixture({
      symptom: 'executor_lost',
      keys: { host: 'nm2', containerId: 'container_1' },
      at: FIXTURE_AT + 754_000,
    });
    const other = findingFixture({ code: 'storage.bad_disk', keys: { host: 'nm9', podName: 'p' } });
    expect(openCaseOf(investigationFixture({ findings: [other, lost] }))).toMatchObject({
      applicationId: 'application_1700000000000_0042',
      host: 'nm2',
      containerId: 'container_1',
      podName: null,
      clock: '00:12',
      unknownId: null,
      ambiguous: false,
    });
  });

  it('takes nothing from others for an id that nobody knows, unless text came with it', () => {
    const findings = [findingFixture({ symptom: 'executor_lost', keys: { host: 'nm2' } })];
    const subject = { kind: 'unknown_id' as const, id: 'application_1700000000000_9999' };
    expect(openCaseOf(investigationFixture({ findings, subject }))).toMatchObject({
      findings: [],
      host: null,
      unknownId: subject.id,
      applicationId: subject.id,
    });
    expect(openCaseOf(investigationFixture({ findings, subject, hasText: true })).host).toBe('nm2');
  });

  it('has no application where the subject is a file’s name or nothing', () => {
    expect(openCaseOf(investigationFixture({ subject: { kind: 'none' } })).applicationId).toBeNull();
    const subject = { kind: 'unknown_id' as const, id: '$(rm -rf /)' };
    expect(openCaseOf(investigationFixture({ subject })).applicationId).toBeNull();
  });
});
