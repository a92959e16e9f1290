import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { LedgerAccount } from '../ledger-accounts.ts';
import type { TimeLedger } from '../time-ledger.ts';
import type { RunHistory } from './run-history.ts';

/** A run with the ledger of its wall clock. */
export interface LedgeredRun {
  run: SparkRun;
  ledger: TimeLedger;
}

/** The runs behind a comparison, for rules that quote them. */
export interface ComparedRuns {
  slow: LedgeredRun;
  /** The baseline whose wall clock is the median: stages are matched against it, and it is quoted. */
  reference: LedgeredRun;
  /** All baselines, newest first. */
  baselines: readonly LedgeredRun[];
}

/**
 * One run against its history: where the difference of the wall clocks went, and what changed between them. Milliseconds;
 * positive deltas are slower.
 */
export interface RunComparison {
  subject: string | null;
  /** Application ids compared with, newest first. */
  with: readonly string[];
  /** `run`: one baseline; `median`: what is usual among several. */
  baseline: 'run' | 'median';
  /** False for a run that has not ended or whose log was cut: its deltas are of what is there. */
  complete: boolean;
  /** Wall clocks of the baselines, shortest first. */
  baselineWallClockMs: readonly number[];
  slowMs: number;
  usualMs: number;
  /** `slowMs − usualMs` = Σ `accounts.deltaMs` + `unexplainedDeltaMs`, exactly. */
  deltaMs: number;
  history: RunHistory;
  /** Largest growth first. */
  accounts: readonly AccountDelta[];
  unexplainedDeltaMs: number;
  /** Stages that took longer first; against the reference run. */
  stages: readonly StageChange[];
  /** Sums over `stages`, and what lies outside of them. */
  split: ChangeSplit;
  changes: readonly RunChange[];
}

export interface AccountDelta {
  account: LedgerAccount;
  slowMs: number;
  usualMs: number;
  deltaMs: number;
  /** Of `deltaMs`: what more input alone costs at the old rate. */
  moreWorkMs: number;
}

/** Parts of a change of time; they add up to it. */
export interface ChangeSplit {
  /** More rows (or bytes): the old time at the old rate. Negative for less. */
  moreWorkMs: number;
  /** The same work took longer. */
  slowerWorkMs: number;
  /** The same core time on fewer slots, and waiting for executors. */
  lessCapacityMs: number;
  /** Retried and thrown-away work. */
  doneAgainMs: number;
}

/** One stage in both runs, or in one of them. */
export interface StageChange extends ChangeSplit {
  match: 'both' | 'new' | 'gone';
  /** How sure the match is, 0 to 1; 1 for the same structure in the same place. */
  confidence: number;
  /** Rows in the runs' `stages`, all attempts; empty where it is absent. */
  slowRows: readonly number[];
  baseRows: readonly number[];
  /** Stage id in the slow run, else in the reference. */
  stageId: number;
  /** Wall clock booked to the stage. */
  slowMs: number;
  baseMs: number;
  deltaMs: number;
  /** Rows (bytes where no rows are told) read in the slow run over the reference; `null` when neither tells. */
  workRatio: number | null;
  /** Accounts of the stage, largest growth first. */
  accounts: readonly { account: LedgerAccount; slowMs: number; baseMs: number; deltaMs: number }[];
}

/** Something that differs between the runs. */
export interface RunChange {
  what: 'setting' | 'plan' | 'input' | 'code' | 'environment' | 'capacity';
  /** Property, plan node, relation, argument. */
  name: string;
  from: string | null;
  to: string | null;
  /** Slow over usual, where both are figures. */
  ratio: number | null;
  /** Accounts it can move, and why. */
  moves: readonly LedgerAccount[];
  because: Bilingual;
  /** `false` when the change can only make a run faster in these accounts (more memory does not explain spill). */
  worsens: boolean;
  /** Growth of the accounts it can move beyond what more input explains; 0 when it cannot worsen them. */
  explainsMs: number;
  /** Lines of both runs that show it. */
  evidence: readonly Evidence[];
}
