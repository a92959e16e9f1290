import { count, duration } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../../../../tools/spark/facts.ts';
import { keptTaskNear, taskEvidence } from '../../../../tools/spark/measures/spark-evidence.ts';
import type { StageChange } from '../run-comparison.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters } from './comparison-rule.ts';
import { keysOfStage, stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * The run waits for a task that holds far more rows than the others, and did not use to: after a shuffle one or few keys
 * hold them, in a scan one file does. The distribution must have changed, not only the time.
 */
export const newSkew: ComparisonRule = {
  id: 'comparison/new-skew',
  codes: ['skew.join_key', 'skew.partition_sizing'],
  apply(comparison, runs) {
    const grown = grownMs(comparison, 'skew_tail');
    if (!isSlower(comparison) || !matters(comparison, grown)) return [];
    const stage = stageOfGrowth(comparison, 'skew_tail');
    const now = stage ? spread(runs.slow.run, stage.slowRows) : null;
    if (!stage || !now || now.ratio < COMPARISON_THRESHOLDS.skewRatio) return [];
    const usual = spread(runs.reference.run, stage.baseRows);
    if (usual && now.ratio < usual.ratio * COMPARISON_THRESHOLDS.skewGrew) return [];
    const tail = duration(grown);
    const before = usual
      ? {
          en: `, usually ${count(usual.max)} of ${count(usual.sum)}`,
          zh: `，平时 ${count(usual.sum)} 行中的 ${count(usual.max)} 行`,
        }
      : { en: '', zh: '' };
    return [
      comparisonFinding(comparison, runs, {
        rule: newSkew.id,
        kind: 'observed',
        code: now.shuffled ? 'skew.join_key' : 'skew.partition_sizing',
        en: `One task of stage ${stage.stageId} holds ${count(now.max)} of its ${count(now.sum)} rows (median ${count(now.median)})${before.en}; waiting for it took ${tail.en} longer`,
        zh: `阶段 ${stage.stageId} 的一个任务持有 ${count(now.sum)} 行中的 ${count(now.max)} 行（中位数 ${count(now.median)}）${before.zh}；多等待 ${tail.zh}`,
        keys: keysOfStage(runs, stage),
        evidence: [...stageLines(runs, stage, 'runMs'), ...medianTask(runs.slow.run, stage)],
        explainsMs: grown,
        values: {
          maxRows: now.max,
          medianRows: now.median,
          rows: now.sum,
          skewRatio: now.ratio,
          usualSkewRatio: usual?.ratio ?? null,
          usualMaxRows: usual?.max ?? null,
        },
      }),
    ];
  },
};

interface Spread {
  max: number;
  median: number;
  sum: number;
  ratio: number;
  shuffled: boolean;
}

/** Rows of the largest and the median task; `null` when the log tells no rows. */
function spread(run: SparkRun, rows: readonly number[]): Spread | null {
  const stage = largest(run, rows);
  const shuffled = (stage?.shuffleReadRecords?.sum ?? 0) > 0;
  const of = shuffled ? stage?.shuffleReadRecords : stage?.inputRecords;
  if (!of || of.max <= 0) return null;
  return { max: of.max, median: of.p50, sum: of.sum, ratio: of.max / Math.max(1, of.p50), shuffled };
}

function largest(run: SparkRun, rows: readonly number[]): StageFacts | null {
  const stages = rows.flatMap((row) => run.stages[row] ?? []);
  return stages.sort((a, b) => b.attempts.succeeded - a.attempts.succeeded)[0] ?? null;
}

function medianTask(run: SparkRun, stage: StageChange) {
  const facts = largest(run, stage.slowRows);
  if (!facts) return [];
  return taskEvidence(keptTaskNear(run, facts, facts.runMs?.p50 ?? 0, (row) => run.tasks.runMs[row] ?? 0));
}
