import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { TAG_NAMES } from '../scenario/tags.ts';
import { FORMS } from '../trial/ask.ts';
import { VARIANTS } from '../trial/trial.ts';

/** What one run of the suite does: written by the command line, read by every worker. */
export const PLAN = z.strictObject({
  /** Folder of the scenarios. */
  scenarios: z.string(),
  /** Folder for the trials and the reports of this run. */
  folder: z.string(),
  seed: z.number().int(),
  variants: z.array(z.enum(VARIANTS)).min(1),
  /** How often each ask is put to a model; the other variants give the same each time. */
  attempts: z.number().int().positive(),
  /** Empty lists choose everything. */
  filter: z.strictObject({
    /** Parts of scenario ids. */
    ids: z.array(z.string()),
    tags: z.array(z.enum(TAG_NAMES)),
    /** Codes or their beginnings: `kernel.`. */
    codes: z.array(z.string()),
    forms: z.array(z.enum(FORMS)),
    languages: z.array(z.enum(['en', 'zh', 'mixed'])),
  }),
  /** What `live` may use, all workers together. */
  live: z.strictObject({ maxUsd: z.number().positive().nullable(), perMinute: z.number().positive().nullable() }),
  /** Workers side by side. */
  shards: z.number().int().positive(),
});

export type Plan = z.infer<typeof PLAN>;

/** The filter that chooses everything. */
export const EVERYTHING: Plan['filter'] = { ids: [], tags: [], codes: [], forms: [], languages: [] };

/** Names the file of the plan to the workers. */
export const PLAN_VARIABLE = 'WHEREFORE_EVAL_PLAN';

/** @throws when there is none: the suite is started by `npm run eval` */
export function readPlan(environment: NodeJS.ProcessEnv): Plan {
  const file = environment[PLAN_VARIABLE];
  if (file === undefined || file === '') throw new Error(`no ${PLAN_VARIABLE}: start the suite by npm run eval`);
  return PLAN.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The filter in words, for reports; null when everything is chosen. */
export function spokenFilter({ ids, tags, codes, forms, languages }: Plan['filter']): string | null {
  const parts = [
    ['id', ids],
    ['tag', tags],
    ['code', codes],
    ['form', forms],
    ['language', languages],
  ] as const;
  const spoken = parts
    .filter(([, chosen]) => chosen.length > 0)
    .map(([name, chosen]) => `${name} ${chosen.join(' or ')}`);
  return spoken.length > 0 ? spoken.join(', ') : null;
}
