import type { PlanNode, SparkRun, SqlExecutionFacts, StageFacts } from '../../../tools/spark/facts.ts';
import { isScan, planSegments } from '../../../tools/spark/measures/plan-segments.ts';
import { withoutRunMarks } from './without-run-marks.ts';

/** One stage of a run with all its attempts, described by its structure and by nothing that changes from run to run. */
export interface LogicalStage {
  stageId: number;
  /** Rows in `SparkRun.stages`. */
  rows: readonly number[];
  /** Place among the run's stages, by first submission. */
  order: number;
  /** Call site without line numbers and dates. */
  site: string;
  /** Description of its SQL execution, and which of those with the same description it is. */
  query: string;
  /** Operators it computes, sorted; empty without a plan. */
  operators: readonly string[];
  /** Relations it scans, without dates and partitions. */
  relations: readonly string[];
  /** Kinds of RDD, sorted. */
  rdds: readonly string[];
  /** What goes in and out: `input`, `shuffle-in`, `shuffle-out`, `output`. */
  shape: readonly string[];
  /** Everything above in one text: equal for the same stage of the same job. */
  signature: string;
}

/** Nodes that adaptive execution and code generation put around operators; their presence is no structure. */
const WRAPPERS =
  /^(?:AdaptiveSparkPlan|WholeStageCodegen|InputAdapter|ColumnarToRow|RowToColumnar|AQEShuffleRead|CustomShuffleReader|ShuffleQueryStage|BroadcastQueryStage|TableCacheQueryStage|ResultQueryStage|ReusedExchange|ReusedSubquery|Subquery|SubqueryBroadcast|CollectLimit|TakeOrderedAndProject|Exchange|BroadcastExchange)\b/;

/** The stages of a run as structures; O(stages × plan nodes), plans read once. */
export function logicalStages(run: SparkRun): LogicalStage[] {
  const queries = queryNames(run);
  const plans = new Map<number, PlanPart[]>();
  for (const sql of run.sqlExecutions) plans.set(sql.id, planParts(sql));
  const byId = new Map<number, number[]>();
  for (const [row, stage] of run.stages.entries()) {
    const rows = byId.get(stage.stageId);
    if (rows) rows.push(row);
    else byId.set(stage.stageId, [row]);
  }
  const stages = [...byId].map(([stageId, rows]) => ({ stageId, rows, at: firstSubmission(run, rows) }));
  stages.sort((a, b) => a.at - b.at || a.stageId - b.stageId);
  return stages.map(({ stageId, rows }, order) => describe(run, stageId, rows, order, queries, plans));
}

interface PlanPart {
  operators: readonly string[];
  relations: readonly string[];
  readsShuffle: boolean;
  readsInput: boolean;
  writesShuffle: boolean;
  recordsWritten: number | null;
}

function describe(
  run: SparkRun,
  stageId: number,
  rows: readonly number[],
  order: number,
  queries: ReadonlyMap<number, string>,
  plans: ReadonlyMap<number, PlanPart[]>,
): LogicalStage {
  const attempts = rows.map((row) => run.stages[row] as StageFacts);
  const first = attempts[0] as StageFacts;
  const shape = shapeOf(attempts);
  const part = partOf(attempts, shape, plans.get(first.sqlExecutionId ?? -1) ?? []);
  const query = queries.get(first.sqlExecutionId ?? -1) ?? '';
  const site = withoutRunMarks(first.name).replace(/:\d{1,9}\b/g, '');
  const rdds = [...new Set(first.rddNames.map((name) => withoutRunMarks(name).slice(0, 200)))].sort();
  const operators = part?.operators ?? [];
  const relations = part?.relations ?? [];
  const signature = [query, site, operators.join(','), relations.join(','), shape.join(',')].join('|');
  return { stageId, rows, order, site, query, operators, relations, rdds, shape, signature };
}

/** Executions by what they are called and how many of that name came before: `parquet at …#2`. */
function queryNames(run: SparkRun): Map<number, string> {
  const seen = new Map<string, number>();
  const names = new Map<number, string>();
  const order = [...run.sqlExecutions].sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || a.id - b.id);
  for (const sql of order) {
    const name = withoutRunMarks(sql.description)
      .replace(/:\d{1,9}\b/g, '')
      .slice(0, 300);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    names.set(sql.id, `${name}#${nth}`);
  }
  return names;
}

function planParts(sql: SqlExecutionFacts): PlanPart[] {
  return planSegments(sql).map((segment) => ({
    operators: [...new Set(segment.nodes.map(operatorName).filter((name) => name !== ''))].sort(),
    relations: [...new Set(segment.nodes.filter(isScan).map(relationOf))].sort(),
    readsShuffle: segment.readsShuffle,
    readsInput: segment.readsInput,
    writesShuffle: segment.writes !== null && !segment.writes.name.startsWith('Broadcast'),
    recordsWritten: segment.writes?.metrics['shuffle records written']?.value ?? null,
  }));
}

/** An operator's name without its number, `''` for what only wraps operators. */
export function operatorName(node: PlanNode): string {
  const name = node.name.replace(/\s*\(\d{1,6}\)\s*$/, '').trim();
  return WRAPPERS.test(name) ? '' : withoutRunMarks(name).slice(0, 120);
}

/** The file location or table a scan reads, without dates and partition values. */
export function relationOf(node: PlanNode): string {
  const place = /Location: ?\w{0,40} ?(?:\(\d{1,9} paths\))?\[([^\],]{1,600})/.exec(node.description)?.[1];
  const named = place ?? node.name.replace(/^(?:\w{1,20}Scan|Scan) /, '');
  // Folders of partitions (`dt=…/hour=…`) are not the relation's name: one run may read one of them, the next their parent.
  const whole = withoutRunMarks(named).replace(/\/[\w.-]{1,100}=[^/]{0,200}(?:\/.{0,600})?$/s, '');
  return whole.trim() || node.name;
}

/**
 * The part of the plan a stage computes: its exchange wrote as many records as the stage did, else what it reads and
 * writes fits only one part.
 */
function partOf(
  attempts: readonly StageFacts[],
  shape: readonly string[],
  parts: readonly PlanPart[],
): PlanPart | null {
  const written = attempts.reduce((sum, stage) => sum + (stage.shuffleWriteRecords?.sum ?? 0), 0);
  const exact = parts.filter((part) => written > 0 && part.recordsWritten === written);
  if (exact.length > 0) return exact[0] ?? null;
  const fitting = parts.filter(
    (part) =>
      part.readsShuffle === shape.includes('shuffle-in') &&
      part.writesShuffle === shape.includes('shuffle-out') &&
      (part.readsInput || !shape.includes('input')),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function shapeOf(attempts: readonly StageFacts[]): string[] {
  const any = (of: (stage: StageFacts) => number | undefined) => attempts.some((stage) => (of(stage) ?? 0) > 0);
  const shape: string[] = [];
  if (any((stage) => (stage.inputRecords?.sum ?? 0) + (stage.inputBytes?.sum ?? 0))) shape.push('input');
  if (any((stage) => stage.shuffleReadRecords?.sum)) shape.push('shuffle-in');
  if (any((stage) => stage.shuffleWriteRecords?.sum)) shape.push('shuffle-out');
  if (any((stage) => (stage.outputRecords?.sum ?? 0) + (stage.outputBytes?.sum ?? 0))) shape.push('output');
  return shape;
}

function firstSubmission(run: SparkRun, rows: readonly number[]): number {
  return rows.reduce((first, row) => Math.min(first, run.stages[row]?.submittedAt ?? first), Number.MAX_SAFE_INTEGER);
}
