import { duration, percent } from '../../../../tools/evidence/spoken-figures.ts';
import { settingEvidence } from '../../../../tools/spark/measures/spark-evidence.ts';
import { settingOf } from '../../../../tools/spark/measures/spark-setting.ts';
import { totalOf, workByHost } from '../host-work.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, figuresOf, grownMs, isSlower, matters } from './comparison-rule.ts';
import { keysOfStage, stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * Garbage collection takes more of the wall clock than usual and a notable share of the tasks' run time. Starved cores
 * stretch collecting too, but then computing as well: the share of the run time tells them apart.
 */
export const moreGc: ComparisonRule = {
  id: 'comparison/more-gc',
  codes: ['memory.gc_overhead'],
  apply(comparison, runs) {
    const grown = grownMs(comparison, 'gc');
    if (!isSlower(comparison) || !matters(comparison, grown)) return [];
    const stage = stageOfGrowth(comparison, 'gc');
    if (!stage || stage.match === 'gone') return [];
    const share = gcShare(runs.slow.run, stage.slowRows);
    const usualShare = gcShare(runs.reference.run, stage.baseRows);
    if (share < COMPARISON_THRESHOLDS.gcShare || (usualShare > 0 && share < usualShare * 1.3)) return [];
    const { slowMs, usualMs } = figuresOf(comparison, 'gc');
    const [now, usual] = [duration(slowMs), duration(usualMs)];
    const heap = settingOf(runs.slow.run, 'spark.executor.memory');
    return [
      comparisonFinding(comparison, runs, {
        rule: moreGc.id,
        kind: 'observed',
        code: 'memory.gc_overhead',
        en: `Garbage collection took ${now.en} of the wall clock, usually ${usual.en}; in stage ${stage.stageId} it is ${percent(share)} of the tasks' run time, usually ${percent(usualShare)}${heap ? `, with spark.executor.memory = ${heap} in this run` : ''}`,
        zh: `垃圾回收占用 ${now.zh}，平时 ${usual.zh}；阶段 ${stage.stageId} 中占任务运行时间的 ${percent(share)}，平时 ${percent(usualShare)}${heap ? `，本次 spark.executor.memory = ${heap}` : ''}`,
        keys: keysOfStage(runs, stage),
        evidence: [
          ...stageLines(runs, stage, 'gcMs'),
          ...settingEvidence(runs.slow.run, 'spark.executor.memory', 'spark.executor.cores'),
        ],
        explainsMs: grown,
        values: { gcShare: share, usualGcShare: usualShare, gcGrewMs: grown, heap },
        refutes: [
          {
            code: 'kernel.cpu_contention',
            why: {
              en: `Computing took ${duration(figuresOf(comparison, 'compute').slowMs).en}, usually ${duration(figuresOf(comparison, 'compute').usualMs).en}: the collector grew, not the time for a core`,
              zh: `计算用时 ${duration(figuresOf(comparison, 'compute').slowMs).zh}，平时 ${duration(figuresOf(comparison, 'compute').usualMs).zh}：变多的是垃圾回收，而不是等待 CPU`,
            },
          },
        ],
      }),
    ];
  },
};

function gcShare(run: Parameters<typeof workByHost>[0], rows: readonly number[]): number {
  const hosts = workByHost(run, rows);
  const ran = totalOf(hosts, ({ runMs }) => runMs);
  return ran > 0 ? Math.min(1, totalOf(hosts, ({ gcMs }) => gcMs) / ran) : 0;
}
