import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { isFault } from '../render/headline.ts';
import { STANDING_NAMES } from '../render/labels.ts';

/** What one part of a message is answered with, before it becomes a reply. */
export interface Answer {
  text: string;
  evidence: readonly string[];
}

/** Pieces cited behind one sentence. */
const MOST_CITED = 3;

/** ` [e11 e12]`; nothing where nothing is cited. */
export function cited(ids: readonly string[]): string {
  return ids.length === 0 ? '' : ` [${ids.slice(-MOST_CITED).join(' ')}]`;
}

/** The fault a case names first; null when it names none. */
export function faultOf({ rootCauses, outcome }: Diagnosis): RootCause | null {
  const [first] = rootCauses;
  return first && isFault(first) && outcome === 'answered' ? first : null;
}

/** The pieces that prove a cause: those of the last link of its chain. */
export function proofOf(cause: RootCause): readonly string[] {
  return (cause.chain.at(-1)?.evidence ?? []).slice(-MOST_CITED);
}

/** The cause in one sentence with its standing and its proof. */
export function causeLine(cause: RootCause, language: Language): string {
  const standing = STANDING_NAMES[language][cause.standing];
  return language === 'zh'
    ? `${cause.statement}（${standing}）${cited(proofOf(cause))}`
    : `${cause.statement} (${standing})${cited(proofOf(cause))}`;
}

/** Every id of evidence that a text cites. */
export function citedIn(text: string): string[] {
  return [...new Set(text.match(/(?<=[[ ])e\d{1,6}(?=[\] ])/g) ?? [])];
}
