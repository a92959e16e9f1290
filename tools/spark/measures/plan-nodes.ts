import type { PlanNode, SparkRun, SqlExecutionFacts } from '../facts.ts';

/** More nodes than this tell nothing new; a reader keeps at most 5,000 of each plan. */
const MAX_NODES = 20_000;

/** The nodes of a plan, each before its children; bounded. */
export function* planNodes(plan: PlanNode | null): Generator<PlanNode, undefined> {
  const open = plan ? [plan] : [];
  for (let node = open.pop(), visited = 0; node && visited < MAX_NODES; node = open.pop(), visited += 1) {
    yield node;
    open.push(...node.children);
  }
}

/** The nodes of all plans of a run, each with its query; bounded for the run as a whole. */
export function* planNodesOfRun(
  run: Pick<SparkRun, 'sqlExecutions'>,
): Generator<{ sql: SqlExecutionFacts; node: PlanNode }, undefined> {
  let visited = 0;
  for (const sql of run.sqlExecutions) {
    for (const node of planNodes(sql.plan)) {
      if (visited >= MAX_NODES) return;
      visited += 1;
      yield { sql, node };
    }
  }
}
