import type { Language } from '../../knowledge/bilingual.ts';
import { readPlainCase } from '../conversation/plain-case.ts';
import { EvidenceBook } from '../investigation/evidence-book.ts';
import { type CaseOnPage, renderCasePage } from '../render/case-page.ts';

/** The page of a case that is wanted. */
export interface PageJob {
  /** `writePlainCase` of the conversation. */
  kept: string;
  /** `inv_…` of the diagnosis that it shows. */
  diagnosis: string;
  language: Language;
  feedback: NonNullable<CaseOnPage['feedback']>;
}

/** Draws the page of a kept case as HTML. @throws Error when the case does not hold the diagnosis */
export async function drawPage({ kept, diagnosis, language, feedback }: PageJob): Promise<string> {
  const { thread, cases, cited } = readPlainCase(kept);
  const held = cases.find(({ faces }) => faces.en.id === diagnosis);
  if (!held) throw new Error('the case holds no such diagnosis');
  return await renderCasePage(held.faces[language], {
    charts: held.charts ?? [],
    turns: thread.turns,
    evidence: new EvidenceBook(cited).entries(),
    feedback,
  });
}
