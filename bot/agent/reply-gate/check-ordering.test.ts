import { describe, expect, it } from 'vitest';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Provenance } from '../../../knowledge/provenance.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { EvidenceBook } from '../../investigation/evidence-book.ts';
import type { Hypothesis } from '../../investigation/joining/hypothesis.ts';
import { checkOrdering } from './check-ordering.ts';

/** As the run of `local-505` has them: the likely cause of a failed job, and a crash report that lies on the same host. */
function hypothesis(code: CauseCode, provenance: Provenance, more: Partial<Hypothesis>): Hypothesis {
  const evidence = [{ area: 'logs', provenance, source: `${code}.log`, locator: 'line 1', at: null, excerpt: code }];
  const root = { rule: code, code, evidence, keys: {}, statement: { en: code, zh: code } } as unknown as Finding;
  return {
    code,
    root,
    roots: [root],
    links: [{ finding: root, join: null }],
    standing: 'confirmed',
    reach: 1,
    effectOf: null,
    score: 0,
    ...more,
  };
}

function ordered(reach: number, isFirstJoined = false) {
  const alone = hypothesis('storage.commit_conflict', 'engine', { standing: 'likely' });
  const symptom = { finding: { ...alone.root, code: null } as Finding, join: null };
  const first = isFirstJoined ? { ...alone, links: [symptom, ...alone.links] } : alone;
  const rival = hypothesis('code.native_crash', 'jvm', { reach });
  const book = new EvidenceBook();
  const [id = ''] = book.citeAll(rival.root.evidence);
  return checkOrdering(
    [{ hypothesis: 'h2', reason: 'it is confirmed', evidence: [id] }],
    new Map([
      ['h1', first],
      ['h2', rival],
    ]),
    first,
    book,
    new Set([id]),
  );
}

describe('checkOrdering', () => {
  it('puts a rival first that explains as much and is proven by evidence of its own', () => {
    const { overturned, order, problems } = ordered(0.9);
    expect(problems).toEqual([]);
    expect(overturned).toBe(true);
    expect(order[0]?.code).toBe('code.native_crash');
  });

  it('keeps the order where the rival is proven but explains little of what was asked', () => {
    const { overturned, order, problems } = ordered(0.36);
    expect(problems).toEqual(['ordering: h2 cannot stand before h1: it explains too little of what was asked']);
    expect(overturned).toBe(false);
    expect(order[0]?.code).toBe('storage.commit_conflict');
  });

  it('keeps the order where the first is joined to what went wrong and the rival to nothing', () => {
    const { overturned, problems } = ordered(1, true);
    expect(problems).toEqual(['ordering: h2 cannot stand before h1: it is joined to nothing that went wrong']);
    expect(overturned).toBe(false);
  });
});
