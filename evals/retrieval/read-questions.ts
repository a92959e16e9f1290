import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { LABELLED_QUESTION, type LabelledQuestion } from './labelled-question.ts';

const FOLDER = path.join(import.meta.dirname, 'questions');

/** Which questions: those that figures may be tuned on, or the third that was set aside before any tuning. */
export type QuestionSet = 'tuning' | 'set-aside';

/** Every third question, counted within its kind and language, is set aside: decided by its id alone. */
export function setOf({ id }: LabelledQuestion): QuestionSet {
  return Number(id.slice(1)) % 3 === 0 ? 'set-aside' : 'tuning';
}

/** The labelled questions, in the order of their ids. */
export function readQuestions(): LabelledQuestion[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => z.array(LABELLED_QUESTION).parse(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'))))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
