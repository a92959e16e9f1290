import type { Diagnosis } from '../investigation/diagnosis.ts';
import { LABELS } from './labels.ts';

/** What the asker supposed, with one answer: suppositions that get the same answer stand together. */
export interface TheoryRow {
  label: string;
  /** As the asker wrote them. */
  said: string[];
  why: string;
}

/** The asker's own theories, each answered by name. */
export function theoryRows(diagnosis: Diagnosis): TheoryRow[] {
  const words = LABELS[diagnosis.question.language];
  const cause = diagnosis.rootCauses[0]?.statement;
  const labels = { ruled_out: words.notIt, confirmed: words.right, open: words.open };
  const rows: TheoryRow[] = [];
  for (const { text, verdict, denied, why } of diagnosis.theories) {
    // "There is enough memory" asks nothing: it is answered where something read speaks to it.
    if (denied && verdict === 'open') continue;
    const label = labels[verdict];
    // An answer that is the cause itself is told once, above.
    const answer = why === undefined ? words.undecided : why === cause ? words.seeAbove : why;
    const alike = rows.filter((row) => row.label === label);
    const sameWords = alike.find((row) => row.said.length === 1 && row.said[0] === text);
    const sameAnswer = alike.find((row) => row.why === answer);
    if (sameWords && sameWords !== sameAnswer) sameWords.why = joined(sameWords.why, answer, words.or);
    else if (!sameAnswer) rows.push({ label, said: [text], why: answer });
    else if (!sameAnswer.said.includes(text)) sameAnswer.said.push(text);
  }
  return rows;
}

/** Two answers to the same words, what they share said once: `… shows "node lost" or "starved of CPU"`. */
function joined(first: string, second: string, or: string): string {
  let shared = 0;
  while (shared < second.length && first[shared] === second[shared]) shared += 1;
  const from = Math.max(second.lastIndexOf('"', shared), second.lastIndexOf('「', shared));
  return `${first}${or}${from > 0 ? second.slice(from) : second}`;
}
