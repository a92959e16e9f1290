import type { Language } from '../../../knowledge/bilingual.ts';
import { splitSentences } from '../../investigation/split-sentences.ts';
import { type Held, sentenceProblem } from './check-sentence.ts';
import { withoutCitations } from './citations-in.ts';
import { foreignMatter } from './foreign-matter.ts';
import { isInLanguage } from './in-language.ts';

/** What is left of a text, and why the rest is not. */
export interface CheckedText {
  /** Sentences that stand, names put back; empty when nothing does. */
  text: string;
  problems: readonly string[];
}

/** Sentences kept of one text: an answer, not an essay. */
const MAX_SENTENCES = 8;

/** Puts the names back into a text of a model, takes out the sentences that cannot stand, and drops it whole where something grave is in it. */
export function checkText(given: string, field: string, language: Language, held: Held): CheckedText {
  const text = held.placeholders.restore(given).trim();
  if (text === '') return { text: '', problems: [] };
  // Before the cut into sentences: a link may stand across two of them. Citations only look like markup.
  const whole = foreignMatter(withoutCitations(text));
  if (whole?.grave) return { text: '', problems: [`${field}: holds ${whole.what}`] };
  if (!isInLanguage(withoutNamesOf(text, held), language))
    return { text: '', problems: [`${field}: is not in ${language === 'zh' ? 'Chinese' : 'English'}`] };
  const problems: string[] = [];
  const kept: string[] = [];
  for (const sentence of splitSentences(text)) {
    const matter = foreignMatter(withoutCitations(sentence));
    const problem = matter ? `holds ${matter.what}` : sentenceProblem(sentence, held);
    if (problem === null) kept.push(sentence);
    else problems.push(`${field}: "${sentence.slice(0, 120)}": ${problem}`);
  }
  return { text: kept.slice(0, MAX_SENTENCES).join(language === 'zh' ? '' : ' '), problems };
}

function withoutNamesOf(text: string, { words }: Held): string {
  let rest = withoutCitations(text);
  for (const name of words.names) if (name.length > 3 && rest.includes(name)) rest = rest.replaceAll(name, ' ');
  return rest;
}
