import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration } from '../../evidence/spoken-figures.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts } from '../facts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { planNodes } from '../measures/plan-nodes.ts';
import { metricOf } from '../measures/plan-segments.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { succeededRows, wallOf } from '../measures/run-measures.ts';
import { settingSize } from '../measures/setting-size.ts';
import { planNodeEvidence, settingEvidence, stageEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding } from '../measures/spark-finding.ts';
import { sizeSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const THRESHOLD = 'spark.sql.autoBroadcastJoinThreshold';

/**
 * A sort-merge join shuffles a large side although the other is small enough to be broadcast. With broadcasting switched
 * off, the setting is the reason; else missing statistics may be. The price is what shuffling the large side took.
 */
export const broadcastableJoin: Rule<SparkRun> = {
  id: 'spark/broadcastable-join',
  area: 'spark',
  codes: ['code.inefficient_plan'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    return heaviest(run.sqlExecutions.flatMap((sql) => joinsOf(sql).flatMap((join) => judge(run, clock, sql, join))));
  },
};

function joinsOf(sql: SqlExecutionFacts): PlanNode[] {
  return [...planNodes(sql.plan)].filter(({ name }) => /^(?:SortMergeJoin|ShuffledHashJoin)/.test(name));
}

/** Exchanges of rows below a node, searched from the top down to the first on each way. Bounded. */
function exchangesBelow(root: PlanNode): PlanNode[] {
  const found: PlanNode[] = [];
  const open = [root];
  for (let node = open.pop(), visited = 0; node && visited < 20_000; node = open.pop(), visited += 1) {
    if (/^(?:Shuffle)?Exchange$/.test(node.name)) found.push(node);
    else open.push(...node.children);
  }
  return found;
}

/** The exchange that feeds one side of a join, when there is exactly one. */
function exchangeOf(side: PlanNode | undefined): PlanNode | null {
  const exchanges = side ? exchangesBelow(side) : [];
  return exchanges.length === 1 ? (exchanges[0] ?? null) : null;
}

function judge(run: SparkRun, clock: RunClock, sql: SqlExecutionFacts, join: PlanNode): Finding[] {
  if (/FullOuter/.test(join.description)) return [];
  const sides = join.children.map((child) => exchangeOf(child));
  const [left, right] = sides;
  if (!left || !right) return [];
  const [leftBytes, rightBytes] = [metricOf(left, 'data size'), metricOf(right, 'data size')];
  if (leftBytes === null || rightBytes === null) return [];
  const [small, large] = leftBytes <= rightBytes ? [leftBytes, rightBytes] : [rightBytes, leftBytes];
  const largeExchange = leftBytes <= rightBytes ? right : left;
  if (small > SPARK_THRESHOLDS.broadcastableBytes || large < small * 4) return [];
  const price = shufflePrice(run, largeExchange);
  const weight = weightOf(clock, price.ms);
  if (weight === 0) return [];
  const limit = sizeSetting(run, THRESHOLD, SPARK_THRESHOLDS.broadcastableBytes);
  const off = limit < 0;
  const time = duration(price.ms);
  const [why, whyZh] = off ? [`; ${THRESHOLD} = -1 forbids it`, `；${THRESHOLD} = -1 禁止了广播`] : ['', ''];
  const operator = join.name.split(' ', 1)[0] ?? join.name;
  return [
    sparkFinding(run, {
      rule: broadcastableJoin.id,
      kind: off && weight >= SPARK_THRESHOLDS.observedMinWeight ? 'observed' : 'inferred',
      code: 'code.inefficient_plan',
      symptom: 'slow',
      en: `Query ${sql.id} joins by shuffling ${bytes(large)} (${operator}) although the other side is only ${bytes(small)} and could be broadcast${why}; writing that shuffle took ${time.en} of the run`,
      zh: `查询 ${sql.id} 的联接要 shuffle ${bytes(large)}（${operator}），而另一侧只有 ${bytes(small)}，本可广播${whyZh}；写这次 shuffle 占运行 ${time.zh}`,
      keys: { sqlExecutionId: sql.id, ...(price.stageId === null ? {} : { stageId: price.stageId }) },
      at: sql.startedAt,
      until: sql.endedAt,
      evidence: [
        ...planNodeEvidence(sql, join),
        ...settingEvidence(run, THRESHOLD, 'spark.sql.adaptive.autoBroadcastJoinThreshold'),
        ...price.evidence,
      ],
      weight,
      values: {
        savedMs: price.ms,
        smallSideBytes: small,
        largeSideBytes: large,
        [THRESHOLD]: settingSize(Math.max(SPARK_THRESHOLDS.broadcastableBytes, small * 2)),
        broadcastThresholdBytes: limit,
      },
    }),
  ];
}

/** Wall clock that writing the exchange's shuffle took, by the stage that wrote exactly its records. */
function shufflePrice(
  run: SparkRun,
  exchange: PlanNode,
): { ms: number; stageId: number | null; evidence: Finding['evidence'] } {
  const records = metricOf(exchange, 'shuffle records written');
  const index = run.stages.findIndex(
    (stage) => records !== null && records > 0 && stage.shuffleWriteRecords?.sum === records,
  );
  const stage = run.stages[index];
  if (!stage) return { ms: 0, stageId: null, evidence: [] };
  const ms = wallOf(run, succeededRows(run, index), (row) => run.tasks.shuffleWriteMs[row] ?? 0);
  return { ms, stageId: stage.stageId, evidence: stageEvidence(stage) };
}
