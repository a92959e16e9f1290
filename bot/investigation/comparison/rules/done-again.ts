import { count, duration, plural, were } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../../tools/spark/facts.ts';
import { spoken } from '../../../../tools/spark/measures/spark-evidence.ts';
import { type ComparisonRule, comparisonFinding, figuresOf, grownMs, isSlower, matters } from './comparison-rule.ts';

/** Work was done again because attempts failed or executors were lost. Why is told by other records: this is the symptom. */
export const doneAgain: ComparisonRule = {
  id: 'comparison/done-again',
  codes: [],
  apply(comparison, runs) {
    const grown = grownMs(comparison, 'rework');
    if (!isSlower(comparison) || !matters(comparison, grown)) return [];
    const { run } = runs.slow;
    const failed = failures(run);
    const lost = run.executors.filter(({ removalKind }) => removalKind !== null && removalKind !== 'released');
    if (failed === 0 && lost.length === 0) return [];
    const { slowMs, usualMs } = figuresOf(comparison, 'rework');
    const [now, usual] = [duration(slowMs), duration(usualMs)];
    const [first] = lost;
    return [
      comparisonFinding(comparison, runs, {
        rule: doneAgain.id,
        kind: 'observed',
        symptom: 'slow',
        en: `Retried and thrown-away work took ${now.en}, usually ${usual.en}: ${plural(failed, 'attempt')} failed, ${plural(lost.length, 'executor')} ${were(lost.length)} lost`,
        zh: `重试和被丢弃的工作用了 ${now.zh}，平时 ${usual.zh}：${count(failed)} 个任务尝试失败，${count(lost.length)} 个执行器丢失`,
        keys: first ? { executorId: first.id, host: first.host } : {},
        evidence: lost.slice(0, 3).flatMap((executor) => spoken(executor.quotes.removed, executor.removedAt)),
        explainsMs: grown,
        values: { failedAttempts: failed, lostExecutors: lost.length },
      }),
    ];
  },
};

function failures(run: SparkRun): number {
  return run.stages.reduce((sum, stage) => sum + stage.attempts.failed, 0);
}
