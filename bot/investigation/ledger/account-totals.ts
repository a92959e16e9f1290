import type { SparkRun } from '../../../tools/spark/facts.ts';
import { LEDGER_ACCOUNTS, type LedgerAccount } from '../ledger-accounts.ts';
import type { AttemptBreakdown } from './attempt-breakdown.ts';
import { ATTEMPT_ACCOUNTS } from './attempt-breakdown.ts';
import { FATE } from './attempt-fates.ts';
import type { SweptTime } from './sweep.ts';
import type { TailCauses } from './tail-cause.ts';
import type { Timeline } from './timeline.ts';

/** Wall clock by account, not yet rounded, with the share of each stage row and each host. */
export interface AccountTotals {
  ms: Record<LedgerAccount, number>;
  byStage: Record<LedgerAccount, Float64Array>;
  byHost: Record<LedgerAccount, Float64Array>;
  unexplained: number;
}

/** Divides what the sweep booked to attempts by their own breakdown, and adds up everything by account. */
export function accountTotals(
  timeline: Timeline,
  swept: SweptTime,
  breakdown: AttemptBreakdown,
  tails: TailCauses,
): AccountTotals {
  const { run, fates } = timeline;
  const totals = emptyTotals(run);
  totals.unexplained = swept.unexplained;
  totals.ms.queue_wait += swept.queueWait;
  totals.ms.driver += swept.driver;
  totals.ms.commit += swept.commit;
  totals.ms.idle += swept.waitingForUser + swept.idleOfUnknownStages;
  totals.ms.executor_wait += swept.executorWaitBeforeJobs;
  addStages(totals, 'executor_wait', swept.executorWait);
  addStages(totals, 'scheduling', swept.scheduling);
  addStages(totals, 'idle', swept.idle);
  for (let row = 0; row < run.tasks.length; row++) {
    const busy = swept.busy[row] as number;
    const fate = fates.fate[row] as number;
    if (fate === FATE.rework) add(totals, run, 'rework', row, busy);
    else if (fate === FATE.unmeasured) totals.unexplained += busy;
    else addBreakdown(totals, timeline, breakdown, row, busy);
    const tail = swept.tail[row] as number;
    const cause = tails[row] ?? null;
    if (cause === null) totals.unexplained += tail;
    else add(totals, run, cause, row, tail);
  }
  return totals;
}

function addBreakdown(
  totals: AccountTotals,
  { run, fates }: Timeline,
  breakdown: AttemptBreakdown,
  row: number,
  busy: number,
): void {
  if (busy === 0) return;
  const duration = (fates.endedAt[row] as number) - (run.tasks.launchedAt[row] as number);
  for (const [column, account] of ATTEMPT_ACCOUNTS.entries()) {
    const own = (breakdown.columns[column] as Float64Array)[row] as number;
    if (own > 0) add(totals, run, account, row, (busy * own) / duration);
  }
}

function add(totals: AccountTotals, run: SparkRun, account: LedgerAccount, row: number, ms: number): void {
  if (ms === 0) return;
  totals.ms[account] += ms;
  bump(totals.byStage[account], run.tasks.stage[row] as number, ms);
  bump(totals.byHost[account], run.tasks.host[row] as number, ms);
}

function addStages(totals: AccountTotals, account: LedgerAccount, stages: Float64Array): void {
  for (let stage = 0; stage < stages.length; stage++) {
    const ms = stages[stage] as number;
    totals.ms[account] += ms;
    bump(totals.byStage[account], stage, ms);
  }
}

function bump(column: Float64Array, index: number, ms: number): void {
  if (index >= 0 && index < column.length) column[index] = (column[index] as number) + ms;
}

function emptyTotals(run: SparkRun): AccountTotals {
  const columns = (length: number) =>
    Object.fromEntries(LEDGER_ACCOUNTS.map((account) => [account, new Float64Array(length)])) as Record<
      LedgerAccount,
      Float64Array
    >;
  return {
    ms: Object.fromEntries(LEDGER_ACCOUNTS.map((account) => [account, 0])) as Record<LedgerAccount, number>,
    byStage: columns(run.stages.length),
    byHost: columns(run.tasks.hosts.length),
    unexplained: 0,
  };
}
