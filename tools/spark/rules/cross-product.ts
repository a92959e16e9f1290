import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { count, duration } from '../../evidence/spoken-figures.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts, StageFacts } from '../facts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { metricOf, segmentsOfStage } from '../measures/plan-segments.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { durationOf, succeededRows, wallOf } from '../measures/run-measures.ts';
import { planNodeEvidence, stageEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const COMPARES_ALL = /^(?:CartesianProduct|BroadcastNestedLoopJoin|GpuCartesianProduct|GpuBroadcastNestedLoopJoin)/;

/** A join without an equality: every row of one side is compared with every row of the other. */
export const crossProduct: Rule<SparkRun> = {
  id: 'spark/cross-product',
  area: 'spark',
  codes: ['code.inefficient_plan'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index));
    return heaviest(
      found.filter((finding) => finding !== null),
      SPARK_THRESHOLDS.crossProductMinWeight,
    );
  },
};

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number): Finding | null {
  const hit = joinOf(run, stage);
  if (!hit) return null;
  const wall = wallOf(run, succeededRows(run, index), (row) => durationOf(run, row));
  const weight = weightOf(clock, wall);
  if (weight === 0) return null;
  const sides = hit.node.children.map(rowsBelow);
  const [left, right] = sides;
  const compared = left !== undefined && right !== undefined && left !== null && right !== null ? left * right : null;
  const produced = metricOf(hit.node, 'number of output rows');
  const name = `${stage.stageId}.${stage.attempt}`;
  const time = duration(wall);
  const [rows, rowsZh] =
    compared === null
      ? ['', '']
      : [` (${count(left ?? 0)} x ${count(right ?? 0)} rows)`, `（${count(left ?? 0)} x ${count(right ?? 0)} 行）`];
  const large = Math.max(compared ?? 0, produced ?? 0) >= SPARK_THRESHOLDS.comparedRows;
  return sparkFinding(run, {
    rule: crossProduct.id,
    kind: large && weight >= SPARK_THRESHOLDS.crossProductObservedWeight ? 'observed' : 'inferred',
    code: 'code.inefficient_plan',
    symptom: 'slow',
    en: `Stage ${name} compares every row of one side with every row of the other (${hit.node.name})${rows}; ${time.en} of the run`,
    zh: `阶段 ${name} 把一侧的每一行和另一侧的每一行比较（${hit.node.name}）${rowsZh}；占运行 ${time.zh}`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [...planNodeEvidence(hit.sql, hit.node), ...stageEvidence(stage)],
    weight,
    values: { savedMs: wall, comparedRows: compared, outputRows: produced, operator: hit.node.name },
  });
}

function joinOf(run: SparkRun, stage: StageFacts): { sql: SqlExecutionFacts; node: PlanNode } | null {
  for (const { sql, nodes } of segmentsOfStage(run, stage)) {
    const node = nodes.find(({ name }) => COMPARES_ALL.test(name));
    if (node) return { sql, node };
  }
  return null;
}

/** Rows that reach a node from below: the nearest operator that counted its output. */
function rowsBelow(node: PlanNode): number | null {
  let level: readonly PlanNode[] = [node];
  for (let depth = 0; depth < 50 && level.length > 0; depth += 1) {
    for (const candidate of level) {
      const rows = metricOf(candidate, 'number of output rows');
      if (rows !== null) return rows;
    }
    level = level.flatMap(({ children }) => children).slice(0, 200);
  }
  return null;
}
