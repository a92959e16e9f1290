import type { ExecutorFacts, SparkRun } from '../../../tools/spark/facts.ts';
import type { TaskTable } from '../../../tools/spark/task-table.ts';

/** When one executor offered how many task slots. */
export interface ExecutorLife {
  /** Row in `SparkRun.executors`. */
  row: number;
  from: number;
  until: number;
  slots: number;
}

/** The executors of a run as task slots over time. */
export interface ExecutorSlots {
  /** False for logs without any ExecutorAdded (Spark before 1.3, parts of a rolling log): slots are then what runs. */
  known: boolean;
  lives: readonly ExecutorLife[];
  /** First instant at which an executor stood ready; `null` when none ever did. */
  firstAt: number | null;
  /** Slots of one ordinary executor: what asking for one more would bring. */
  slotsPerExecutor: number;
}

/**
 * Task slots of each live executor: ⌊cores ÷ `spark.task.cpus`⌋, fewer where another resource (GPU) is scarcer. Where the
 * log gives no usable number (cores 0, another resource profile) the most attempts seen at once stand in.
 */
export function executorSlots(run: SparkRun, attemptEnds: Float64Array, to: number): ExecutorSlots {
  const attempts = attemptsByExecutor(run.tasks, run.executors.length);
  const firstLaunch = firstLaunches(run.tasks, run.executors.length);
  const perTask = Math.max(1, Math.floor(Number(run.environment.spark['spark.task.cpus'] ?? 1)) || 1);
  const limitByResource = slotsByOtherResources(run.environment.spark);
  const slotsOf = (executor: ExecutorFacts) => Math.min(Math.floor(executor.cores / perTask), limitByResource);
  const trusted = (executor: ExecutorFacts) => executor.resourceProfileId === 0 && slotsOf(executor) >= 1;
  // Only where the log's own numbers cannot be used is it worth looking at what ran at once.
  const peaks = run.executors.every(trusted) ? null : peakConcurrency(run.tasks, attemptEnds, run.executors.length);
  const lives: ExecutorLife[] = [];
  for (const [row, executor] of run.executors.entries()) {
    if (isDriverBesideExecutors(executor, run, attempts[row] ?? 0)) continue;
    const from = executor.addedAt ?? firstLaunch[row] ?? Number.NaN;
    if (!Number.isFinite(from)) continue;
    const slots = trusted(executor) ? slotsOf(executor) : Math.max(1, peaks?.[row] ?? 1);
    lives.push({ row, from, until: Math.max(from, executor.removedAt ?? Math.max(to, from)), slots });
  }
  endBeforeReturn(lives, run.executors);
  const known = lives.some((life) => run.executors[life.row]?.addedAt !== null);
  return {
    known,
    lives: known ? lives : [],
    firstAt: known ? lives.reduce((first, life) => Math.min(first, life.from), Number.POSITIVE_INFINITY) : null,
    slotsPerExecutor: slotsOfOneExecutor(run, lives, perTask),
  };
}

/** Outside local mode an entry called `driver` is the driver's own block manager and offers no slots. */
function isDriverBesideExecutors(executor: ExecutorFacts, run: SparkRun, attempts: number): boolean {
  const isDriver = executor.id === 'driver' || executor.id === '<driver>';
  return isDriver && run.application.platform !== 'local' && attempts === 0 && run.executors.length > 1;
}

/** The same id added again (seen after a lost connection) replaces its earlier life instead of doubling it. */
function endBeforeReturn(lives: ExecutorLife[], executors: readonly ExecutorFacts[]): void {
  const byId = new Map<string, ExecutorLife[]>();
  for (const life of lives) {
    const id = executors[life.row]?.id ?? '';
    const same = byId.get(id);
    if (same) same.push(life);
    else byId.set(id, [life]);
  }
  for (const same of byId.values()) {
    same.sort((a, b) => a.from - b.from);
    for (let i = 1; i < same.length; i++) {
      const before = same[i - 1] as ExecutorLife;
      before.until = Math.min(before.until, (same[i] as ExecutorLife).from);
    }
  }
}

/** GPUs and the like: `spark.executor.resource.gpu.amount` ÷ `spark.task.resource.gpu.amount` (Spark 3.0+). */
function slotsByOtherResources(spark: Readonly<Record<string, string>>): number {
  let limit = Number.POSITIVE_INFINITY;
  for (const [key, value] of Object.entries(spark)) {
    const match = /^spark\.task\.resource\.([^.]{1,64})\.amount$/.exec(key);
    if (!match) continue;
    const perTask = Number(value);
    const held = Number(spark[`spark.executor.resource.${match[1]}.amount`]);
    if (perTask > 0 && held > 0) limit = Math.min(limit, Math.max(1, Math.floor(held / perTask + 1e-9)));
  }
  return limit;
}

function slotsOfOneExecutor(run: SparkRun, lives: readonly ExecutorLife[], perTask: number): number {
  const set = Number(run.environment.spark['spark.executor.cores']);
  if (set >= perTask) return Math.floor(set / perTask);
  const counts = new Map<number, number>();
  for (const life of lives) counts.set(life.slots, (counts.get(life.slots) ?? 0) + 1);
  let best = 1;
  let most = 0;
  for (const [slots, count] of counts) if (count > most) [best, most] = [slots, count];
  return best;
}

function firstLaunches(tasks: TaskTable, executors: number): (number | undefined)[] {
  const first: (number | undefined)[] = new Array(executors).fill(undefined);
  for (let row = 0; row < tasks.length; row++) {
    const executor = tasks.executor[row] as number;
    const at = tasks.launchedAt[row] as number;
    if (executor < 0 || executor >= executors) continue;
    const known = first[executor];
    if (known === undefined || at < known) first[executor] = at;
  }
  return first;
}

function attemptsByExecutor(tasks: TaskTable, executors: number): Int32Array {
  const attempts = new Int32Array(executors);
  for (let row = 0; row < tasks.length; row++) {
    const executor = tasks.executor[row] as number;
    if (executor >= 0 && executor < executors) attempts[executor] = (attempts[executor] as number) + 1;
  }
  return attempts;
}

/** Most attempts that ran at the same time, by executor. */
function peakConcurrency(tasks: TaskTable, attemptEnds: Float64Array, executors: number): Int32Array {
  const peaks = new Int32Array(executors);
  const running = new Int32Array(executors);
  const starts = orderBy(tasks.launchedAt, tasks.length);
  const ends = orderBy(attemptEnds, tasks.length);
  let next = 0;
  for (const row of starts) {
    const at = tasks.launchedAt[row] as number;
    while (next < ends.length && (attemptEnds[ends[next] as number] as number) <= at) {
      const gone = tasks.executor[ends[next] as number] as number;
      if (gone >= 0 && gone < executors) running[gone] = (running[gone] as number) - 1;
      next++;
    }
    const executor = tasks.executor[row] as number;
    if (executor < 0 || executor >= executors) continue;
    running[executor] = (running[executor] as number) + 1;
    peaks[executor] = Math.max(peaks[executor] as number, running[executor] as number);
  }
  return peaks;
}

function orderBy(times: Float64Array, length: number): Uint32Array {
  const rows = new Uint32Array(length);
  for (let i = 0; i < length; i++) rows[i] = i;
  return rows.sort((a, b) => (times[a] as number) - (times[b] as number));
}
