import { describe, expect, it } from 'vitest';
import { DIAGNOSIS, diagnosisJsonSchema } from './diagnosis.ts';

describe('the diagnosis contract', () => {
  it('has a JSON Schema with every field of the contract', () => {
    const schema = diagnosisJsonSchema() as { properties: Record<string, unknown>; required: string[] };
    const promised = [
      'schemaVersion',
      'id',
      'question',
      'theories',
      'subject',
      'window',
      'outcome',
      'refusal',
      'summary',
      'rootCauses',
      'ledger',
      'comparison',
      'whatIf',
      'evidence',
      'passages',
      'ruledOut',
      'notChecked',
      'needed',
      'author',
      'costs',
    ];
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(promised));
    expect(schema.required).toEqual(expect.arrayContaining(promised));
  });

  it('refuses an unknown code, a time without Z and an excerpt over 2 KB', () => {
    const { rootCauses, evidence } = DIAGNOSIS.shape;
    const cause = {
      code: 'kernel.memcg_oom',
      statement: 's',
      standing: 'likely',
      responsibility: 'user',
      component: null,
      at: null,
      chain: [],
      remediations: [],
    };
    expect(rootCauses.safeParse([cause]).success).toBe(true);
    expect(rootCauses.safeParse([{ ...cause, code: 'kernel.magic' }]).success).toBe(false);
    expect(rootCauses.safeParse([{ ...cause, at: '2026-11-21 10:00:00' }]).success).toBe(false);
    const piece = {
      id: 'e1',
      area: 'spark',
      provenance: 'engine',
      source: 's',
      locator: 'line 1',
      at: null,
      excerpt: 'x',
    };
    expect(evidence.safeParse([piece]).success).toBe(true);
    expect(evidence.safeParse([{ ...piece, excerpt: 'x'.repeat(2049) }]).success).toBe(false);
    expect(evidence.safeParse([{ ...piece, locator: 'row 3' }]).success).toBe(false);
  });
});
