import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { JUDGE_QUESTION_NAMES, type JudgeQuestion } from './judge-questions.ts';

/** Where the labels lie. */
export const LABELS_FILE = path.join(import.meta.dirname, 'labels.yaml');

const VERDICT = z.tuple([z.enum(['yes', 'no']), z.string().min(1)]);

const LABELS = z.strictObject({
  /** Who read the answers and when, how, and on which commit. */
  labelledBy: z.string().min(1),
  /** The person who has read them and stands by them; null: nobody yet, and no judge is believed by them. */
  confirmedBy: z.string().min(1).nullable(),
  labelledAt: z.iso.date(),
  commit: z.string().regex(/^[0-9a-f]{7,40}$/),
  labels: z.array(
    z.strictObject({
      /** Id of the ask, and the hash of the answer's text as it was read. */
      ask: z.string().min(1),
      answer: z.string().regex(/^[0-9a-f]{16}$/),
      /** Yes or no with the reason, for each question that applies. */
      says: z.partialRecord(z.enum(JUDGE_QUESTION_NAMES as [JudgeQuestion, ...JudgeQuestion[]]), VERDICT),
    }),
  ),
});

/** What somebody who read them said of answers. */
export type Labels = z.infer<typeof LABELS>;
export type Label = Labels['labels'][number];

/**
 * Reads the labels.
 *
 * @throws naming every wrong key, and an answer that is labelled twice
 */
export function readLabels(file: string = LABELS_FILE): Labels {
  const parsed = LABELS.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${path.basename(file)}: ${z.prettifyError(parsed.error)}`);
  const keys = parsed.data.labels.map(({ ask, answer }) => `${ask} ${answer}`);
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
  if (twice.length > 0) throw new Error(`${path.basename(file)}: labelled twice: ${twice.join(', ')}`);
  return parsed.data;
}
