import { count, duration, plural } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../../tools/spark/facts.ts';
import { settingEvidence, stageEvidence } from '../../../../tools/spark/measures/spark-evidence.ts';
import { TASK_STATUS } from '../../../../tools/spark/task-table.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters } from './comparison-rule.ts';

/** Speculation started copies whose work was thrown away, more than usual, and that is what the time went to. */
export const moreCopies: ComparisonRule = {
  id: 'comparison/more-copies',
  codes: ['scheduling.speculation'],
  apply(comparison, runs) {
    const grown = grownMs(comparison, 'rework');
    if (!isSlower(comparison) || !matters(comparison, grown)) return [];
    const now = losers(runs.slow.run);
    const usual = losers(runs.reference.run);
    const share = now.ms / Math.max(1, now.ms + now.otherMs);
    if (now.count <= usual.count || share < 0.5) return [];
    const lost = duration(grown * share);
    const stage = [...runs.slow.run.stages].sort((a, b) => b.attempts.speculative - a.attempts.speculative)[0];
    return [
      comparisonFinding(comparison, runs, {
        rule: moreCopies.id,
        kind: 'observed',
        code: 'scheduling.speculation',
        en: `${plural(now.count, 'attempt')} lost against a copy of their task, usually ${count(usual.count)}; their work was thrown away: ${lost.en}`,
        zh: `${count(now.count)} 个任务尝试输给了同一任务的副本，平时 ${count(usual.count)} 个；其工作被丢弃，占 ${lost.zh}`,
        evidence: [...(stage ? stageEvidence(stage) : []), ...settingEvidence(runs.slow.run, 'spark.speculation')],
        explainsMs: grown * share,
        values: { losers: now.count, usualLosers: usual.count },
      }),
    ];
  },
};

/** Attempts killed in stages with speculation, and other attempts that failed or were lost; core time of both. */
function losers(run: SparkRun): { count: number; ms: number; otherMs: number } {
  const { tasks } = run;
  const sum = { count: 0, ms: 0, otherMs: 0 };
  for (let row = 0; row < tasks.length; row++) {
    const status = tasks.status[row];
    if (status === TASK_STATUS.succeeded || status === TASK_STATUS.running) continue;
    const ms = Math.max(0, (tasks.finishedAt[row] ?? 0) - (tasks.launchedAt[row] ?? 0)) || 0;
    const stage = run.stages[tasks.stage[row] ?? -1];
    const twin = status === TASK_STATUS.killed && (stage?.attempts.speculative ?? 0) > 0;
    if (twin) {
      sum.count += 1;
      sum.ms += ms;
    } else {
      sum.otherMs += ms;
    }
  }
  return sum;
}
