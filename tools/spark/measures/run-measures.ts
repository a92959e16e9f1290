import type { SparkRun } from '../facts.ts';
import { TASK_STATUS } from '../task-table.ts';
import { type RunClock, runClock } from './run-clock.ts';

/** Figures over all tasks that several rules need, computed once for a run. */
export interface RunMeasures {
  clock: RunClock | null;
  /** Rows of each stage attempt, by its index in `SparkRun.stages`. */
  rowsOfStage: readonly Int32Array[];
  /** When each attempt was launched, within the run's window. */
  startedAt: Float64Array;
  /** When each attempt ended; an attempt without an end ends with its executor or with the run. */
  endedAt: Float64Array;
  /**
   * Each attempt's part of the wall clock: every instant in which tasks run is divided among those that run then. All
   * parts add up to the time in which any task ran, so a share of them is a share of the wall clock.
   */
  wallShareMs: Float64Array;
}

const cache = new WeakMap<SparkRun, RunMeasures>();

/** The measures of a run; a second call for the same run answers from memory. */
export function measuresOf(run: SparkRun): RunMeasures {
  const known = cache.get(run);
  if (known) return known;
  const clock = runClock(run);
  const startedAt = startsOf(run, clock);
  const endedAt = endsOf(run, clock, startedAt);
  const wallShareMs = wallShares(startedAt, endedAt);
  const measures = { clock, startedAt, endedAt, rowsOfStage: rowsByStage(run), wallShareMs };
  cache.set(run, measures);
  return measures;
}

/** A time within the run's window: all task times are the driver's, what lies outside was not measured. */
function within(clock: RunClock | null, at: number, fallback: number): number {
  if (!Number.isFinite(at)) return fallback;
  return clock ? Math.min(clock.to, Math.max(clock.from, at)) : Math.max(0, at);
}

function startsOf(run: SparkRun, clock: RunClock | null): Float64Array {
  const from = clock?.from ?? 0;
  return Float64Array.from(run.tasks.launchedAt.subarray(0, run.tasks.length), (at) => within(clock, at, from));
}

function endsOf(run: SparkRun, clock: RunClock | null, startedAt: Float64Array): Float64Array {
  const { tasks } = run;
  const ends = new Float64Array(tasks.length);
  for (let row = 0; row < tasks.length; row += 1) {
    const launched = startedAt[row] ?? 0;
    const finished = tasks.finishedAt[row] ?? Number.NaN;
    const removed = run.executors[tasks.executor[row] ?? -1]?.removedAt;
    const end = Number.isFinite(finished) && finished > 0 ? finished : (removed ?? clock?.to ?? launched);
    ends[row] = Math.max(launched, within(clock, end, launched));
  }
  return ends;
}

function rowsByStage(run: SparkRun): Int32Array[] {
  const sizes = new Int32Array(run.stages.length);
  for (let row = 0; row < run.tasks.length; row += 1) {
    const stage = run.tasks.stage[row] ?? -1;
    if (stage >= 0 && stage < sizes.length) sizes[stage] = (sizes[stage] ?? 0) + 1;
  }
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(run.stages.length);
  for (let row = 0; row < run.tasks.length; row += 1) {
    const stage = run.tasks.stage[row] ?? -1;
    const list = rows[stage];
    if (!list) continue;
    const at = filled[stage] ?? 0;
    list[at] = row;
    filled[stage] = at + 1;
  }
  return rows;
}

/** Sweep over starts and ends: `clock(t)` is the integral of 1 / running tasks, so a task's part is a difference of two. */
function wallShares(startedAt: Float64Array, endedAt: Float64Array): Float64Array {
  const { length } = startedAt;
  const starts = Float64Array.from(startedAt).sort();
  const ends = Float64Array.from(endedAt).sort();
  const times = new Float64Array(2 * length);
  const integral = new Float64Array(2 * length);
  let s = 0;
  let e = 0;
  let running = 0;
  let last = 0;
  let sum = 0;
  for (let at = 0; at < times.length; at += 1) {
    const nextStart = s < length ? (starts[s] ?? 0) : Number.POSITIVE_INFINITY;
    const nextEnd = ends[e] ?? Number.POSITIVE_INFINITY;
    const time = Math.min(nextStart, nextEnd);
    if (running > 0) sum += (time - last) / running;
    if (nextStart <= nextEnd) {
      s += 1;
      running += 1;
    } else {
      e += 1;
      running -= 1;
    }
    last = time;
    times[at] = time;
    integral[at] = sum;
  }
  const shares = new Float64Array(length);
  for (let row = 0; row < length; row += 1) {
    shares[row] = valueAt(times, integral, endedAt[row] ?? 0) - valueAt(times, integral, startedAt[row] ?? 0);
  }
  return shares;
}

/** Value of the integral at a time that occurs in `times` (last entry not after it). */
function valueAt(times: Float64Array, integral: Float64Array, time: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return integral[low] ?? 0;
}

/** Duration of an attempt by the driver's clock. */
export function durationOf(run: SparkRun, row: number): number {
  const { startedAt, endedAt } = measuresOf(run);
  return (endedAt[row] ?? 0) - (startedAt[row] ?? 0);
}

/**
 * Whether a lost attempt had finished before its executor went: then its output was lost, and it was not interrupted. An
 * executor's last tasks end with it, give or take what the driver needs to notice.
 */
export function isLostOutput(run: SparkRun, row: number): boolean {
  if (run.tasks.status[row] !== TASK_STATUS.lost || run.tasks.hasMetrics[row] !== 1) return false;
  const removedAt = run.executors[run.tasks.executor[row] ?? -1]?.removedAt;
  return (
    removedAt !== null && removedAt !== undefined && (run.tasks.finishedAt[row] ?? Number.NaN) < removedAt - NOTICED_MS
  );
}

const NOTICED_MS = 500;

/** Rows of a stage attempt that succeeded and carry metrics. */
export function succeededRows(run: SparkRun, stageIndex: number): number[] {
  const rows = measuresOf(run).rowsOfStage[stageIndex] ?? new Int32Array();
  const kept: number[] = [];
  for (const row of rows) {
    if (run.tasks.status[row] === TASK_STATUS.succeeded && run.tasks.hasMetrics[row] === 1) kept.push(row);
  }
  return kept;
}

/**
 * Wall clock that a component of the tasks' time takes: each attempt's part of the wall clock times the component's share
 * of the attempt (clipped to the attempt, since GC and fetch wait can exceed it).
 */
export function wallOf(run: SparkRun, rows: Iterable<number>, componentMs: (row: number) => number): number {
  const { wallShareMs } = measuresOf(run);
  let sum = 0;
  for (const row of rows) {
    const whole = durationOf(run, row);
    const part = Math.min(Math.max(componentMs(row), 0), whole);
    if (whole > 0 && Number.isFinite(part)) sum += ((wallShareMs[row] ?? 0) * part) / whole;
  }
  return sum;
}
