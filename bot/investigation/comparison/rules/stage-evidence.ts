import type { Evidence } from '../../../../tools/evidence/evidence.ts';
import type { JoinKeys } from '../../../../tools/evidence/join-keys.ts';
import type { SparkRun } from '../../../../tools/spark/facts.ts';
import { keptTaskNear, stageEvidence, taskEvidence } from '../../../../tools/spark/measures/spark-evidence.ts';
import { stageKeys } from '../../../../tools/spark/measures/spark-finding.ts';
import type { LedgerAccount } from '../../ledger-accounts.ts';
import type { ComparedRuns, RunComparison, StageChange } from '../run-comparison.ts';

/** The stage on which an account grew most; `null` when it grew on none. */
export function stageOfGrowth(comparison: RunComparison, account: LedgerAccount): StageChange | null {
  let best: StageChange | null = null;
  let most = 0;
  for (const stage of comparison.stages) {
    const grown = stage.accounts.find((entry) => entry.account === account)?.deltaMs ?? 0;
    if (grown > most) [most, best] = [grown, stage];
  }
  return best;
}

/**
 * Lines of both runs about one stage: of each the kept task in which a figure is largest, else the end of the stage. The
 * slow run's first.
 */
export function stageLines(runs: ComparedRuns, stage: StageChange, figure: keyof FigureColumns): Evidence[] {
  return [...linesOf(runs.slow.run, stage.slowRows, figure), ...linesOf(runs.reference.run, stage.baseRows, figure)];
}

type FigureColumns = Pick<
  SparkRun['tasks'],
  'runMs' | 'gcMs' | 'fetchWaitMs' | 'shuffleWriteMs' | 'diskSpilledBytes' | 'shuffleReadRecords' | 'inputRecords'
>;

function linesOf(run: SparkRun, rows: readonly number[], figure: keyof FigureColumns): Evidence[] {
  const stage = run.stages[rows.at(-1) ?? -1];
  if (!stage) return [];
  const task = keptTaskNear(run, stage, Number.MAX_SAFE_INTEGER, (row) => run.tasks[figure][row] ?? 0);
  const lines = taskEvidence(task);
  return lines.length > 0 ? lines : stageEvidence(stage);
}

/** Keys of the stage in the slow run. */
export function keysOfStage(runs: ComparedRuns, stage: StageChange | null): JoinKeys {
  const facts = runs.slow.run.stages[stage?.slowRows.at(-1) ?? -1];
  return facts ? stageKeys(facts) : {};
}
