import { causeOf } from '../../knowledge/causes/catalogue.ts';
import { withinSentence } from '../analyst/within-sentence.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { LABELS } from './labels.ts';

/** Titles told for one reason; more are counted by nobody. */
const TITLES_TOLD = 3;

/** What was ruled out and why, one line for each reason; what the asker guessed is answered elsewhere. */
export function ruledOutRows(diagnosis: Diagnosis): string[] {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const guessed = new Set<string | null>(diagnosis.theories.map(({ code }) => code));
  const entries = diagnosis.ruledOut.filter(({ code }) => !guessed.has(code));
  return [...Map.groupBy(entries, ({ why }) => why)].map(([why, same]) => {
    const titles = same.slice(0, TITLES_TOLD).map(({ code }) => {
      const title = causeOf(code).title[language];
      return language === 'zh' ? title : withinSentence(title);
    });
    return `${titles.join(words.list)} – ${why}`;
  });
}
