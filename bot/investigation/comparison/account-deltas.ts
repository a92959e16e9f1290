import { apportionToLargest } from '../ledger/apportion.ts';
import { LEDGER_ACCOUNTS, type LedgerAccount } from '../ledger-accounts.ts';
import type { TimeLedger } from '../time-ledger.ts';
import type { AccountDelta, StageChange } from './run-comparison.ts';
import { medianOf } from './run-history.ts';

/** What is usual, account by account; the parts add up to `wallClockMs` exactly. */
interface UsualLedger {
  wallClockMs: number;
  accounts: Readonly<Record<LedgerAccount, number>>;
  unexplainedMs: number;
}

/**
 * The usual ledger of several runs: the median of each account. Medians of parts do not add up to the median of the whole,
 * so they are scaled to it; for one run (and two, whose medians are means) nothing changes.
 */
export function usualLedger(baselines: readonly TimeLedger[]): UsualLedger {
  const wallClockMs = Math.round(medianOf(sorted(baselines.map((ledger) => ledger.wallClockMs))));
  const medians = LEDGER_ACCOUNTS.map((account) =>
    medianOf(sorted(baselines.map((ledger) => accountMs(ledger, account)))),
  );
  const unexplained = medianOf(sorted(baselines.map((ledger) => ledger.unexplainedMs)));
  const sum = medians.reduce((total, ms) => total + ms, unexplained);
  const scale = sum > 0 ? wallClockMs / sum : 0;
  const whole = apportionToLargest(
    [...medians, unexplained].map((ms) => ms * scale),
    wallClockMs,
  );
  return {
    wallClockMs,
    accounts: Object.fromEntries(LEDGER_ACCOUNTS.map((account, i) => [account, whole[i] as number])) as Record<
      LedgerAccount,
      number
    >,
    unexplainedMs: whole[LEDGER_ACCOUNTS.length] as number,
  };
}

/** Account by account, the largest growth first; `stages` are those whose additional rows are the input's. */
export function accountDeltas(slow: TimeLedger, usual: UsualLedger, stages: readonly StageChange[]): AccountDelta[] {
  const deltas = LEDGER_ACCOUNTS.map((account) => {
    const slowMs = accountMs(slow, account);
    const usualMs = usual.accounts[account];
    const deltaMs = slowMs - usualMs;
    return { account, slowMs, usualMs, deltaMs, moreWorkMs: moreWorkOf(account, deltaMs, stages) };
  });
  return deltas
    .filter(({ slowMs, usualMs }) => slowMs > 0 || usualMs > 0)
    .sort((a, b) => b.deltaMs - a.deltaMs || b.slowMs - a.slowMs);
}

/** Accounts that more rows make longer by themselves; waiting and rework do not follow the input. */
const FOLLOWS_INPUT: ReadonlySet<LedgerAccount> = new Set([
  'compute',
  'gc',
  'fetch_wait',
  'shuffle_write',
  'spill',
  'serialisation',
  'input_wait',
  'skew_tail',
]);

/** Ratios nearer to one than this are the same work. */
const SAME_WORK = 0.05;

/** The old time of matched stages at the old rate for the rows there are more, no more than the account grew. */
function moreWorkOf(account: LedgerAccount, deltaMs: number, stages: readonly StageChange[]): number {
  if (!FOLLOWS_INPUT.has(account) || deltaMs <= 0) return 0;
  let ms = 0;
  for (const stage of stages) {
    if (stage.workRatio === null || Math.abs(stage.workRatio - 1) < SAME_WORK) continue;
    const own = stage.accounts.find((one) => one.account === account);
    if (own) ms += own.baseMs * (stage.workRatio - 1);
  }
  return Math.round(Math.min(deltaMs, Math.max(0, ms)));
}

/** Milliseconds of an account, 0 when the ledger does not name it. */
export function accountMs(ledger: TimeLedger, account: LedgerAccount): number {
  return ledger.accounts.find((entry) => entry.account === account)?.ms ?? 0;
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
