import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';

/** What is asked about the explanation of one answer, each to be answered by yes or no. */
export const JUDGE_QUESTIONS = {
  plain:
    'Does the answer say in plain words what failed or was slow, where, and why (or plainly that this is not known)?',
  theory: 'The asker made a guess: does the answer say whether the guess is right, with a reason?',
  fix: 'Does what is advised follow from the cause that is named, and would it help against it?',
  grounded: 'Is everything that the answer claims shown by the evidence below it, with nothing claimed beyond it?',
  language: 'Is the answer written in the language of the question (names, settings and quoted records aside)?',
  next_step: 'Would a tired person know after reading it what to do next?',
} as const;

export type JudgeQuestion = keyof typeof JUDGE_QUESTIONS;

/** The questions, in the order of tables. */
export const JUDGE_QUESTION_NAMES = Object.keys(JUDGE_QUESTIONS) as JudgeQuestion[];

/** Those that can be asked of an answer: no guess, nothing to say of it; nothing advised, nothing that follows. */
export function questionsFor({ theories, rootCauses }: Diagnosis): JudgeQuestion[] {
  const advises = rootCauses.some(({ remediations }) => remediations.length > 0);
  return JUDGE_QUESTION_NAMES.filter(
    (name) => (name !== 'theory' || theories.length > 0) && (name !== 'fix' || advises),
  );
}
