import type { SparkRun } from '../../../tools/spark/facts.ts';
import { LEDGER_ACCOUNTS } from '../ledger-accounts.ts';
import type { LedgerEntry, TimeLedger } from '../time-ledger.ts';
import { type AccountTotals, accountTotals } from './account-totals.ts';
import { apportionByFraction, apportionToLargest } from './apportion.ts';
import { type AttemptBreakdown, attemptBreakdown } from './attempt-breakdown.ts';
import { attemptFates } from './attempt-fates.ts';
import { executorSlots } from './executor-slots.ts';
import type { LedgerContext } from './ledger-context.ts';
import { ledgerNotes } from './ledger-notes.ts';
import { runWindow } from './run-window.ts';
import { type SweptTime, sweep } from './sweep.ts';
import { type TailCauses, tailCauses } from './tail-cause.ts';
import { type Timeline, timeline } from './timeline.ts';

/**
 * Books every millisecond of a run's wall clock to exactly one account (`ledger.md`). Whole milliseconds; the accounts and
 * `unexplainedMs` add up to `wallClockMs`, none is negative. O((tasks + events) log n).
 */
export function bookTime(run: SparkRun, context: LedgerContext = {}): TimeLedger {
  const prepared = prepareBooking(run, context);
  return bookWindow(prepared, prepared.timeline.window.from, prepared.timeline.window.to);
}

/** What a booking needs of a run whatever window of it is booked. */
interface PreparedBooking {
  timeline: Timeline;
  breakdown: AttemptBreakdown;
  tails: TailCauses;
}

/** Reads a run once for any number of windows. */
export function prepareBooking(run: SparkRun, context: LedgerContext = {}): PreparedBooking {
  const window = runWindow(run, context);
  const fates = attemptFates(run, window.to);
  const executors = executorSlots(run, fates.endedAt, window.to);
  const breakdown = attemptBreakdown(run, fates.fate, fates.endedAt);
  return {
    timeline: timeline(run, window, executors, fates),
    breakdown,
    tails: tailCauses(run, fates, breakdown),
  };
}

/** The ledger of a part of the run; ledgers of adjoining windows add up to that of the whole, rounding aside. */
export function bookWindow(prepared: PreparedBooking, from: number, to: number): TimeLedger {
  const swept = sweep(prepared.timeline, from, to);
  const totals = accountTotals(prepared.timeline, swept, prepared.breakdown, prepared.tails);
  return roundLedger(prepared, totals, swept, from, Math.max(from, to));
}

function roundLedger(
  { timeline, breakdown }: PreparedBooking,
  totals: AccountTotals,
  swept: SweptTime,
  from: number,
  to: number,
): TimeLedger {
  const exact = [...LEDGER_ACCOUNTS.map((account) => totals.ms[account]), totals.unexplained];
  const whole = apportionToLargest(exact, to - from);
  const entries: LedgerEntry[] = [];
  for (const [i, account] of LEDGER_ACCOUNTS.entries()) {
    const ms = whole[i] as number;
    if (ms === 0) continue;
    const byStage = sharesByStage(timeline.run, totals.byStage[account], ms);
    const entry: LedgerEntry = {
      account,
      ms,
      stages: stagesByShare(byStage),
      byStage,
      byHost: sharesByHost(timeline.run, totals.byHost[account], ms),
    };
    if (account === 'spill') entry.estimated = true;
    entries.push(entry);
  }
  entries.sort((a, b) => b.ms - a.ms);
  return {
    wallClockMs: to - from,
    from,
    to,
    accounts: entries,
    unexplainedMs: whole[LEDGER_ACCOUNTS.length] as number,
    notes: ledgerNotes(timeline, breakdown, swept),
  };
}

function sharesByStage(run: SparkRun, shares: Float64Array, ms: number): Record<string, number> {
  const whole = apportionByFraction(shares, carried(shares, ms));
  const byStage: Record<string, number> = {};
  for (const [row, stage] of run.stages.entries()) {
    const share = whole[row] as number;
    const key = `${stage.stageId}.${stage.attempt}`;
    if (share > 0) byStage[key] = (byStage[key] ?? 0) + share;
  }
  return byStage;
}

function sharesByHost(run: SparkRun, shares: Float64Array, ms: number): Record<string, number> {
  const whole = apportionByFraction(shares, carried(shares, ms));
  const byHost: Record<string, number> = Object.create(null) as Record<string, number>;
  for (const [index, host] of run.tasks.hosts.entries()) {
    const share = whole[index] as number;
    if (share > 0) byHost[host] = (byHost[host] ?? 0) + share;
  }
  return byHost;
}

/** How much of an account's whole milliseconds its stages or hosts carry. */
function carried(shares: Float64Array, ms: number): number {
  let sum = 0;
  for (const share of shares) sum += share;
  return Math.min(ms, Math.round(sum));
}

function stagesByShare(byStage: Record<string, number>): number[] {
  const sums = new Map<number, number>();
  for (const [key, ms] of Object.entries(byStage)) {
    const id = Number.parseInt(key, 10);
    sums.set(id, (sums.get(id) ?? 0) + ms);
  }
  return [...sums].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}
