import type { SparkRun, StageFacts } from '../../../tools/spark/facts.ts';
import { TASK_STATUS } from '../../../tools/spark/task-table.ts';
import { attemptEnds } from '../ledger/attempt-fates.ts';
import { executorSlots } from '../ledger/executor-slots.ts';
import { LEDGER_ACCOUNTS, type LedgerAccount } from '../ledger-accounts.ts';
import type { TimeLedger } from '../time-ledger.ts';
import type { LogicalStage } from './logical-stages.ts';
import type { StageMatch } from './match-stages.ts';
import type { ChangeSplit, LedgeredRun, StageChange } from './run-comparison.ts';

/** What one run spent on one logical stage. */
interface StageSpending {
  /** Wall clock by account. */
  byAccount: Readonly<Partial<Record<LedgerAccount, number>>>;
  totalMs: number;
  /** Core time of the attempts that succeeded. */
  coreMs: number;
  rows: number;
  bytes: number;
  /** Slots the stage could use: those alive while it ran, no more than it had tasks. */
  slots: number;
  tasks: number;
}

/** Reads what a run spent on each of its logical stages. */
export function stageSpender({ run, ledger }: LedgeredRun): (stage: LogicalStage) => StageSpending {
  const core = coreTimeByRow(run);
  const lives = executorSlots(run, attemptEnds(run, ledger.to).endedAt, ledger.to).lives;
  return (stage) => {
    const byAccount: Partial<Record<LedgerAccount, number>> = {};
    let totalMs = 0;
    for (const entry of ledger.accounts) {
      const ms = stageMs(ledger, entry.account, run, stage.rows);
      if (ms > 0) byAccount[entry.account] = ms;
      totalMs += ms;
    }
    const attempts = stage.rows.map((row) => run.stages[row] as StageFacts);
    const tasks = Math.max(...attempts.map((attempt) => attempt.taskCount), 0);
    return {
      byAccount,
      totalMs,
      coreMs: stage.rows.reduce((sum, row) => sum + (core[row] as number), 0),
      rows: sumOf(attempts, (attempt) => (attempt.inputRecords?.sum ?? 0) + (attempt.shuffleReadRecords?.sum ?? 0)),
      bytes: sumOf(attempts, (attempt) => (attempt.inputBytes?.sum ?? 0) + (attempt.shuffleReadBytes?.sum ?? 0)),
      slots: Math.max(1, Math.min(tasks || 1, slotsDuring(lives, attempts[0] as StageFacts, ledger.to) || tasks)),
      tasks,
    };
  };
}

/** Milliseconds an account carries for some rows of `SparkRun.stages`. */
export function stageMs(ledger: TimeLedger, account: LedgerAccount, run: SparkRun, rows: readonly number[]): number {
  const entry = ledger.accounts.find((one) => one.account === account);
  if (!entry) return 0;
  return rows.reduce((sum, row) => {
    const stage = run.stages[row];
    return sum + (stage ? (entry.byStage[`${stage.stageId}.${stage.attempt}`] ?? 0) : 0);
  }, 0);
}

/** Divides the change of one matched stage into its parts (`ledger.md`, Comparison); the parts add up to it. */
export function stageChange(match: StageMatch, slow: StageSpending | null, base: StageSpending | null): StageChange {
  const accounts = LEDGER_ACCOUNTS.map((account) => {
    const slowMs = slow?.byAccount[account] ?? 0;
    const baseMs = base?.byAccount[account] ?? 0;
    return { account, slowMs, baseMs, deltaMs: slowMs - baseMs };
  }).filter(({ slowMs, baseMs }) => slowMs > 0 || baseMs > 0);
  accounts.sort((a, b) => b.deltaMs - a.deltaMs);
  const slowMs = slow?.totalMs ?? 0;
  const baseMs = base?.totalMs ?? 0;
  const workRatio = slow && base ? ratioOfWork(slow, base) : null;
  return {
    match: match.slow && match.base ? 'both' : match.slow ? 'new' : 'gone',
    confidence: match.confidence,
    slowRows: match.slow?.rows ?? [],
    baseRows: match.base?.rows ?? [],
    stageId: (match.slow ?? match.base)?.stageId ?? -1,
    slowMs,
    baseMs,
    deltaMs: slowMs - baseMs,
    workRatio,
    accounts,
    ...splitOf(slow, base, workRatio),
  };
}

function splitOf(slow: StageSpending | null, base: StageSpending | null, workRatio: number | null): ChangeSplit {
  const deltaMs = (slow?.totalMs ?? 0) - (base?.totalMs ?? 0);
  // A stage that only one run has is work that the other did not have to do.
  if (!slow || !base) return { moreWorkMs: 0, slowerWorkMs: deltaMs, lessCapacityMs: 0, doneAgainMs: 0 };
  const doneAgainMs = of(slow, 'rework') - of(base, 'rework');
  const waitMs = of(slow, 'executor_wait') - of(base, 'executor_wait');
  const slowWork = slow.totalMs - of(slow, 'rework') - of(slow, 'executor_wait');
  const baseWork = base.totalMs - of(base, 'rework') - of(base, 'executor_wait');
  const moreWorkMs = Math.round(baseWork * ((workRatio ?? 1) - 1));
  const fewer = Math.max(0, 1 - slow.slots / base.slots);
  const beyond = Math.max(0, slowWork - baseWork - moreWorkMs);
  const lessCapacityMs = Math.round(Math.min(slowWork * fewer, beyond)) + waitMs;
  return { moreWorkMs, lessCapacityMs, doneAgainMs, slowerWorkMs: deltaMs - moreWorkMs - lessCapacityMs - doneAgainMs };
}

function of(spending: StageSpending, account: LedgerAccount): number {
  return spending.byAccount[account] ?? 0;
}

/** Rows over rows where both runs tell them, else bytes; `null` when there is nothing to compare. */
function ratioOfWork(slow: StageSpending, base: StageSpending): number | null {
  if (slow.rows > 0 && base.rows > 0) return slow.rows / base.rows;
  if (slow.bytes > 0 && base.bytes > 0) return slow.bytes / base.bytes;
  return null;
}

function coreTimeByRow(run: SparkRun): Float64Array {
  const core = new Float64Array(run.stages.length);
  const { tasks } = run;
  for (let row = 0; row < tasks.length; row++) {
    const stage = tasks.stage[row] as number;
    if (stage < 0 || tasks.status[row] !== TASK_STATUS.succeeded) continue;
    const ms = (tasks.finishedAt[row] as number) - (tasks.launchedAt[row] as number);
    if (ms > 0) core[stage] = (core[stage] as number) + ms;
  }
  return core;
}

/** Mean number of slots alive while a stage attempt ran. */
function slotsDuring(
  lives: readonly { from: number; until: number; slots: number }[],
  stage: StageFacts,
  end: number,
): number {
  const from = stage.submittedAt;
  const until = stage.completedAt ?? end;
  if (from === null || until <= from) return 0;
  const slotMs = lives.reduce((sum, life) => {
    const ms = Math.min(until, life.until) - Math.max(from, life.from);
    return ms > 0 ? sum + ms * life.slots : sum;
  }, 0);
  return slotMs / (until - from);
}

function sumOf(stages: readonly StageFacts[], value: (stage: StageFacts) => number): number {
  return stages.reduce((sum, stage) => sum + value(stage), 0);
}
