import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts, StageFacts } from '../../../tools/spark/facts.ts';
import { planNodesOfRun } from '../../../tools/spark/measures/plan-nodes.ts';
import { isScan, metricOf } from '../../../tools/spark/measures/plan-segments.ts';
import { planNodeEvidence, stageEvidence } from '../../../tools/spark/measures/spark-evidence.ts';
import { relationOf } from './logical-stages.ts';
import { MOVABLE_BY_INPUT } from './movable-accounts.ts';
import { medianOf } from './run-history.ts';
import type { FoundChange } from './setting-changes.ts';
import { withoutRunMarks } from './without-run-marks.ts';

/** Inputs that differ by less than this are the ordinary change from day to day. */
const INPUT_NOTICED = 0.1;

/** What a run read of one relation; per scan, so that reading a relation twice is not a greater relation. */
interface RelationInput {
  rows: number | null;
  bytes: number | null;
  files: number | null;
  scans: number;
  /** What the scan asks of partitions, without dates and ids; `''` when it asks for nothing or the plan does not tell. */
  partitionFilters: string;
  evidence: readonly Evidence[];
}

/**
 * Relations (file locations without their date partitions, tables) of which a run read more or less than usual; where no
 * plan tells of any, the run's records read from outside as a whole.
 */
export function inputChanges(slow: SparkRun, baselines: readonly SparkRun[]): FoundChange[] {
  const now = relationInputs(slow);
  const before = baselines.map(relationInputs);
  const changes: FoundChange[] = [];
  for (const [relation, input] of now) {
    const usual = before.flatMap((base) => base.get(relation) ?? []);
    if (usual.length === 0) continue;
    const filters = filterChange(relation, input, before[0]?.get(relation));
    if (filters) changes.push(filters);
    // Many more rows out of the same bytes were read or computed again, not added.
    const sameBytes = usual.some(({ bytes }) => bytes !== null && input.bytes !== null && isUsual(input.bytes, bytes));
    for (const measure of ['rows', 'bytes', 'files'] as const) {
      if (measure === 'rows' && sameBytes) continue;
      const change = inputChange(relation, measure, input, usual);
      if (change) changes.push(change);
    }
  }
  if (now.size === 0 || before.every((base) => base.size === 0)) changes.push(...wholeInput(slow, baselines));
  // A run that goes on has not read all of its input yet.
  return slow.completeness.end === 'ended' ? changes : changes.filter(({ worsens }) => worsens);
}

/** Ends the name of a change of what a scan asks of partitions. */
export const PARTITION_FILTERS = ' partition filters';

/**
 * A relation that is read by other partition filters than before: more of it is read because the program asks for more, not
 * because it grew.
 */
function filterChange(relation: string, now: RelationInput, before: RelationInput | undefined): FoundChange | null {
  if (!before || now.partitionFilters === before.partitionFilters || before.partitionFilters === '') return null;
  if (now.bytes === null || before.bytes === null || now.bytes <= before.bytes * (1 + INPUT_NOTICED)) return null;
  return {
    what: 'plan',
    name: `${relation}${PARTITION_FILTERS}`,
    from: before.partitionFilters,
    to: now.partitionFilters === '' ? 'none' : now.partitionFilters,
    ratio: now.bytes / before.bytes,
    moves: MOVABLE_BY_INPUT,
    because: { en: 'Partitions are read that are not needed', zh: '读取了不需要的分区' },
    worsens: true,
    evidence: [...now.evidence, ...before.evidence],
  };
}

function isUsual(now: number, usual: number): boolean {
  return usual > 0 && Math.abs(now / usual - 1) < INPUT_NOTICED;
}

function inputChange(
  relation: string,
  measure: 'rows' | 'bytes' | 'files',
  now: RelationInput,
  usual: readonly RelationInput[],
): FoundChange | null {
  const to = now[measure];
  const known = usual.flatMap((input) => (input[measure] === null ? [] : [input[measure]]));
  if (to === null || known.length === 0) return null;
  const evidence = [...now.evidence, ...(usual[0]?.evidence ?? [])];
  return figureChange(`${relation} ${measure}`, known, to, evidence);
}

/** A figure outside the usual by more than the ordinary; `null` within it. */
function figureChange(
  name: string,
  usual: readonly number[],
  to: number,
  evidence: readonly Evidence[],
): FoundChange | null {
  const from = medianOf([...usual].sort((a, b) => a - b));
  const ratio = from > 0 ? to / from : null;
  if (ratio === null || Math.abs(ratio - 1) < INPUT_NOTICED) return null;
  return {
    what: 'input',
    name,
    from: String(Math.round(from)),
    to: String(Math.round(to)),
    ratio,
    moves: MOVABLE_BY_INPUT,
    because: { en: 'More is read and computed', zh: '读取和计算的数据更多' },
    worsens: ratio > 1,
    evidence,
  };
}

function wholeInput(slow: SparkRun, baselines: readonly SparkRun[]): FoundChange[] {
  const evidence = [...largestReader(slow), ...(baselines[0] ? largestReader(baselines[0]) : [])];
  const changes = (['inputRecords', 'inputBytes'] as const).map((figure) => {
    const sum = (run: SparkRun) => run.stages.reduce((total, stage) => total + (stage[figure]?.sum ?? 0), 0);
    const name = figure === 'inputRecords' ? 'input rows' : 'input bytes';
    return figureChange(name, baselines.map(sum), sum(slow), evidence);
  });
  return changes.flatMap((change) => change ?? []);
}

function largestReader(run: SparkRun): Evidence[] {
  let largest: StageFacts | null = null;
  for (const stage of run.stages) {
    if ((stage.inputRecords?.sum ?? 0) > (largest?.inputRecords?.sum ?? 0)) largest = stage;
  }
  return largest ? stageEvidence(largest) : [];
}

/** What was read of each relation, by the metrics of the scans (FileScan's names in 2.x to 4.x). */
function relationInputs(run: SparkRun): Map<string, RelationInput> {
  const inputs = new Map<string, RelationInput>();
  for (const { sql, node } of planNodesOfRun(run)) {
    if (isScan(node) && !node.name.startsWith('InMemory')) addScan(inputs, sql, node);
  }
  return inputs;
}

function addScan(inputs: Map<string, RelationInput>, sql: SqlExecutionFacts, node: PlanNode): void {
  const relation = relationOf(node);
  const rows = metricOf(node, 'number of output rows');
  const bytes = metricOf(node, 'size of files read') ?? metricOf(node, 'bytes of files read');
  const files = metricOf(node, 'number of files read') ?? metricOf(node, 'number of files');
  if (rows === null && bytes === null && files === null) return;
  const known = inputs.get(relation);
  inputs.set(relation, {
    rows: larger(known?.rows ?? null, rows),
    bytes: larger(known?.bytes ?? null, bytes),
    files: larger(known?.files ?? null, files),
    scans: (known?.scans ?? 0) + 1,
    partitionFilters: known?.partitionFilters ?? partitionFilters(node),
    evidence: known?.evidence ?? planNodeEvidence(sql, node),
  });
}

function larger(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

function partitionFilters(node: PlanNode): string {
  const text = /PartitionFilters: \[([^\]]{0,1000})/.exec(node.description)?.[1] ?? '';
  return withoutRunMarks(text).slice(0, 300);
}
