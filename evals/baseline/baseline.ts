import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Where the baseline of the repository lies. */
export const BASELINE_FILE = path.join(import.meta.dirname, 'baseline.json');

/** A baseline that cannot be read, or a run that cannot become one. */
export class BaselineError extends Error {}

const entry = z.strictObject({
  /** The first cause's code and standing; null where there is none: refused, crashed. */
  first: z.string().nullable(),
  standing: z.string().nullable(),
  /** As the diagnosis says it, or `crashed`. */
  outcome: z.string(),
  right: z.boolean(),
  /** Hard gates that it breaks, sorted. */
  broken: z.array(z.string()).default([]),
  /** Values of scorers below 1, rounded to two digits. */
  below: z.record(z.string(), z.number()).default({}),
  /** Scorers that say nothing of it, sorted. All that stand in neither gave 1. */
  unsaid: z.array(z.string()).default([]),
  /** Beginning of the question's hash; absent for renamed ones, whose names another seed changes. */
  asked: z.string().optional(),
});

const BASELINE = z.strictObject({
  schemaVersion: z.literal(1),
  product: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
  /** Scorers whose values are held; one that came later has nothing to be held against. */
  scorers: z.array(z.string()),
  /** Seeds of the clean runs since the last that was not, by scenario; of scenarios that are `usually` alone. */
  cleanRuns: z.record(z.string(), z.array(z.number().int())),
  /** By ask and variant: `<scenario>/asked-1 rules`. Deterministic variants alone. */
  entries: z.record(z.string(), entry),
});

/** What deterministic variants answered when somebody last agreed to it (`evals/baseline/baseline.json`). */
export type Baseline = z.infer<typeof BASELINE>;
export type BaselineEntry = z.infer<typeof entry>;

/**
 * @returns null where there is no file yet
 * @throws BaselineError when it is no baseline: a check against nothing must not pass
 */
export function readBaseline(file: string = BASELINE_FILE): Baseline | null {
  if (!existsSync(file)) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BaselineError(`${path.basename(file)}: ${(error as Error).message}`);
  }
  const parsed = BASELINE.safeParse(json);
  if (!parsed.success) throw new BaselineError(`${path.basename(file)}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
