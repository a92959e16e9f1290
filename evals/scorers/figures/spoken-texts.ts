import type { Diagnosis } from '../../../bot/investigation/diagnosis.ts';

/** A text of an answer that a person reads, and where it stands. */
export interface SpokenText {
  where: string;
  text: string;
}

/** What a person reads of an answer, apart from the quotes, each text once. */
export function spokenTexts(diagnosis: Diagnosis): SpokenText[] {
  const texts: SpokenText[] = [];
  const add = (where: string, ...all: (string | null | undefined)[]) => {
    for (const text of all) if (text) texts.push({ where, text });
  };
  add('summary', diagnosis.summary);
  add('explanation', diagnosis.explanation);
  add('refusal', diagnosis.refusal?.statement);
  diagnosis.rootCauses.forEach((cause, rank) => {
    add(`cause ${rank + 1}`, cause.statement);
    cause.chain.forEach(({ statement }, at) => {
      add(`cause ${rank + 1}, link ${at + 1}`, statement);
    });
    for (const remedy of cause.remediations) {
      add(`cause ${rank + 1}, remedy`, remedy.statement);
      // What it is set to is advice: held by the scorer of the fix against its reason, its range and its direction.
      for (const { key, from, because } of remedy.settings)
        add(`cause ${rank + 1}, ${key}`, `${key} = ${from ?? ''}`, because);
    }
  });
  for (const link of diagnosis.events ?? []) add('events', link.statement);
  for (const { why } of diagnosis.theories) add('theory', why);
  for (const { code, why } of diagnosis.ruledOut) add(`ruled out ${code}`, why);
  for (const { what, how } of diagnosis.needed) add('needed', what, how);
  const seen = new Set<string>();
  return texts.filter(({ text }) => !seen.has(text) && seen.add(text));
}
