import type { PlanNode, SparkRun, SqlExecutionFacts, StageFacts } from '../facts.ts';

/**
 * The part of a plan that one stage computes: from one exchange (or the root) down to the next exchanges and scans. `writes`
 * is the exchange above it, `null` for the part that produces the query's result.
 */
export interface PlanSegment {
  sql: SqlExecutionFacts;
  writes: PlanNode | null;
  nodes: readonly PlanNode[];
  readsShuffle: boolean;
  readsInput: boolean;
}

const MAX_NODES = 20_000;

/** A shuffle or a broadcast: where a stage ends. Reused ones have no part of their own. */
function endsStage(node: PlanNode): boolean {
  return (
    /(?:Exchange|ShuffleExchange|BroadcastExchange)$/.test(firstWord(node.name)) && !node.name.startsWith('Reused')
  );
}

function firstWord(name: string): string {
  return name.split(/[ (]/, 1)[0] ?? '';
}

/** Nodes that read files, tables, caches or rows of the driver. */
export function isScan(node: PlanNode): boolean {
  return /^(?:File|Batch|Hive\w*|GpuFile)?Scan\b|^InMemoryTableScan|TableScan$|^LocalTableScan|^Range/.test(node.name);
}

const segmentsOf = new WeakMap<SqlExecutionFacts, readonly PlanSegment[]>();
const executionsOf = new WeakMap<SparkRun, ReadonlyMap<number, SqlExecutionFacts>>();

/** The query of an id; a run's queries are indexed once. */
function sqlExecutionOf(run: SparkRun, id: number | null): SqlExecutionFacts | undefined {
  const known = executionsOf.get(run) ?? new Map(run.sqlExecutions.map((sql) => [sql.id, sql]));
  executionsOf.set(run, known);
  return id === null ? undefined : known.get(id);
}

/** Cuts the plan of a query into the parts its stages compute; bounded. Empty when the log has no plan tree. */
export function planSegments(sql: SqlExecutionFacts): readonly PlanSegment[] {
  const known = segmentsOf.get(sql) ?? cutPlan(sql);
  segmentsOf.set(sql, known);
  return known;
}

function cutPlan(sql: SqlExecutionFacts): PlanSegment[] {
  if (!sql.plan) return [];
  const segments: PlanSegment[] = [];
  const open: { root: PlanNode; writes: PlanNode | null }[] = [{ root: sql.plan, writes: null }];
  let visited = 0;
  for (let part = open.pop(); part && visited < MAX_NODES; part = open.pop()) {
    const nodes: PlanNode[] = [];
    const pending: PlanNode[] = [part.root];
    let readsShuffle = false;
    for (let node = pending.pop(); node && visited < MAX_NODES; node = pending.pop()) {
      visited += 1;
      if (endsStage(node)) {
        if (!node.name.startsWith('Broadcast')) readsShuffle = true;
        for (const child of node.children) open.push({ root: child, writes: node });
        continue;
      }
      if (node.name.startsWith('ReusedExchange')) readsShuffle = true;
      nodes.push(node);
      pending.push(...node.children);
    }
    segments.push({ sql, writes: part.writes, nodes, readsShuffle, readsInput: nodes.some(isScan) });
  }
  return segments;
}

/** Value of a plan metric by its name, `null` when it was not logged. */
export function metricOf(node: PlanNode, name: string): number | null {
  const metric = Object.hasOwn(node.metrics, name) ? node.metrics[name] : undefined;
  return metric && Number.isFinite(metric.value) ? metric.value : null;
}

/**
 * The parts of the query's plan that a stage may have computed. The records an exchange wrote are exactly those its stage
 * wrote, which decides; where that metric is missing, what the stage reads and writes must fit. Empty when nothing fits.
 */
export function segmentsOfStage(run: SparkRun, stage: StageFacts): readonly PlanSegment[] {
  const sql = sqlExecutionOf(run, stage.sqlExecutionId);
  if (!sql) return [];
  const segments = planSegments(sql);
  const written = stage.shuffleWriteRecords?.sum ?? 0;
  const exact = segments.filter(
    ({ writes }) => writes !== null && written > 0 && metricOf(writes, 'shuffle records written') === written,
  );
  if (exact.length > 0) return exact;
  const readsShuffle = (stage.shuffleReadRecords?.sum ?? 0) > 0;
  return segments.filter((segment) => {
    const writesShuffle = segment.writes !== null && !segment.writes.name.startsWith('Broadcast');
    return segment.readsShuffle === readsShuffle && writesShuffle === written > 0;
  });
}

/** Columns of a plan description without Spark's expression ids: `user_id#3` is `user_id`. */
export function withoutIds(description: string): string {
  return description.replace(/#\d{1,12}L?/g, '');
}
