import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { SuiteResult } from './suite-result.ts';
import { REPORT_FILES } from './write-reports.ts';

/** A file that is no result of a run, or one of another version. */
export class SuiteResultError extends Error {}

/** What a reader relies on first; what the trials hold was written by the suite itself. */
const HEAD = z.looseObject({
  schemaVersion: z.literal(1),
  seed: z.number(),
  variants: z.array(z.string()),
  scorers: z.array(z.looseObject({ name: z.string() })),
  decidedBy: z.array(z.string()),
  scored: z.array(
    z.looseObject({ trial: z.looseObject({ id: z.string(), askId: z.string() }), scores: z.array(z.unknown()) }),
  ),
});

/** The result of an earlier run. @param place its file, or the folder it was written to @throws SuiteResultError when it is none */
export function readSuiteResult(place: string): SuiteResult {
  const file = existsSync(place) && statSync(place).isDirectory() ? path.join(place, REPORT_FILES.result) : place;
  if (!existsSync(file)) throw new SuiteResultError(`${file}: there is no such file`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SuiteResultError(`${file}: ${(error as Error).message}`);
  }
  const head = HEAD.safeParse(json);
  if (!head.success) throw new SuiteResultError(`${file}: ${z.prettifyError(head.error)}`);
  return json as SuiteResult;
}
