import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const ASKED = z.object({
  id: z.string(),
  question: z.string(),
  artifacts: z.array(z.object({ kind: z.string(), text: z.string() })),
  expected: z.object({
    code: z.string(),
    alsoRight: z.array(z.string()).default([]),
    insufficient: z.boolean(),
    mustNotClaim: z.array(z.string()).default([]),
  }),
});

/** One question that somebody really asked, with the pasted texts and the truth. */
export type AskedQuestion = z.infer<typeof ASKED>;

/** The questions of a folder (`q001.json`, …), in the order of their numbers. */
export function readAskedQuestions(folder: string): AskedQuestion[] {
  return readdirSync(folder)
    .filter((name) => /^q\d+\.json$/.test(name))
    .sort()
    .map((name) => ASKED.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))));
}
