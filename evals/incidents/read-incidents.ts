import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const INCIDENT = z.object({
  id: z.string(),
  question: z.string(),
  appId: z.string().nullish(),
  appName: z.string().nullish(),
  subject: z.object({ job: z.string().optional() }).nullish(),
  baselineAppIds: z.array(z.string()).default([]),
  askedAt: z.string().nullish(),
  truth: z.object({
    code: z.string(),
    acceptable: z.array(z.string()).default([]),
    responsibility: z.string().nullish(),
    ledgerAccounts: z.array(z.string()).nullish(),
  }),
  mustNotCode: z.array(z.string()).default([]),
});

/** One recorded incident with its proven truth. The truth lies beside the capture; no tool reads it. */
export type Incident = z.infer<typeof INCIDENT> & { folder: string };

/** The incidents that belong to the repository: `recorded/README.md` tells how each was made. */
export const RECORDED = path.join(import.meta.dirname, 'recorded');

/** A capture of a whole session holds several incidents: `incident.json`, or `incident-<name>.json` for each. */
const INCIDENT_FILE = /^incident(?:-[\w-]{1,80})?\.json$/;

/** The incidents of the folders whose names match, in the order of their names. */
export function readIncidents(folder: string, names: RegExp): Incident[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && names.test(entry.name))
    .map((entry) => path.join(folder, entry.name))
    .sort()
    .flatMap((incident) =>
      readdirSync(incident)
        .filter((file) => INCIDENT_FILE.test(file))
        .sort()
        .map((file) => ({
          ...INCIDENT.parse(JSON.parse(readFileSync(path.join(incident, file), 'utf8'))),
          folder: incident,
        })),
    );
}

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

export function readAskedQuestions(folder: string): AskedQuestion[] {
  return readdirSync(folder)
    .filter((name) => /^q\d+\.json$/.test(name))
    .sort()
    .map((name) => ASKED.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))));
}
