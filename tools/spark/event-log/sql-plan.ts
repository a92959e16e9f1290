import type { PlanNode } from '../facts.ts';
import { isObject, type JsonObject, listAt, numberAt, textAt } from './json-fields.ts';

const MAX_DESCRIPTION = 2_048;
const MAX_DEPTH = 400;
const MAX_NODES = 5_000;

/** A plan node whose metrics still point at accumulators. */
export interface UnresolvedPlan {
  name: string;
  description: string;
  children: UnresolvedPlan[];
  metrics: { name: string; accumulatorId: number; type: string }[];
}

/**
 * Spark's `sparkPlanInfo` as a tree. Deeper than 400 levels or more than 5,000 nodes are left out: no plan a person
 * could read is that large, and a hostile one must not exhaust the stack.
 */
export function planOf(info: JsonObject | null): UnresolvedPlan | null {
  if (info === null) return null;
  const budget = { nodes: MAX_NODES };
  return nodeOf(info, 0, budget);
}

function nodeOf(info: JsonObject, depth: number, budget: { nodes: number }): UnresolvedPlan {
  budget.nodes -= 1;
  const children: UnresolvedPlan[] = [];
  if (depth < MAX_DEPTH) {
    for (const child of listAt(info, 'children')) {
      if (budget.nodes <= 0) break;
      if (isObject(child)) children.push(nodeOf(child, depth + 1, budget));
    }
  }
  return {
    name: (textAt(info, 'nodeName') ?? '').slice(0, 500),
    description: (textAt(info, 'simpleString') ?? '').slice(0, MAX_DESCRIPTION),
    children,
    metrics: metricsOf(info),
  };
}

/** The metric definitions of a node or of an adaptive metric update. */
export function metricsOf(info: JsonObject, key = 'metrics'): UnresolvedPlan['metrics'] {
  const metrics: UnresolvedPlan['metrics'] = [];
  for (const metric of listAt(info, key).slice(0, 500)) {
    if (!isObject(metric)) continue;
    const name = textAt(metric, 'name');
    const accumulatorId = numberAt(metric, 'accumulatorId');
    if (name !== null && accumulatorId !== null) {
      metrics.push({ name, accumulatorId, type: textAt(metric, 'metricType') ?? '' });
    }
  }
  return metrics;
}

/** The tree with the values of those metrics that were reported; a metric nobody updated has no entry. */
export function resolvePlan(plan: UnresolvedPlan, valueAt: (accumulatorId: number) => number | undefined): PlanNode {
  const metrics: [string, { value: number; type: string }][] = [];
  for (const { name, accumulatorId, type } of plan.metrics) {
    const value = valueAt(accumulatorId);
    if (value !== undefined) metrics.push([name, { value, type }]);
  }
  return {
    name: plan.name,
    description: plan.description,
    children: plan.children.map((child) => resolvePlan(child, valueAt)),
    metrics: Object.fromEntries(metrics),
  };
}

/** Every metric definition of a tree. */
export function* metricsIn(plan: UnresolvedPlan): Generator<UnresolvedPlan['metrics'][number]> {
  yield* plan.metrics;
  for (const child of plan.children) yield* metricsIn(child);
}
