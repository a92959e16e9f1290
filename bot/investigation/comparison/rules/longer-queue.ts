import { duration } from '../../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../../tools/spark/facts.ts';
import { settingEvidence, spoken } from '../../../../tools/spark/measures/spark-evidence.ts';
import { type ComparisonRule, comparisonFinding, figuresOf, grownMs, isSlower, matters } from './comparison-rule.ts';

/**
 * The run waited longer for its share of the cluster: in the queue before its launch (the resource manager's own times),
 * or for executors it asked for as always. The second is suggested only: the log tells that they came late, not why.
 */
export const longerQueue: ComparisonRule = {
  id: 'comparison/longer-queue',
  codes: ['scheduling.queue_wait'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const queued = grownMs(comparison, 'queue_wait');
    if (matters(comparison, queued)) {
      const { slowMs, usualMs } = figuresOf(comparison, 'queue_wait');
      const [now, usual] = [duration(slowMs), duration(usualMs)];
      return [
        comparisonFinding(comparison, runs, {
          rule: longerQueue.id,
          kind: 'inferred',
          code: 'scheduling.queue_wait',
          symptom: 'waiting',
          en: `The run waited ${now.en} in its queue before it was launched, usually ${usual.en}`,
          zh: `运行在启动前排队 ${now.zh}，平时 ${usual.zh}`,
          evidence: [...startLine(runs.slow.run), ...settingEvidence(runs.slow.run, 'spark.yarn.queue')],
          explainsMs: queued,
          values: { queueWaitMs: slowMs, usualQueueWaitMs: usualMs },
        }),
      ];
    }
    const waited = grownMs(comparison, 'executor_wait');
    const asked = comparison.changes.some(
      ({ what, name, worsens }) => what === 'setting' && worsens && ASKS.test(name),
    );
    const lost = runs.slow.run.executors.some(({ removalKind }) => removalKind !== null && removalKind !== 'released');
    const released = runs.slow.run.executors.filter(({ removalKind }) => removalKind === 'released').length;
    if (asked || lost || released > 2 || !matters(comparison, waited)) return [];
    const { slowMs, usualMs } = figuresOf(comparison, 'executor_wait');
    const [now, usual] = [duration(slowMs), duration(usualMs)];
    return [
      comparisonFinding(comparison, runs, {
        rule: longerQueue.id,
        kind: 'inferred',
        code: 'scheduling.queue_wait',
        symptom: 'waiting',
        en: `The run waited ${now.en} for executors it asked for as always, usually ${usual.en}: the cluster or its queue gave them later`,
        zh: `运行等待执行器 ${now.zh}，平时 ${usual.zh}，申请方式没有变化：集群或队列给得更晚`,
        evidence: [...startLine(runs.slow.run), ...firstExecutor(runs.slow.run), ...firstExecutor(runs.reference.run)],
        explainsMs: waited * 0.9,
        values: { executorWaitMs: slowMs, usualExecutorWaitMs: usualMs },
      }),
    ];
  },
};

/** Settings by which a run asks for executors in another way. */
const ASKS =
  /^spark\.(?:dynamicAllocation\.|executor\.(?:instances|cores|memory|memoryOverhead)|cores\.max|yarn\.queue|kubernetes\.)/;

function startLine(run: SparkRun) {
  return spoken(run.application.quotes.start, run.application.startedAt);
}

function firstExecutor(run: SparkRun) {
  const [first] = [...run.executors].sort((a, b) => (a.addedAt ?? 0) - (b.addedAt ?? 0));
  return first ? spoken(first.quotes.added, first.addedAt) : [];
}
