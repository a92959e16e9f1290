import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { LedgerAccount } from './ledger-accounts.ts';

/** The wall clock of one run divided among accounts: whole milliseconds, adding up exactly. */
export interface TimeLedger {
  wallClockMs: number;
  /** Start and end of the window that was booked. */
  from: number;
  to: number;
  /** Only accounts above zero, largest first. */
  accounts: readonly LedgerEntry[];
  unexplainedMs: number;
  /** What had to be clipped or estimated, and where a run has no end. */
  notes: readonly Bilingual[];
}

export interface LedgerEntry {
  account: LedgerAccount;
  ms: number;
  /** Stage ids that carry it, the largest share first. */
  stages: readonly number[];
  /** Milliseconds by `stageId.attempt`, where a stage carries them. */
  byStage: Readonly<Record<string, number>>;
  /** Milliseconds by host, for the accounts of tasks. */
  byHost: Readonly<Record<string, number>>;
  /** True when the figure is an estimate (spill). */
  estimated?: boolean;
}
