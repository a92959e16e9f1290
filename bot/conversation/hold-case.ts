import type { Language } from '../../knowledge/bilingual.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { composeDiagnosis } from '../analyst/compose-diagnosis.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { EvidenceBook } from '../investigation/evidence-book.ts';
import { checkCitations } from '../investigation/gate/check-citations.ts';
import { passGate } from '../investigation/gate/pass-gate.ts';
import type { Investigated } from '../investigation/investigate.ts';
import type { HeldCase } from './thread.ts';

/** Findings whose evidence a follow-up may cite. */
const MOST_FINDINGS = 80;
const PIECES_OF_EACH = 3;

/**
 * Makes a case of an investigation: the answer in the other language beside it, from the same evidence under the same ids, and what
 * follow-ups may cite looked at once more while the platform is open. After this no follow-up needs to read anything.
 *
 * @param spare what may be cited later; it gets the evidence of the findings
 */
export async function holdCase(
  { investigation, book, diagnosis }: Investigated,
  platform: Platform,
  spare: EvidenceBook,
): Promise<HeldCase> {
  const { language } = investigation;
  const other: Language = language === 'en' ? 'zh' : 'en';
  const turned = { ...investigation, language: other };
  const composed = await passGate(composeDiagnosis(turned, book), book, platform, turned);
  const face: Diagnosis = { ...composed, costs: diagnosis.costs };
  const roots = investigation.causes.map(({ root }) => root);
  for (const { evidence } of [...roots, ...investigation.findings].slice(0, MOST_FINDINGS))
    for (const piece of [...evidence.slice(0, PIECES_OF_EACH), ...evidence.slice(-1)]) spare.cite(piece);
  await checkCitations(platform, spare);
  const faces = language === 'en' ? { en: diagnosis, zh: face } : { en: face, zh: diagnosis };
  return { investigation, faces };
}
