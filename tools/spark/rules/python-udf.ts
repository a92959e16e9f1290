import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { count, duration, percent } from '../../evidence/spoken-figures.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts, StageFacts } from '../facts.ts';
import { cpuMsOf, ownRunMs } from '../measures/compare-hosts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { segmentsOfStage, withoutIds } from '../measures/plan-segments.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { succeededRows, wallOf } from '../measures/run-measures.ts';
import { keptTaskNear, planNodeEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/** Operators that send rows to Python workers, one row (pickled batch) at a time or as Arrow batches (Spark 2.0 to 4.0). */
const ROW_AT_A_TIME = /^(?:BatchEvalPython|BatchEvalPythonUDTF|PythonMapInPandas)/;
const ANY_PYTHON =
  /^(?:BatchEvalPython|ArrowEvalPython|MapInPandas|PythonMapIn|FlatMapGroupsInPandas|FlatMapCoGroupsInPandas|AggregateInPandas|WindowInPandas|MapInArrow|MapInPython)/;

/**
 * A stage evaluates Python and its tasks run while the JVM neither computes, collects, fetches nor writes: the time is spent
 * in the Python workers. The plan says which functions; the JVM's CPU time says how little Spark itself had to do.
 */
export const pythonUdf: Rule<SparkRun> = {
  id: 'spark/python-udf',
  area: 'spark',
  codes: ['code.inefficient_plan'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index));
    return heaviest(
      found.filter((finding) => finding !== null),
      SPARK_THRESHOLDS.pythonMinWeight,
    );
  },
};

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number): Finding | null {
  const rows = succeededRows(run, index).filter((row) => cpuMsOf(run, row) !== null);
  const outside = (row: number) => Math.max(0, ownRunMs(run, row) - (cpuMsOf(run, row) ?? 0));
  const ran = rows.reduce((sum, row) => sum + (run.tasks.runMs[row] ?? 0), 0);
  const away = rows.reduce((sum, row) => sum + outside(row), 0);
  if (ran <= 0 || away / ran < SPARK_THRESHOLDS.pythonShare) return null;
  const python = pythonNode(run, stage);
  if (!python) return null;
  const wall = wallOf(run, rows, outside);
  const weight = weightOf(clock, wall);
  return weight > 0 ? toFinding(run, stage, { ...python, rows, ran, away, wall, weight, outside }) : null;
}

function pythonNode(run: SparkRun, stage: StageFacts): { sql: SqlExecutionFacts; node: PlanNode } | null {
  for (const segment of segmentsOfStage(run, stage)) {
    const node = segment.nodes.find(({ name }) => ANY_PYTHON.test(name));
    if (node) return { sql: segment.sql, node };
  }
  return null;
}

interface PythonFigures {
  sql: SqlExecutionFacts;
  node: PlanNode;
  rows: readonly number[];
  ran: number;
  away: number;
  wall: number;
  weight: number;
  outside: (row: number) => number;
}

function toFinding(run: SparkRun, stage: StageFacts, figures: PythonFigures): Finding {
  const { node, ran, away } = figures;
  const name = `${stage.stageId}.${stage.attempt}`;
  const [all, outside] = [duration(ran), duration(away)];
  const cpu = duration(stage.cpuMs?.sum ?? 0);
  const records = (stage.inputRecords?.sum ?? 0) + (stage.shuffleReadRecords?.sum ?? 0);
  const functions = /\[(.{1,200}?)\], \[/.exec(withoutIds(node.description))?.[1] ?? '';
  const rowwise = ROW_AT_A_TIME.test(node.name);
  return sparkFinding(run, {
    rule: pythonUdf.id,
    kind: rowwise && figures.weight >= SPARK_THRESHOLDS.observedMinWeight ? 'observed' : 'inferred',
    code: 'code.inefficient_plan',
    symptom: 'slow',
    en: `Stage ${name} sends ${count(records)} rows through Python (${node.name}${functions ? `: ${functions}` : ''}): of ${all.en} run time ${outside.en} (${percent(away / ran)}) pass outside the JVM, whose own CPU time is ${cpu.en}`,
    zh: `阶段 ${name} 把 ${count(records)} 行送进 Python（${node.name}${functions ? `：${functions}` : ''}）：运行时间 ${all.zh}中有 ${outside.zh}（${percent(away / ran)}）花在 JVM 之外，JVM 自己只用了 ${cpu.zh} CPU`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [
      ...planNodeEvidence(figures.sql, node),
      ...taskEvidence(keptTaskNear(run, stage, Number.MAX_SAFE_INTEGER, figures.outside)),
      ...stageEvidence(stage),
    ],
    weight: figures.weight,
    values: {
      savedMs: figures.wall,
      runMs: ran,
      outsideJvmMs: away,
      shareOutsideJvm: away / ran,
      jvmCpuMs: stage.cpuMs?.sum,
      records,
      msPerRecord: records > 0 ? away / records : null,
      operator: node.name,
      functions,
    },
  });
}
