import type { QuestionVariant, Scenario } from '../scenario/scenario.ts';

/** A sentence that asks, the last of which is where askers put their guess. */
const QUESTIONS = /[^.?!。？！，,;；\n]{6,200}[?？]/g;
/** What names somebody else's run, host or file: words with digits, underscores or several hyphens, paths. */
const NAMES = /[\w./:@-]*(?:\d|_|\/|\w-\w+-\w)[\w./:@-]*/g;
const HAN = /\p{Script=Han}/u;

/**
 * The guess that another scenario's asker made, its names taken out, so that it can be put beside a question it has nothing to do with;
 * null where nobody guessed in that language.
 */
export function anothersTheory(other: Scenario, language: QuestionVariant['language']): string | null {
  for (const { text } of other.questions) {
    if ((language === 'en') === HAN.test(text)) continue;
    const guess = text.match(QUESTIONS)?.at(-1)?.trim();
    if (guess === undefined) continue;
    const plain = guess.replace(NAMES, 'it').replace(/\s+/g, ' ').trim();
    if (plain.length >= 10) return plain;
  }
  return null;
}
