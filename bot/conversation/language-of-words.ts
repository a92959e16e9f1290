import type { Language } from '../../knowledge/bilingual.ts';
import { saidText } from '../investigation/question/said-text.ts';

/** Han characters, and Latin words, from which a short message tells its language. */
const LEAST = 2;

/** The language of the first text whose words tell it; null where none does (`e13`). Shorter words do than for a question. */
export function languageOfWords(texts: readonly string[]): Language | null {
  for (const words of texts.map(saidText)) {
    const han = words.match(/\p{Script=Han}/gu)?.length ?? 0;
    if (han >= LEAST) return 'zh';
    if (han === 0 && (words.match(/[A-Za-z]{2,}/g)?.length ?? 0) >= LEAST) return 'en';
  }
  return null;
}
