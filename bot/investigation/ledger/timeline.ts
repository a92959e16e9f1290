import type { SparkRun } from '../../../tools/spark/facts.ts';
import { TASK_STATUS } from '../../../tools/spark/task-table.ts';
import type { AskedSlots } from './asked-slots.ts';
import { askedSlots } from './asked-slots.ts';
import type { AttemptFates } from './attempt-fates.ts';
import { commitSpans } from './commit-spans.ts';
import { densePartitions } from './dense-partitions.ts';
import type { ExecutorSlots } from './executor-slots.ts';
import type { RunWindow } from './run-window.ts';

/** What can change at an instant. */
export const CHANGE = {
  attemptStarts: 0,
  attemptEnds: 1,
  stageStarts: 2,
  stageEnds: 3,
  executorComes: 4,
  executorGoes: 5,
  jobStarts: 6,
  jobEnds: 7,
  executionStarts: 8,
  executionEnds: 9,
  commitStarts: 10,
  commitEnds: 11,
  /** Looked up by time; the change only cuts the interval. */
  exclusionStarts: 12,
  exclusionEnds: 13,
  /** Nothing changes but the rule that applies (launch, start of the application, end of the records). */
  boundary: 14,
} as const;

/** Everything that changes during a run, in order of time: the sweep's input. */
export interface Timeline {
  run: SparkRun;
  window: RunWindow;
  executors: ExecutorSlots;
  asked: AskedSlots;
  fates: AttemptFates;
  /** Changes in order: instant, kind (`CHANGE`) and what it is about (row, stage, life or nothing). */
  at: Float64Array;
  kind: Uint8Array;
  about: Int32Array;
  /** Dense number of each row's partition within its stage attempt. */
  partition: Int32Array;
  partitions: number;
  /** Tasks each stage had to run. */
  taskCounts: Float64Array;
  /** A row ends with its partition done. */
  completes: Uint8Array;
}

/** Collects and orders the changes: O((tasks + events) log n). */
export function timeline(run: SparkRun, window: RunWindow, executors: ExecutorSlots, fates: AttemptFates): Timeline {
  const changes = new Changes();
  const { tasks } = run;
  const completes = new Uint8Array(tasks.length);
  for (let row = 0; row < tasks.length; row++) {
    changes.span(CHANGE.attemptStarts, row, tasks.launchedAt[row] as number, fates.endedAt[row] as number);
    completes[row] = tasks.status[row] === TASK_STATUS.succeeded ? 1 : 0;
  }
  addStages(changes, run, window, fates);
  for (const [index, life] of executors.lives.entries()) {
    changes.span(CHANGE.executorComes, index, life.from, life.until);
  }
  for (const job of run.jobs) {
    if (job.submittedAt !== null) {
      changes.span(CHANGE.jobStarts, job.id, job.submittedAt, job.endedAt ?? window.to);
    }
  }
  for (const execution of run.sqlExecutions) {
    if (execution.startedAt === null) continue;
    changes.span(CHANGE.executionStarts, execution.id, execution.startedAt, execution.endedAt ?? window.to);
  }
  for (const span of commitSpans(run, window.to)) changes.span(CHANGE.commitStarts, 0, span.from, span.until);
  for (const instant of [window.from, window.launchedAt, window.startedAt, window.recordedUntil, window.to]) {
    changes.add(CHANGE.boundary, 0, instant);
  }
  for (const executor of run.executors) {
    for (const span of executor.exclusions) changes.span(CHANGE.exclusionStarts, 0, span.from, span.until ?? window.to);
  }
  const partitions = densePartitions(run, run.stages.length, (stage) => stage);
  const taskCounts = Float64Array.from(run.stages, (stage) => Math.max(0, stage.taskCount));
  return {
    run,
    window,
    executors,
    asked: askedSlots(run, executors),
    fates,
    ...changes.ordered(),
    partition: partitions.of,
    partitions: partitions.count,
    taskCounts,
    completes,
  };
}

/** A stage without its own times is active while its attempts ran. */
function addStages(changes: Changes, run: SparkRun, window: RunWindow, fates: AttemptFates): void {
  const { tasks, stages } = run;
  const first = new Float64Array(stages.length).fill(Number.POSITIVE_INFINITY);
  const last = new Float64Array(stages.length).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < tasks.length; row++) {
    const stage = tasks.stage[row] as number;
    if (stage < 0 || stage >= stages.length) continue;
    first[stage] = Math.min(first[stage] as number, tasks.launchedAt[row] as number);
    last[stage] = Math.max(last[stage] as number, fates.endedAt[row] as number);
  }
  for (const [index, stage] of stages.entries()) {
    const from = stage.submittedAt ?? (first[index] as number);
    if (!Number.isFinite(from)) continue;
    const over = stage.completedAt ?? (stage.status === 'running' ? window.to : (last[index] as number));
    changes.span(CHANGE.stageStarts, index, from, Number.isFinite(over) ? over : from);
  }
}

/** Growing lists of changes; sorted once. */
class Changes {
  readonly #at: number[] = [];
  readonly #kind: number[] = [];
  readonly #about: number[] = [];

  add(kind: number, about: number, at: number): void {
    if (!Number.isFinite(at)) return;
    this.#at.push(Math.round(at));
    this.#kind.push(kind);
    this.#about.push(about);
  }

  /** A start and its end; the end's kind is the next number after the start's. */
  span(startKind: number, about: number, from: number, until: number): void {
    if (!Number.isFinite(from) || !Number.isFinite(until)) return;
    this.add(startKind, about, from);
    this.add(startKind + 1, about, Math.max(from, until));
  }

  ordered(): Pick<Timeline, 'at' | 'kind' | 'about'> {
    const order = orderOf(this.#at);
    const at = new Float64Array(order.length);
    const kind = new Uint8Array(order.length);
    const about = new Int32Array(order.length);
    for (let i = 0; i < order.length; i++) {
      const from = order[i] as number;
      at[i] = this.#at[from] as number;
      kind[i] = this.#kind[from] as number;
      about[i] = this.#about[from] as number;
    }
    return { at, kind, about };
  }
}

/** Stable order of times. Time and position are packed into one double where they fit: a native sort of numbers. */
function orderOf(times: readonly number[]): Uint32Array {
  const count = times.length;
  const order = new Uint32Array(count);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    least = Math.min(least, time);
    most = Math.max(most, time);
  }
  if ((most - least + 1) * count < Number.MAX_SAFE_INTEGER) {
    const packed = new Float64Array(count);
    for (let i = 0; i < count; i++) packed[i] = ((times[i] as number) - least) * count + i;
    packed.sort();
    for (let i = 0; i < count; i++) order[i] = (packed[i] as number) % count;
    return order;
  }
  for (let i = 0; i < count; i++) order[i] = i;
  return order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
}
