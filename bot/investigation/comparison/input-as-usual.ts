import type { Finding } from '../../../tools/evidence/finding.ts';
import { count } from '../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { ComparedRuns, RunComparison } from './run-comparison.ts';
import { medianOf } from './run-history.ts';

/** Rows read from outside, over usual, up to which nobody would call the input grown (it varies so from day to day). */
const SAME_INPUT = 1.1;

/** What a run read beside what is usual; `null` when either is not told or it did read more. */
export interface InputAsUsual {
  values: { inputRows: number; usualInputRows: number };
  refutes: NonNullable<Finding['refutes']>;
}

/** The figures that answer "did the data grow?" where it did not: rows read from outside in this run and usually. */
export function inputAsUsual(comparison: RunComparison, runs: ComparedRuns): InputAsUsual | null {
  if (comparison.changes.some(({ what, worsens }) => what === 'input' && worsens)) return null;
  const rows = rowsRead(runs.slow.run);
  const usual = medianOf(runs.baselines.map(({ run }) => rowsRead(run)).sort((a, b) => a - b));
  if (rows <= 0 || usual <= 0 || rows > usual * SAME_INPUT) return null;
  const [now, before] = [count(rows), count(usual)];
  return {
    values: { inputRows: rows, usualInputRows: usual },
    refutes: [
      {
        code: 'data.input_grew',
        why: { en: `It read ${now} rows, usually ${before}`, zh: `本次读了 ${now} 行，平时 ${before} 行` },
      },
    ],
  };
}

function rowsRead(run: SparkRun): number {
  return run.stages.reduce((sum, stage) => sum + (stage.inputRecords?.sum ?? 0), 0);
}
