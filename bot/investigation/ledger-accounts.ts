/** Accounts of the time ledger, in the order they are printed (DESIGN §5, `reference/ledger.md`). */
export const LEDGER_ACCOUNTS = [
  'queue_wait',
  'executor_wait',
  'driver',
  'scheduling',
  'compute',
  'gc',
  'fetch_wait',
  'shuffle_write',
  'spill',
  'serialisation',
  'input_wait',
  'skew_tail',
  'rework',
  'commit',
  'idle',
] as const;

export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];
