import { describe, expect, it } from 'vitest';
import { hostileDiagnosis } from '../render/hostile-diagnosis-fixture.ts';
import { scenarioCandidate } from './scenario-candidate.ts';

const resolved = { fixedBy: 'raised the limit', code: 'kernel.memcg_oom', resolver: 'U0X', resolvedOn: '2026-11-21' };

describe('scenarioCandidate', () => {
  it('says whether the resolver agrees with the answer, and leaves it open where nothing was said', () => {
    const of = (code: string | null) => scenarioCandidate('case_1', hostileDiagnosis('en'), { ...resolved, code }, []);
    expect(of('kernel.memcg_oom').resolved?.agrees).toBe(true);
    expect(of('kernel.global_oom').resolved?.agrees).toBe(false);
    expect(of(null).resolved?.agrees).toBeNull();
  });

  it('masks secrets wherever they stand, and names what a person has to review', () => {
    const diagnosis = hostileDiagnosis('en');
    diagnosis.question.text = 'why? password=hunter22secret';
    const down = {
      caseId: 'case_1',
      diagnosis: null,
      user: 'U1',
      helpful: false,
      reason: 'token=abcdef123456',
      atMs: 0,
    };
    const candidate = scenarioCandidate('case_1', diagnosis, { ...resolved, fixedBy: 'secret=hunter22secret' }, [down]);
    expect(JSON.stringify(candidate)).not.toMatch(/hunter22secret|abcdef123456/);
    expect(candidate.review.join(' ')).toMatch(/Prove the cause.*capture.*private/s);
    expect(candidate.feedback).toEqual([
      { helpful: false, reason: expect.any(String) as string, at: '1970-01-01T00:00:00.000Z' },
    ]);
  });

  it('names each source once, and one more thing to review where nobody resolved it', () => {
    const diagnosis = hostileDiagnosis('en');
    const candidate = scenarioCandidate('case_1', diagnosis, null, []);
    const sources = new Set(diagnosis.evidence.map(({ area, source }) => `${area} ${source}`));
    expect(candidate.sources).toHaveLength(sources.size);
    expect(candidate.review).toHaveLength(4);
  });
});
