import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts } from '../../../tools/spark/facts.ts';
import { planNodesOfRun } from '../../../tools/spark/measures/plan-nodes.ts';
import { planNodeEvidence } from '../../../tools/spark/measures/spark-evidence.ts';
import { operatorName } from './logical-stages.ts';
import { MOVABLE_BY_PLAN_NODE, movableEntry } from './movable-accounts.ts';
import type { FoundChange } from './setting-changes.ts';

/** Nodes that matter though `operatorName` takes them for wrappers. */
const COUNTED_WRAPPERS = /^(?:Exchange|BroadcastExchange|AdaptiveSparkPlan)\b/;

interface CountedNode {
  count: number;
  sql: SqlExecutionFacts;
  node: PlanNode;
}

/**
 * Kinds of plan nodes of which the run's final plans have another number than those of every baseline:
 * BroadcastHashJoin 1 → 0, SortMergeJoin 0 → 1, BatchEvalPython 0 → 1.
 */
export function planChanges(slow: SparkRun, baselines: readonly SparkRun[]): FoundChange[] {
  const [newest] = baselines;
  if (!newest || slow.sqlExecutions.length === 0) return [];
  const now = countNodes(slow);
  const before = baselines.map(countNodes);
  const names = new Set([...now.keys(), ...(before[0]?.keys() ?? [])]);
  const changes: FoundChange[] = [];
  for (const name of [...names].sort()) {
    const count = now.get(name)?.count ?? 0;
    if (before.some((base) => (base.get(name)?.count ?? 0) === count)) continue;
    const was = before[0]?.get(name);
    const entry = movableEntry(MOVABLE_BY_PLAN_NODE, name);
    const more = count > (was?.count ?? 0);
    changes.push({
      what: 'plan',
      name,
      from: String(was?.count ?? 0),
      to: String(count),
      ratio: was && was.count > 0 ? count / was.count : null,
      moves: entry?.accounts ?? [],
      because: entry?.because ?? { en: 'The plan has other nodes', zh: '执行计划的节点不同' },
      worsens: entry !== null && (entry.slowerWhen === undefined || (entry.slowerWhen === 'more') === more),
      evidence: nodeEvidence(now.get(name) ?? was),
    });
  }
  return changes;
}

/** Nodes of a run's plans by name, with one of each kind to quote; bounded. */
function countNodes(run: SparkRun): Map<string, CountedNode> {
  const counted = new Map<string, CountedNode>();
  for (const { sql, node } of planNodesOfRun(run)) {
    const name = operatorName(node) || (COUNTED_WRAPPERS.exec(node.name)?.[0] ?? '');
    if (name === '') continue;
    const known = counted.get(name);
    if (known) known.count += 1;
    else counted.set(name, { count: 1, sql, node });
  }
  return counted;
}

function nodeEvidence(counted: CountedNode | undefined): Evidence[] {
  return counted ? planNodeEvidence(counted.sql, counted.node) : [];
}
