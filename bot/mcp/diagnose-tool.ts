import { z } from 'zod';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { InvestigationRequest } from '../investigation/investigation-request.ts';
import { renderTerminal } from '../render/terminal.ts';

/** The longest question; pasted logs beyond it belong into files. */
const MAX_QUESTION = 8_000;
const RUN_ID = /^(?:application_\d{10,16}_\d{4,10}|app-\d{14}-\d{4,8}|local-\d{10,16}|spark-[0-9a-f]{32})$/;

/** What `diagnose` takes. */
export const DIAGNOSE_INPUT = z.strictObject({
  question: z
    .string()
    .trim()
    .min(1)
    .max(MAX_QUESTION)
    .describe(
      'what somebody wants to know, in their own words, English or Chinese; ids, names, times and pasted errors in it are used',
    ),
  cluster: z.string().min(1).max(100).optional().describe('the cluster that is meant, where several are configured'),
  language: z.enum(['en', 'zh', 'auto']).optional().describe('language of the answer; auto: as asked'),
  compareWith: z
    .union([z.literal('last-good'), z.string().regex(RUN_ID)])
    .optional()
    .describe('the run to compare a slow one with: an application id, or last-good'),
});

export type DiagnoseInput = z.infer<typeof DIAGNOSE_INPUT>;

export const DIAGNOSE_NAME = 'diagnose';
export const DIAGNOSE_DESCRIPTION =
  'Answers why a big-data job failed, hangs or became slow: looks at every area of the platform, joins what was found and gives a root cause ' +
  'with its proof, the evidence, what was ruled out, and the fix. Use it first for any question about a run, a host, a queue or the cluster; ' +
  'the other tools look deeper into one area. Example: {"question": "why did application_1700000000000_0042 fail?"}. ' +
  'It leaves out what the platform did not record, and says so.';

/** The target of a comparison as an investigation takes it. */
export function comparedWith({ compareWith }: DiagnoseInput): Pick<InvestigationRequest, 'compareWith'> {
  if (compareWith === undefined) return {};
  return { compareWith: compareWith === 'last-good' ? 'last-good' : { id: compareWith } };
}

/** The short text form of a diagnosis, beside its JSON. */
export function diagnosisText(diagnosis: Diagnosis): string {
  return renderTerminal(diagnosis, { columns: 120, colour: false });
}
