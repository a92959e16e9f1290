import { TASK_STATUS, type TaskTable } from '../task-table.ts';
import { durationOf, type RowsByStage, type StageSummary } from './summarise-stage.ts';

const SLOWEST = 5;
/** Stage attempts of which tasks are kept: those with the most task time. */
const MAX_STAGES = 250;

/** Hosts of a stage of which a usual task is kept. */
const MAX_HOSTS = 6;

/**
 * Rows of the tasks worth quoting, of each stage attempt: the slowest five, and for comparison the fastest, the one nearest
 * to the median, and the usual one of each host; running tasks by how long they have run. Attempts that failed are kept
 * elsewhere.
 */
export function chooseKeptTasks(
  table: TaskTable,
  { order, from }: RowsByStage,
  summaries: readonly Pick<StageSummary, 'durationMs' | 'hosts'>[],
  lastEventAt: number,
): number[] {
  const stages: { rows: Uint32Array; summary: Pick<StageSummary, 'durationMs' | 'hosts'>; total: number }[] = [];
  summaries.forEach((summary, stage) => {
    const rows = order.subarray(from[stage] ?? 0, from[stage + 1] ?? 0);
    let total = 0;
    for (let at = 0; at < rows.length; at += 1) total += lengthOf(table, rows[at] as number, lastEventAt);
    if (rows.length > 0) stages.push({ rows, summary, total });
  });
  stages.sort((a, b) => b.total - a.total);
  const chosen = new Set<number>();
  for (const { rows, summary } of stages.slice(0, MAX_STAGES)) {
    for (const row of slowestOf(table, rows, lastEventAt)) chosen.add(row);
    for (const row of usualOf(table, rows, summary)) chosen.add(row);
  }
  return [...chosen].sort((a, b) => a - b);
}

function lengthOf(table: TaskTable, row: number, now: number): number {
  const duration = durationOf(table, row);
  return Number.isNaN(duration) ? Math.max(0, now - (table.launchedAt[row] ?? now)) || 0 : duration;
}

function slowestOf(table: TaskTable, rows: Uint32Array, now: number): number[] {
  const slowest: { row: number; length: number }[] = [];
  for (const row of rows) {
    const status = table.status[row];
    if (status !== TASK_STATUS.succeeded && status !== TASK_STATUS.running) continue;
    const length = lengthOf(table, row, now);
    if (slowest.length === SLOWEST && length <= (slowest[SLOWEST - 1]?.length ?? 0)) continue;
    slowest.push({ row, length });
    slowest.sort((a, b) => b.length - a.length);
    slowest.length = Math.min(slowest.length, SLOWEST);
  }
  return slowest.map(({ row }) => row);
}

/**
 * The fastest, the median one, and the median one of each host. Quantiles are by nearest rank, so a task of exactly that
 * duration exists.
 */
function usualOf(
  table: TaskTable,
  rows: Uint32Array,
  { durationMs, hosts }: Pick<StageSummary, 'durationMs' | 'hosts'>,
): number[] {
  if (durationMs === null) return [];
  const wantedOf = new Map<number, number>();
  for (const share of hosts.slice(0, MAX_HOSTS)) wantedOf.set(table.hosts.indexOf(share.host), share.medianDurationMs);
  let fastest: number | undefined;
  let median: number | undefined;
  const found = new Map<number, number>();
  for (const row of rows) {
    if (table.status[row] !== TASK_STATUS.succeeded) continue;
    const duration = durationOf(table, row);
    if (duration === durationMs.min) fastest ??= row;
    if (duration === durationMs.p50) median ??= row;
    const host = table.host[row] as number;
    if (duration === wantedOf.get(host) && !found.has(host)) found.set(host, row);
  }
  return [fastest, median, ...found.values()].filter((row) => row !== undefined);
}
