import { z } from 'zod';
import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import { PROVENANCES } from '../../knowledge/provenance.ts';
import { AREAS } from '../../tools/evidence/area.ts';
import { MAX_EXCERPT_BYTES } from '../../tools/evidence/quote.ts';
import { LEDGER_ACCOUNTS } from './ledger-accounts.ts';

/** What a question, and so a diagnosis, can be about. */
export const SUBJECT_KINDS = [
  'spark_application',
  'yarn_application',
  'flink_job',
  'workflow_run',
  'container',
  'host',
  'queue',
  'path',
  'cluster',
  'dataset',
] as const;

/** What a cause or a link can sit in. */
export const COMPONENT_KINDS = [...SUBJECT_KINDS, 'executor', 'driver', 'stage', 'worker', 'task'] as const;

const code = z.enum(CAUSE_CODES);
const account = z.enum(LEDGER_ACCOUNTS);
/** ISO 8601 in UTC with `Z`, milliseconds where they are known. */
const isoTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/);
const evidenceId = z.string().regex(/^e\d+$/);
const passageId = z.string().regex(/^p\d+$/);

const component = z.strictObject({ kind: z.enum(COMPONENT_KINDS), id: z.string() });

const link = z.strictObject({
  statement: z.string(),
  at: isoTime.nullable(),
  component: component.nullable(),
  evidence: z.array(evidenceId),
  /** How the link is joined to the one before it: the keys both name, or why it is inferred. */
  joinedOn: z.string().optional(),
});

const settingChange = z.strictObject({
  key: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  because: z.string(),
  evidence: z.array(evidenceId),
});

const remediation = z.strictObject({
  statement: z.string(),
  settings: z.array(settingChange),
  runbook: z.string().nullable(),
  by: z.enum(['user', 'platform']).optional(),
});

const rootCause = z.strictObject({
  code,
  statement: z.string(),
  standing: z.enum(['confirmed', 'likely', 'inconclusive']),
  responsibility: z.enum(['platform', 'user', 'shared', 'unknown']),
  component: component.nullable(),
  at: isoTime.nullable(),
  /** Symptom first, root last. */
  chain: z.array(link),
  remediations: z.array(remediation),
});

const ledger = z.strictObject({
  wallClockMs: z.number().int(),
  accounts: z.array(
    z.strictObject({
      account,
      ms: z.number().int(),
      stages: z.array(z.number().int()),
      evidence: z.array(evidenceId),
      estimated: z.boolean().optional(),
    }),
  ),
  unexplainedMs: z.number().int(),
});

const comparison = z.strictObject({
  with: z.array(z.string()),
  baseline: z.enum(['run', 'median']),
  accounts: z.array(z.strictObject({ account, deltaMs: z.number().int(), baselineMs: z.number().int().optional() })),
  changes: z.array(
    z.strictObject({
      what: z.enum(['setting', 'plan', 'input', 'code', 'environment', 'capacity']),
      name: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  /** Wall clock of the runs compared with, shortest first. */
  baselineWallClockMs: z.array(z.number().int()).optional(),
  unexplainedDeltaMs: z.number().int().optional(),
});

const evidence = z.strictObject({
  id: evidenceId,
  area: z.enum(AREAS),
  provenance: z.enum(PROVENANCES),
  source: z.string(),
  locator: z.string().regex(/^(?:line \d+|lines \d+-\d+)$/),
  at: isoTime.nullable(),
  excerpt: z.string().refine((text) => Buffer.byteLength(text) <= MAX_EXCERPT_BYTES, 'at most 2 KB'),
});

/**
 * The Diagnosis: what every face renders, what the case store keeps and the evals score. A contract (DESIGN §5): fields may be
 * added, never renamed; a field that is not in the schema is a mistake of its author and refused. The JSON Schema is generated
 * from this schema.
 */
export const DIAGNOSIS = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().regex(/^inv_[0-9a-z]+$/),
  question: z.strictObject({ text: z.string(), language: z.enum(['en', 'zh']) }),
  theories: z.array(
    z.strictObject({
      text: z.string(),
      code: code.nullable(),
      verdict: z.enum(['confirmed', 'ruled_out', 'open']),
      /** The asker says that this is not the cause; absent: suspects it. */
      denied: z.literal(true).optional(),
      why: z.string().optional(),
      evidence: z.array(evidenceId).optional(),
    }),
  ),
  subject: z.strictObject({ kind: z.enum(SUBJECT_KINDS), id: z.string(), name: z.string().optional() }).nullable(),
  window: z.strictObject({ from: isoTime, to: isoTime }).nullable(),
  /** How the subject ended, or that it goes on. */
  runState: z.enum(['failed', 'killed', 'succeeded', 'running', 'waiting', 'unknown']).optional(),
  outcome: z.enum(['answered', 'needs_more', 'healthy', 'still_running', 'refused']),
  refusal: z.strictObject({ reason: z.string(), statement: z.string() }).nullable(),
  /** Two or three sentences; an agent's cite evidence as `[e3]`. */
  summary: z.string(),
  /** What else helps to understand it, by an agent, cited likewise. */
  explanation: z.string().optional(),
  rootCauses: z.array(rootCause),
  /** Of a question about a thing: what happened on it in the order of time, or how it stands. */
  events: z.array(link).optional(),
  ledger: ledger.nullable(),
  comparison: comparison.nullable(),
  whatIf: z.array(z.strictObject({ without: z.string(), savedMs: z.number().int(), modelErrorPct: z.number() })),
  evidence: z.array(evidence),
  /** Sections of runbooks and of the team's documents behind the answer: `runbook#section` of a remedy is one of them. */
  passages: z.array(
    z.strictObject({
      id: passageId,
      runbook: z.string(),
      /** The anchor of the section. */
      section: z.string(),
      url: z.string(),
      /** The heading as people read it. */
      title: z.string().optional(),
      page: z.number().int().optional(),
      /** Version of a document of the team: a commit, or a hash of its content. */
      version: z.string().optional(),
    }),
  ),
  ruledOut: z.array(z.strictObject({ code, why: z.string(), evidence: z.array(evidenceId) })),
  /** Areas that were read and had something to tell. */
  checked: z.array(z.enum(AREAS)).optional(),
  /** `no_data`: looked, and nothing of the area is there; `absent`: there is nothing to ask; `failed`: could not be asked, try again. */
  notChecked: z.array(
    z.strictObject({
      area: z.enum(AREAS),
      why: z.string(),
      reason: z.enum(['no_data', 'absent', 'failed']).optional(),
    }),
  ),
  /** What was read with damage or in part: skipped lines, truncated files, clipped figures. */
  skipped: z.array(z.string()).optional(),
  needed: z.array(z.strictObject({ what: z.string(), how: z.string() })),
  author: z.enum(['analyst', 'agent']),
  costs: z.strictObject({
    durationMs: z.number().int(),
    toolCalls: z.number().int(),
    modelCalls: z.number().int(),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    usd: z.number().nullable(),
  }),
});

export type Diagnosis = z.infer<typeof DIAGNOSIS>;
export type RootCause = Diagnosis['rootCauses'][number];
export type ChainLink = RootCause['chain'][number];
export type Standing = RootCause['standing'];
export type Component = NonNullable<ChainLink['component']>;

/** The JSON Schema of a diagnosis, generated from the zod schema. */
export function diagnosisJsonSchema(): unknown {
  return z.toJSONSchema(DIAGNOSIS, { io: 'output' });
}
