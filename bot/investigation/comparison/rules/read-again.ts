import { count, duration, plural } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../../../../tools/spark/facts.ts';
import { stageEvidence } from '../../../../tools/spark/measures/spark-evidence.ts';
import { PARTITION_FILTERS } from '../input-changes.ts';
import type { RunChange, RunComparison, StageChange } from '../run-comparison.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, isSlower, matters } from './comparison-rule.ts';
import { programChanges, programValues, told } from './program-changes.ts';

/**
 * Stages that no earlier run had read what the run reads anyway: a count, a check or a second output recomputes the same rows
 * from the source, because nothing kept them. Shown when the very same number of rows is read again; a relation that is only
 * scanned more often (other days, another side of a join) suggests it. Retries are attempts of a stage, never stages of their own.
 */
export const readAgain: ComparisonRule = {
  id: 'comparison/read-again',
  codes: ['code.inefficient_plan'],
  apply(comparison, runs) {
    if (!isSlower(comparison) || inputChanged(comparison)) return [];
    const { run } = runs.slow;
    const added = comparison.stages.filter(({ match, deltaMs }) => match === 'new' && deltaMs > 0);
    const gone = comparison.stages.reduce((ms, stage) => ms + (stage.match === 'gone' ? stage.baseMs : 0), 0);
    const readers = added.filter((stage) => rowsRead(run, stage.slowRows) > 0);
    const explainsMs = added.reduce((ms, stage) => ms + stage.deltaMs, 0) - gone;
    const [longest] = readers;
    const again = longest ? readersOf(run, rowsRead(run, longest.slowRows)) : [];
    const scan = moreScans(comparison);
    if (!longest || !matters(comparison, explainsMs) || (again.length < 2 && !scan)) return [];
    const changed = programChanges(comparison);
    const rows = rowsRead(run, longest.slowRows);
    const [lost, read] = [duration(explainsMs), count(rows)];
    const sites = [...new Set(readers.map(({ slowRows }) => run.stages[slowRows[0] ?? -1]?.name ?? ''))]
      .filter((name) => name !== '')
      .slice(0, 3)
      .map((name) => name.slice(0, 100))
      .join(', ');
    const times = again.length >= 2;
    return [
      comparisonFinding(comparison, runs, {
        rule: readAgain.id,
        kind: times && !executorsWent(run, longest) ? 'observed' : 'inferred',
        code: 'code.inefficient_plan',
        en: `${plural(added.length, 'stage')} had no part in the usual run${times ? `: the same ${read} rows are read and computed ${again.length} times` : ', and a relation is scanned more often'} (${sites}); that costs ${lost.en}${told(changed).en}`,
        zh: `有 ${count(added.length)} 个阶段是平时没有的${times ? `：同样的 ${read} 行被读取并计算了 ${again.length} 次` : '，同一张表被扫描的次数更多'}（${sites}）；多用 ${lost.zh}${told(changed).zh}`,
        keys: { stageId: longest.stageId },
        evidence: [
          ...again.slice(0, 3).flatMap((stage) => stageEvidence(stage)),
          ...(scan ? scan.evidence.slice(0, 1) : []),
          ...changed.slice(0, 1).flatMap(({ evidence }) => [...evidence]),
        ],
        explainsMs,
        values: { newStages: added.length, rowsReadAgain: rows, timesRead: again.length, ...programValues(changed) },
      }),
    ];
  },
};

/** More of a relation is there, or asked for: then more reading is not reading again. */
function inputChanged(comparison: RunComparison): boolean {
  return comparison.changes.some(
    ({ what, name, ratio }) =>
      name.endsWith(PARTITION_FILTERS) || (what === 'input' && (ratio ?? 0) >= COMPARISON_THRESHOLDS.inputGrew),
  );
}

/** A kind of scan of which the plans hold more than before. */
function moreScans(comparison: RunComparison): RunChange | null {
  return (
    comparison.changes.find(
      ({ what, name, from, to }) =>
        what === 'plan' &&
        /^(?:Batch|File|HiveTable)?Scan\b/.test(name) &&
        Number(from) > 0 &&
        Number(to) > Number(from),
    ) ?? null
  );
}

/** Executors went before: then their shuffle files or cached blocks went with them, and that is why rows are read again. */
function executorsWent(run: SparkRun, { slowRows }: StageChange): boolean {
  const from = run.stages[slowRows[0] ?? -1]?.submittedAt ?? Number.POSITIVE_INFINITY;
  return run.executors.some(({ removedAt }) => removedAt !== null && removedAt <= from);
}

/** So few rows are equal by chance: samples for a schema, lookups. */
const LEAST_ROWS = 1_000;

/** Stages (first attempts) that read exactly this many rows from outside. */
function readersOf(run: SparkRun, rows: number): StageFacts[] {
  return rows < LEAST_ROWS
    ? []
    : run.stages.filter(({ attempt, inputRecords }) => attempt === 0 && inputRecords?.sum === rows);
}

function rowsRead(run: SparkRun, rows: readonly number[]): number {
  return run.stages[rows.at(-1) ?? -1]?.inputRecords?.sum ?? 0;
}
