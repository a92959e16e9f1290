import { bytes, count, duration } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../../../../tools/spark/facts.ts';
import { keptTaskNear, taskEvidence } from '../../../../tools/spark/measures/spark-evidence.ts';
import type { StageChange } from '../run-comparison.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters } from './comparison-rule.ts';
import { keysOfStage, stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * The run waits for a task that holds far more rows (or far bigger ones) than the others, and did not use to: after a shuffle one or few keys
 * hold them, in a scan one file does. The distribution must have changed, not only the time.
 */
export const newSkew: ComparisonRule = {
  id: 'comparison/new-skew',
  codes: ['skew.join_key', 'skew.partition_sizing'],
  apply(comparison, runs) {
    const grown = grownMs(comparison, 'skew_tail');
    if (!isSlower(comparison) || !matters(comparison, grown)) return [];
    const stage = stageOfGrowth(comparison, 'skew_tail');
    const measure = stage ? unevenMeasure(runs.slow.run, stage.slowRows) : null;
    const now = stage && measure ? spread(runs.slow.run, stage.slowRows, measure) : null;
    if (!stage || !measure || !now) return [];
    const usual = spread(runs.reference.run, stage.baseRows, measure);
    if (usual && now.ratio < usual.ratio * COMPARISON_THRESHOLDS.skewGrew) return [];
    const tail = duration(grown);
    const said = measure === 'rows' ? count : bytes;
    const [rows, rowsZh] = measure === 'rows' ? [' rows', ' 行'] : ['', ''];
    const before = usual
      ? {
          en: `, usually ${said(usual.max)} of ${said(usual.sum)}`,
          zh: `，平时 ${said(usual.sum)}${rowsZh}中的 ${said(usual.max)}${rowsZh}`,
        }
      : { en: '', zh: '' };
    return [
      comparisonFinding(comparison, runs, {
        rule: newSkew.id,
        kind: 'observed',
        code: now.shuffled ? 'skew.join_key' : 'skew.partition_sizing',
        en: `One task of stage ${stage.stageId} holds ${said(now.max)} of its ${said(now.sum)}${rows} (median ${said(now.median)})${before.en}; waiting for it took ${tail.en} longer`,
        zh: `阶段 ${stage.stageId} 的一个任务持有 ${said(now.sum)}${rowsZh}中的 ${said(now.max)}${rowsZh}（中位数 ${said(now.median)}）${before.zh}；多等待 ${tail.zh}`,
        keys: keysOfStage(runs, stage),
        evidence: [...stageLines(runs, stage, 'runMs'), ...medianTask(runs.slow.run, stage)],
        explainsMs: grown,
        values: {
          ...(measure === 'rows'
            ? { maxRows: now.max, medianRows: now.median, rows: now.sum, usualMaxRows: usual?.max ?? null }
            : { maxBytes: now.max, medianBytes: now.median, bytes: now.sum, usualMaxBytes: usual?.max ?? null }),
          skewRatio: now.ratio,
          usualSkewRatio: usual?.ratio ?? null,
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

type Measure = 'rows' | 'bytes';

/** What one task holds far more of than the median: rows, else bytes (as many rows, of which one is a huge array). */
function unevenMeasure(run: SparkRun, rows: readonly number[]): Measure | null {
  const uneven = (measure: Measure) => (spread(run, rows, measure)?.ratio ?? 0) >= COMPARISON_THRESHOLDS.skewRatio;
  return uneven('rows') ? 'rows' : uneven('bytes') ? 'bytes' : null;
}

/** What the largest and the median task hold; `null` when the log tells none of it. */
function spread(run: SparkRun, rows: readonly number[], measure: Measure): Spread | null {
  const stage = largest(run, rows);
  const shuffled = (stage?.shuffleReadRecords?.sum ?? 0) > 0;
  const of =
    measure === 'rows'
      ? stage?.[shuffled ? 'shuffleReadRecords' : 'inputRecords']
      : stage?.[shuffled ? 'shuffleReadBytes' : 'inputBytes'];
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
