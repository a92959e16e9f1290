import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, percent, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun } from '../facts.ts';
import { executorWaits, mostExecutors } from '../measures/executor-waits.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { measuresOf } from '../measures/run-measures.ts';
import { settingEvidence, spoken } from '../measures/spark-evidence.ts';
import { sparkFinding } from '../measures/spark-finding.ts';
import { booleanSetting, countSetting, timeSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * The run waits for executors that the cluster does not give: none for long at its start or in its middle, or far fewer
 * than asked for throughout. The log cannot tell an empty cluster from a queue that is full, so the cause is inferred.
 */
export const missingExecutors: Rule<SparkRun> = {
  id: 'spark/missing-executors',
  area: 'spark',
  codes: ['scheduling.insufficient_resources'],
  apply(run) {
    const { clock } = measuresOf(run);
    if (!clock || run.application.platform === 'local') return [];
    return [...withoutAny(run, clock), ...fewerThanAsked(run, clock)];
  },
};

function withoutAny(run: SparkRun, clock: RunClock): Finding[] {
  const t = SPARK_THRESHOLDS;
  const elastic = booleanSetting(run, 'spark.dynamicAllocation.enabled', false);
  const backlogMs = timeSetting(run, 'spark.dynamicAllocation.schedulerBacklogTimeout', 1_000);
  const ownMs = elastic ? backlogMs * 2 + t.executorStartAllowanceMs : t.executorStartAllowanceMs;
  const waits = executorWaits(run, clock.to).filter(
    (wait) => wait.to - wait.from > ownMs && wait.lostBefore.length === 0,
  );
  const waited = waits.reduce((sum, wait) => sum + (wait.to - wait.from - ownMs), 0);
  const weight = waited / clock.ms;
  if (waited < t.executorWaitMinMs || weight < t.executorWaitMinWeight) return [];
  const none = mostExecutors(run) === 0;
  const first = waits[0];
  const time = duration(waited);
  const end = clock.ended ? 'until the run ended' : 'so far';
  const endZh = clock.ended ? '直到运行结束' : '到目前为止';
  const stage = run.stages.find(({ submittedAt }) => submittedAt !== null && submittedAt <= (first?.from ?? 0));
  const executor = run.executors.find(({ addedAt }) => addedAt !== null && addedAt >= (first?.to ?? 0));
  return [
    sparkFinding(run, {
      rule: missingExecutors.id,
      kind: 'inferred',
      code: 'scheduling.insufficient_resources',
      symptom: 'waiting',
      en: none
        ? `Stages were ready but no executor registered ${end}: ${time.en} of waiting`
        : `Stages stood ready without any executor for ${time.en} (${percent(weight)} of the run), longer than starting one takes`,
      zh: none
        ? `阶段已就绪，但${endZh}没有任何 executor 注册：等了 ${time.zh}`
        : `阶段已就绪却没有任何 executor 的时间有 ${time.zh}（占运行的 ${percent(weight)}），远超启动 executor 所需`,
      at: first?.from ?? null,
      until: waits.at(-1)?.to ?? null,
      evidence: [
        ...spoken(stage?.quotes.submitted, stage?.submittedAt ?? null),
        ...spoken(executor?.quotes.added, executor?.addedAt ?? null),
        ...settingEvidence(run, 'spark.executor.instances', 'spark.executor.memory', 'spark.executor.cores'),
      ],
      count: waits.length,
      weight,
      values: { savedMs: waited, waits: waits.length, executorsSeen: mostExecutors(run) },
    }),
  ];
}

/** Static allocation: `spark.executor.instances` asked for, far fewer there. */
function fewerThanAsked(run: SparkRun, clock: RunClock): Finding[] {
  const asked = countSetting(run, 'spark.executor.instances', 0);
  const most = mostExecutors(run);
  const missing = asked > 0 ? (asked - most) / asked : 0;
  const elastic = booleanSetting(run, 'spark.dynamicAllocation.enabled', false);
  if (elastic || most === 0 || missing < SPARK_THRESHOLDS.missingExecutorShare) return [];
  const weight = missing * busyShare(run, clock);
  if (clock.ms < SPARK_THRESHOLDS.minRunMs || weight < SPARK_THRESHOLDS.executorWaitMinWeight) return [];
  return [
    sparkFinding(run, {
      rule: missingExecutors.id,
      kind: 'inferred',
      code: 'scheduling.insufficient_resources',
      symptom: 'waiting',
      en: `The run asked for ${plural(asked, 'executor')} and never had more than ${most} at once`,
      zh: `运行申请了 ${asked} 个 executor，同时最多只有 ${most} 个`,
      at: clock.from,
      until: clock.to,
      evidence: [
        ...settingEvidence(run, 'spark.executor.instances'),
        ...run.executors.slice(0, 3).flatMap((executor) => spoken(executor.quotes.added, executor.addedAt)),
      ],
      weight,
      values: { askedExecutors: asked, mostExecutors: most },
    }),
  ];
}

/** Share of the wall clock in which tasks ran: only then would more executors have helped. */
function busyShare(run: SparkRun, clock: RunClock): number {
  let busy = 0;
  for (const part of measuresOf(run).wallShareMs) busy += part;
  return Math.min(1, busy / clock.ms);
}
