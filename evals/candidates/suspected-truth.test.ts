import { describe, expect, it } from 'vitest';
import { scenarioCandidate } from '../../bot/cases/scenario-candidate.ts';
import { smallDiagnosis } from '../../bot/escalation/escalation-fixture.ts';
import { suspectedTruth } from './suspected-truth.ts';

const resolved = (code: string | null) => ({
  fixedBy: 'it works again',
  code,
  resolver: 'U1',
  resolvedOn: '2026-11-21',
});
const said = (reason: string | null, helpful = false) => ({
  ...{ caseId: 'case_1', diagnosis: 'inv_1', user: 'U1', helpful, reason, atMs: 0 },
});
const of = (...[end, feedback]: [Parameters<typeof scenarioCandidate>[2], Parameters<typeof scenarioCandidate>[3]]) =>
  suspectedTruth(scenarioCandidate('case_1', smallDiagnosis({ code: 'storage.bad_disk' }), end, feedback));

describe('suspectedTruth', () => {
  it('is the resolver’s word first, and the answer’s cause is then denied', () => {
    expect(of(resolved('kernel.memcg_oom'), [said('was it preempted?')])).toEqual({
      ...{ code: 'kernel.memcg_oom', by: 'resolver', denied: ['storage.bad_disk'] },
    });
    expect(of(resolved('storage.bad_disk'), [])).toEqual({ code: 'storage.bad_disk', by: 'resolver', denied: [] });
  });

  it('is the answer’s where the resolver let it stand, or nobody spoke against it', () => {
    expect(of(resolved(null), [])).toMatchObject({ code: 'storage.bad_disk', by: 'answer' });
    expect(of(null, [said(null, true)])).toMatchObject({ code: 'storage.bad_disk', by: 'answer' });
  });

  it('is what the feedback names', () => {
    expect(of(null, [said('no, it was preempted')])).toEqual({
      ...{ code: 'scheduling.preemption', by: 'feedback', denied: ['storage.bad_disk'] },
    });
  });

  it('is nobody’s where the answer did not help and nothing was named', () => {
    expect(of(null, [said('useless')])).toMatchObject({ code: 'unknown.insufficient_evidence', by: 'nobody' });
  });
});
