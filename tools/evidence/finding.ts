import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Responsibility } from '../../knowledge/causes/cause.ts';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Area } from './area.ts';
import type { Evidence } from './evidence.ts';
import type { JoinKeys } from './join-keys.ts';

/**
 * What happened on the surface or in between: something that needs an explanation and may itself explain a later symptom.
 * Symptoms are never reported as causes.
 */
export const SYMPTOMS = [
  /** The application as a whole ended badly, or its client did. */
  'application_failed',
  /** The application never came to be: rejected or broken before an id was usable. */
  'submission_failed',
  /** An attempt of the application (ApplicationMaster container, driver pod) ended badly. */
  'attempt_failed',
  'job_failed',
  'stage_failed',
  'task_failed',
  /** A reducer could not fetch map output. */
  'fetch_failed',
  /** An executor is gone although the work was not done. */
  'executor_lost',
  /** A container ended with a non-zero exit code. */
  'container_exited',
  /** A process was killed by a signal. */
  'process_killed',
  /** A process was refused or stopped by itself after an error it could not survive. */
  'process_crashed',
  'node_lost',
  'heartbeat_late',
  /** The run was slower than its own history, or slow at a named place. */
  'slow',
  /** The run has not started or does not get what it asked for. */
  'waiting',
] as const;

export type Symptom = (typeof SYMPTOMS)[number];

/**
 * One judgement of one rule about the facts of one area. `code` names the cause the finding speaks for; with `symptom`
 * alone it needs an explanation. A finding may have both: a memory kill explains the lost executor and is itself seen.
 */
export interface Finding {
  area: Area;
  /** The rule's id, unique in the house, such as `memory/memcg-oom`. */
  rule: string;
  /** `observed`: the facts say so themselves; `inferred`: they suggest it. */
  kind: 'observed' | 'inferred';
  code: CauseCode | null;
  symptom?: Symptom;
  /**
   * True for what is known to be an effect or harmless (a context that was shut down, executors released on purpose): it
   * may stand in a chain as a symptom, never as its root.
   */
  echo?: boolean;
  /** The statement a person reads as a link of the chain; no rule ids, no internal words. */
  statement: Bilingual;
  keys: JoinKeys;
  /** When it happened, milliseconds since the epoch; `null` when unknown. */
  at: number | null;
  /** When it ended, for what lasts. */
  until?: number | null;
  evidence: Evidence[];
  /** How often the same thing was seen (folded repeats included); 1 when it was seen once. */
  count: number;
  /**
   * How much of the symptom this explains by itself, 0 to 1, as far as the rule can tell: the share of the failures of its
   * kind, or of the wall clock for slowness. 1 when the rule has no better knowledge.
   */
  weight: number;
  /** Figures and words computed by the rule, for the remedy and the answer: `peakBytes`, `limitBytes`, `exitCode`. */
  values: Readonly<Record<string, number | string>>;
  /** Codes that this finding speaks against within its keys and time, each with the reason. */
  refutes?: readonly { code: CauseCode; why: Bilingual }[];
  /** Set when the evidence shifts the responsibility away from the catalogue's default. */
  responsibility?: Responsibility;
  /** About a service that many runs share (a cache, a remote shuffle): it need not lie on a host of the run. */
  sharedService?: true;
  /** Names the kind of complete statement the evidence is, as the catalogue lists it (`completeStatements`). */
  completeStatement?: string;
}
