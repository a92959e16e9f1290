import { isObject, type JsonObject, listAt, numberAt, numbersOf, textAt } from '../event-log/json-fields.ts';
import type { PlanNode, SqlExecutionFacts } from '../facts.ts';
import { type RestItem, restTime } from './rest-answers.ts';

const MAX_DEPTH = 400;

/** SQL executions out of `/sql?details=true`. */
export function sqlOf(items: readonly RestItem[]): SqlExecutionFacts[] {
  return items.flatMap((item) => {
    const { json } = item;
    const id = numberAt(json, 'id');
    if (id === null) return [];
    const startedAt = restTime(json.submissionTime);
    const status = textAt(json, 'status');
    const ended = status !== 'RUNNING' && startedAt !== null;
    const physicalPlan = textAt(json, 'planDescription') ?? '';
    const quote = item.quote();
    return [
      {
        id,
        rootId: null,
        description: (textAt(json, 'description') ?? '').slice(0, 4_096),
        details: '',
        startedAt,
        endedAt: ended ? startedAt + (numberAt(json, 'duration') ?? 0) : null,
        // The service tells that it failed, not why; the failed job's stage tells that.
        errorMessage: status === 'COMPLETED' ? '' : null,
        jobIds: ['runningJobIds', 'successJobIds', 'failedJobIds']
          .flatMap((key) => numbersOf(listAt(json, key)))
          .sort((a, b) => a - b),
        physicalPlan: physicalPlan.slice(0, 1_000_000),
        planIsFinal: !/== Current Plan ==|isFinalPlan=false/.test(physicalPlan),
        plan: planOf(json),
        quotes: { start: quote, lastPlan: quote, end: ended ? quote : null, driverMetrics: [] },
      },
    ];
  });
}

/** The plan's tree out of nodes and edges (an edge leads from a child to its parent). */
function planOf(json: JsonObject): PlanNode | null {
  const nodes = new Map<number, JsonObject>();
  for (const node of listAt(json, 'nodes')) {
    if (!isObject(node)) continue;
    const id = numberAt(node, 'nodeId');
    if (id !== null) nodes.set(id, node);
  }
  const children = new Map<number, number[]>();
  const isChild = new Set<number>();
  for (const edge of listAt(json, 'edges')) {
    if (!isObject(edge)) continue;
    const from = numberAt(edge, 'fromId');
    const to = numberAt(edge, 'toId');
    if (from === null || to === null) continue;
    children.set(to, [...(children.get(to) ?? []), from]);
    isChild.add(from);
  }
  const root = [...nodes.keys()].sort((a, b) => a - b).find((id) => !isChild.has(id) && !isCodegenBox(nodes.get(id)));
  if (root === undefined) return null;
  const seen = new Set<number>();
  const build = (id: number, depth: number): PlanNode | null => {
    const node = nodes.get(id);
    if (node === undefined || seen.has(id) || depth > MAX_DEPTH) return null;
    seen.add(id);
    const below = (children.get(id) ?? []).map((child) => build(child, depth + 1));
    return {
      name: (textAt(node, 'nodeName') ?? '').slice(0, 500),
      description: (textAt(node, 'nodeName') ?? '').slice(0, 500),
      children: below.filter((child) => child !== null),
      metrics: metricsOf(node),
    };
  };
  return build(root, 0);
}

/** A box drawn around nodes that were compiled together: it has metrics of its own but no place in the tree. */
function isCodegenBox(node: JsonObject | undefined): boolean {
  return (textAt(node ?? null, 'nodeName') ?? '').startsWith('WholeStageCodegen');
}

function metricsOf(node: JsonObject): PlanNode['metrics'] {
  const metrics: [string, { value: number; type: string }][] = [];
  for (const metric of listAt(node, 'metrics')) {
    if (!isObject(metric)) continue;
    const name = textAt(metric, 'name');
    const value = readMetric(textAt(metric, 'value') ?? '');
    if (name !== null && value !== null) metrics.push([name, value]);
  }
  return Object.fromEntries(metrics);
}

const BYTES: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, min: 6e4, h: 3.6e6 };

/**
 * A metric as the UI prints it (SQLMetrics.stringValue, 3.0–4.1): `1,200`, `12.3 MiB`, `1.5 s`, or over several tasks
 * `total (min, med, max (stageId: taskId))` with the total first on the next line. Rounded, as it is printed.
 */
export function readMetric(printed: string): { value: number; type: string } | null {
  const line = printed.startsWith('total (') ? (printed.split('\n', 2)[1] ?? '') : printed;
  const found = /^\s?(-?[\d,]{1,25}(?:\.\d{1,6})?)(?: ([A-Za-z]{1,3}))?(?:\s|\(|$)/.exec(line.slice(0, 100));
  if (found?.[1] === undefined) return null;
  const number = Number(found[1].replaceAll(',', ''));
  const unit = found[2];
  if (!Number.isFinite(number)) return null;
  if (unit === undefined) return { value: number, type: 'sum' };
  const bytes = BYTES[unit];
  if (bytes !== undefined) return { value: number * bytes, type: 'size' };
  const ms = MILLISECONDS[unit];
  return ms === undefined ? null : { value: number * ms, type: 'timing' };
}
