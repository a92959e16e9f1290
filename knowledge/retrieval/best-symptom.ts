import { scorePassage } from './score-passage.ts';
import type { WeighedQuestion } from './weigh-question.ts';

/** How well the best single line of what people say about a trouble fits a question. */
export interface SymptomFit {
  score: number;
  coverage: number;
  matched: readonly string[];
}

const NONE: SymptomFit = { score: 0, coverage: 0, matched: [] };

/**
 * The symptom line that fits best. Lines are judged one by one: a question that shares a word with each of ten lines is about
 * none of them.
 *
 * @param head as the index has it: terms of the title, of one symptom a line, of the heading
 */
export function bestSymptom(head: string, question: WeighedQuestion): SymptomFit {
  let best = NONE;
  for (const line of head.split('\n').slice(1, -1)) {
    if (line === '') continue;
    const { score, coverage, matched } = scorePassage(question, { head: '', body: line });
    if (score > best.score) best = { score, coverage, matched };
  }
  return best;
}
