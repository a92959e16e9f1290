import { TASK_STATUS, type TaskTable } from '../task-table.ts';
import { durationOf, type RowsByStage } from './summarise-stage.ts';

const SLOWEST = 5;
/** Stage attempts of which tasks are kept: those with the most task time. */
const MAX_STAGES = 400;

/** Hosts of a stage of which a usual task is kept. */
const MAX_HOSTS = 6;

/**
 * Rows of the tasks worth quoting, of each stage attempt: the slowest five, and for comparison the fastest, the one nearest
 * to the median, and the usual one of each host; running tasks by how long they have run. Attempts that failed are kept
 * elsewhere.
 */
export function chooseKeptTasks(table: TaskTable, { order, from }: RowsByStage, lastEventAt: number): number[] {
  const stages: { rows: Uint32Array; total: number }[] = [];
  for (let stage = 0; stage + 2 < from.length; stage += 1) {
    const rows = order.subarray(from[stage] ?? 0, from[stage + 1] ?? 0);
    let total = 0;
    for (const row of rows) total += lengthOf(table, row, lastEventAt);
    if (rows.length > 0) stages.push({ rows, total });
  }
  stages.sort((a, b) => b.total - a.total);
  const chosen = new Set<number>();
  for (const { rows } of stages.slice(0, MAX_STAGES)) {
    for (const row of slowestOf(table, rows, lastEventAt)) chosen.add(row);
    for (const row of usualOf(table, rows)) chosen.add(row);
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

/** The fastest, the median one, and the median one of each host. */
function usualOf(table: TaskTable, rows: Uint32Array): number[] {
  const good = rows.filter((row) => table.status[row] === TASK_STATUS.succeeded);
  good.sort((a, b) => durationOf(table, a) - durationOf(table, b));
  const byHost = new Map<number, number[]>();
  for (const row of good) {
    const host = table.host[row] ?? -1;
    const known = byHost.get(host);
    if (known) known.push(row);
    else if (byHost.size < MAX_HOSTS) byHost.set(host, [row]);
  }
  const middle = (sorted: ArrayLike<number>) => sorted[Math.ceil(sorted.length / 2) - 1];
  return [good[0], middle(good), ...[...byHost.values()].map(middle)].filter((row) => row !== undefined);
}
