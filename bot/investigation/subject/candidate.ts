import type { RunEnd } from '../joining/run-end.ts';

/** A run (or what is left of one) that a question could be about. */
export interface Candidate {
  /** Application id, or the best name there is when the run never got one. */
  id: string;
  kind: 'spark_application' | 'yarn_application' | 'container' | 'host' | 'program';
  /** Every name it goes by: application name, script, the log's file stem. */
  names: readonly string[];
  user: string | null;
  queue: string | null;
  startedAt: number | null;
  endedAt: number | null;
  state: RunEnd['state'];
  /** Handle of the Spark run, when the Spark area knows it. */
  sparkHandle: string | null;
  /** Where a program ran that no scheduler knows. */
  host?: string;
}

/** What a question says about its subject. */
export interface SubjectHints {
  /** Application ids named, in the order of the text; container ids are turned into applications before. */
  applicationIds: readonly string[];
  jobNames: readonly string[];
  asks: 'failure' | 'slowness' | 'status';
  window: { from: number; to: number } | null;
  /** Handles of the runs in event logs named by path: the question is about them unless it names another run. */
  given?: ReadonlySet<string> | null;
  /** Handles of runs that were named only to compare with. */
  apart?: ReadonlySet<string>;
}

/** Several event logs of one job were named by path: how many, and what sets the one that was taken apart. */
export interface OfSeveral {
  runs: number;
  taken: 'failed' | 'longest' | 'latest';
}

export type SubjectChoice =
  /** `insteadOf`: a name was said that nothing goes by, and there is only this job. */
  | { kind: 'chosen'; candidate: Candidate; by: 'id' | 'name' | 'only'; insteadOf?: string; ofSeveral?: OfSeveral }
  | { kind: 'unknown_id'; id: string }
  | { kind: 'unknown_name'; name: string; others: readonly Candidate[] }
  | { kind: 'ambiguous'; candidates: readonly Candidate[] }
  /** The question is about no run but a host, a queue, data or the cluster. */
  | { kind: 'thing' }
  | { kind: 'none' };
