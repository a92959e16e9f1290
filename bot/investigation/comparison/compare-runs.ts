import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { LedgerAccount } from '../ledger-accounts.ts';
import type { TimeLedger } from '../time-ledger.ts';
import { accountDeltas, usualLedger } from './account-deltas.ts';
import { codeChanges } from './code-changes.ts';
import { capacityChanges, environmentChanges } from './environment-changes.ts';
import { inputChanges, PARTITION_FILTERS } from './input-changes.ts';
import { logicalStages } from './logical-stages.ts';
import { matchStages } from './match-stages.ts';
import { planChanges } from './plan-changes.ts';
import type {
  AccountDelta,
  ChangeSplit,
  ComparedRuns,
  LedgeredRun,
  RunChange,
  RunComparison,
  StageChange,
} from './run-comparison.ts';
import { isSlow } from './run-history.ts';
import { type FoundChange, settingChanges } from './setting-changes.ts';
import { stageChange, stageSpender } from './stage-change.ts';

/**
 * Compares a run with its history: accounts against what is usual, stages against the median run by structure, and what
 * changed beside the accounts it could move. Pure; baselines in any order.
 *
 * @throws RangeError without any baseline
 */
export function compareRuns(slow: SparkRun, ledger: TimeLedger, baselines: readonly LedgeredRun[]): RunComparison {
  const runs = comparedRuns(slow, ledger, baselines);
  const ledgers = runs.baselines.map((base) => base.ledger);
  const usual = usualLedger(ledgers);
  const stages = stageChanges(runs);
  const found = [
    ...settingChanges(
      slow,
      runs.baselines.map(({ run }) => run),
    ),
    ...codeChanges(
      slow,
      runs.baselines.map(({ run }) => run),
    ),
    ...planChanges(
      slow,
      runs.baselines.map(({ run }) => run),
    ),
    ...inputChanges(
      slow,
      runs.baselines.map(({ run }) => run),
    ),
    ...environmentChanges(
      slow,
      runs.baselines.map(({ run }) => run),
    ),
    ...capacityChanges(runs.slow, runs.baselines),
  ];
  // More rows in a stage are the input's doing only where a relation holds more of them.
  const accounts = accountDeltas(ledger, usual, inputHasGrown(found) ? stages : []);
  return {
    subject: slow.application.id,
    with: runs.baselines.map(({ run }) => run.application.id ?? run.sources[0] ?? ''),
    baseline: baselines.length === 1 ? 'run' : 'median',
    complete: slow.completeness.end === 'ended',
    baselineWallClockMs: ledgers.map(({ wallClockMs }) => wallClockMs).sort((a, b) => a - b),
    slowMs: ledger.wallClockMs,
    usualMs: usual.wallClockMs,
    deltaMs: ledger.wallClockMs - usual.wallClockMs,
    history: isSlow(
      ledger.wallClockMs,
      ledgers.map(({ wallClockMs }) => wallClockMs),
    ),
    accounts,
    unexplainedDeltaMs: ledger.unexplainedMs - usual.unexplainedMs,
    stages,
    split: splitOfRun(runs, stages),
    changes: weighed(found, accounts, stages),
  };
}

/** A relation grew, and not only because the program asks for more of its partitions. */
function inputHasGrown(found: readonly FoundChange[]): boolean {
  const filtered = found.flatMap(({ name }) =>
    name.endsWith(PARTITION_FILTERS) ? [name.slice(0, -PARTITION_FILTERS.length)] : [],
  );
  return found.some(
    ({ what, name, worsens }) =>
      what === 'input' &&
      worsens &&
      !/ files$/.test(name) &&
      !filtered.some((relation) => name.startsWith(`${relation} `)),
  );
}

/** The runs of a comparison in their roles: newest baseline first, the one with the median wall clock as reference. */
export function comparedRuns(slow: SparkRun, ledger: TimeLedger, baselines: readonly LedgeredRun[]): ComparedRuns {
  const newestFirst = [...baselines].sort((a, b) => startOf(b) - startOf(a));
  const byWall = [...baselines].sort((a, b) => a.ledger.wallClockMs - b.ledger.wallClockMs);
  const reference = byWall[(byWall.length - 1) >> 1];
  if (!reference) throw new RangeError('a comparison needs a baseline');
  return { slow: { run: slow, ledger }, reference, baselines: newestFirst };
}

function startOf({ run, ledger }: LedgeredRun): number {
  return run.application.startedAt ?? ledger.from;
}

function stageChanges({ slow, reference }: ComparedRuns): StageChange[] {
  const spentBySlow = stageSpender(slow);
  const spentByBase = stageSpender(reference);
  const matches = matchStages(logicalStages(slow.run), logicalStages(reference.run));
  return matches
    .map((match) => stageChange(match, match.slow && spentBySlow(match.slow), match.base && spentByBase(match.base)))
    .sort((a, b) => b.deltaMs - a.deltaMs);
}

/** Sums over the stages; what lies outside of stages is slower, but for waiting on queue and executors. */
function splitOfRun({ slow, reference }: ComparedRuns, stages: readonly StageChange[]): ChangeSplit {
  const total = slow.ledger.wallClockMs - reference.ledger.wallClockMs;
  const sum = (part: keyof ChangeSplit) => stages.reduce((ms, stage) => ms + stage[part], 0);
  const outside = (account: LedgerAccount) =>
    outsideStages(slow.ledger, account) - outsideStages(reference.ledger, account);
  const moreWorkMs = sum('moreWorkMs');
  const doneAgainMs = sum('doneAgainMs') + outside('rework');
  const lessCapacityMs = sum('lessCapacityMs') + outside('executor_wait') + outside('queue_wait');
  return { moreWorkMs, doneAgainMs, lessCapacityMs, slowerWorkMs: total - moreWorkMs - doneAgainMs - lessCapacityMs };
}

function outsideStages(ledger: TimeLedger, account: LedgerAccount): number {
  const entry = ledger.accounts.find((one) => one.account === account);
  if (!entry) return 0;
  return entry.ms - Object.values(entry.byStage).reduce((sum, ms) => sum + ms, 0);
}

/** Adds to each change how much of the slow-down the accounts it can move hold; what explains most first. */
function weighed(
  found: readonly FoundChange[],
  accounts: readonly AccountDelta[],
  stages: readonly StageChange[],
): RunChange[] {
  const moreWork = Math.max(
    0,
    stages.reduce((ms, stage) => ms + stage.moreWorkMs, 0),
  );
  const changes = found.map((change) => ({ ...change, explainsMs: explained(change, accounts, moreWork) }));
  return changes.sort((a, b) => b.explainsMs - a.explainsMs);
}

function explained(change: FoundChange, accounts: readonly AccountDelta[], moreWorkMs: number): number {
  if (!change.worsens) return 0;
  if (change.what === 'input') return Math.round(moreWorkMs);
  return accounts.reduce((ms, { account, deltaMs, moreWorkMs: byInput }) => {
    return change.moves.includes(account) ? ms + Math.max(0, deltaMs - byInput) : ms;
  }, 0);
}
