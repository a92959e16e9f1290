import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration, percent } from '../../evidence/spoken-figures.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts } from '../facts.ts';
import { planNodes } from '../measures/plan-nodes.ts';
import { metricOf } from '../measures/plan-segments.ts';
import { measuresOf } from '../measures/run-measures.ts';
import { planNodeEvidence, settingEvidence, spoken } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding } from '../measures/spark-finding.ts';
import { sizeSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const GIB = 1024 ** 3;
const THRESHOLD = 'spark.sql.autoBroadcastJoinThreshold';

/**
 * One side of a join is broadcast though it is large: over a gibibyte, or a large part of the driver's or an executor's
 * heap. The size is a fact; that it exhausts a heap is a suspicion until an OutOfMemoryError is seen.
 */
export const largeBroadcast: Rule<SparkRun> = {
  id: 'spark/large-broadcast',
  area: 'spark',
  codes: ['memory.broadcast_oom'],
  apply(run) {
    return heaviest(run.sqlExecutions.flatMap((sql) => broadcastsOf(sql).flatMap((node) => judge(run, sql, node))));
  },
};

function broadcastsOf(sql: SqlExecutionFacts): PlanNode[] {
  return [...planNodes(sql.plan)].filter(({ name }) => /^(?:Gpu)?BroadcastExchange/.test(name));
}

function judge(run: SparkRun, sql: SqlExecutionFacts, node: PlanNode): Finding[] {
  const t = SPARK_THRESHOLDS;
  const size = metricOf(node, 'data size') ?? 0;
  const driverBytes = sizeSetting(run, 'spark.driver.memory', GIB, 'm');
  const executorBytes =
    run.application.platform === 'local' ? driverBytes : sizeSetting(run, 'spark.executor.memory', GIB, 'm');
  const heapBytes = Math.min(driverBytes, executorBytes);
  const heapShare = size / heapBytes;
  if (size < t.broadcastBytes && heapShare < t.broadcastHeapShare) return [];
  const spent =
    (metricOf(node, 'time to collect') ?? 0) +
    (metricOf(node, 'time to build') ?? 0) +
    (metricOf(node, 'time to broadcast') ?? 0);
  const { clock } = measuresOf(run);
  const failed =
    (sql.errorMessage ?? '') !== '' || run.jobs.some((job) => job.sqlExecutionId === sql.id && job.result === 'failed');
  const time = duration(spent);
  return [
    sparkFinding(run, {
      rule: largeBroadcast.id,
      kind: 'inferred',
      code: 'memory.broadcast_oom',
      symptom: 'slow',
      en: `Query ${sql.id} broadcasts ${bytes(size)} (${percent(heapShare)} of a heap of ${bytes(heapBytes)}); collecting, building and sending it took ${time.en}`,
      zh: `查询 ${sql.id} 广播了 ${bytes(size)}（占 ${bytes(heapBytes)} 堆的 ${percent(heapShare)}）；收集、构建和发送用了 ${time.zh}`,
      keys: { sqlExecutionId: sql.id },
      at: sql.startedAt,
      until: sql.endedAt,
      evidence: [
        ...planNodeEvidence(sql, node),
        ...sql.quotes.driverMetrics.slice(0, 2).flatMap((quote) => spoken(quote, sql.startedAt)),
        ...settingEvidence(run, THRESHOLD, 'spark.driver.memory', 'spark.executor.memory'),
      ],
      weight: failed ? Math.max(0.3, Math.min(1, heapShare)) : clock ? spent / clock.ms : 0,
      values: { broadcastBytes: size, heapBytes, heapShare, broadcastMs: spent, [THRESHOLD]: '-1' },
    }),
  ];
}
