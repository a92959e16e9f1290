import type { SparkRun } from '../facts.ts';
import { executorsAt } from './slots.ts';
import { gapsIn, mergedSpans } from './time-union.ts';

/** A span in which a stage wanted to run and no executor was there. */
export interface ExecutorWait {
  from: number;
  to: number;
  /** Executors that were released on purpose before it, the last one first; empty at the start of a run. */
  releasedBefore: string[];
  /** Executors that were lost otherwise before it. */
  lostBefore: string[];
}

/**
 * Every span in which a stage was active and not one executor was alive, in order. Logs that never tell of executors (1.x,
 * local mode) have none: what is not recorded is not missing.
 */
export function executorWaits(run: SparkRun, until: number): ExecutorWait[] {
  const workers = run.executors.filter((executor) => executor.id !== 'driver' && executor.addedAt !== null);
  if (run.application.platform === 'local') return [];
  if (workers.length === 0 && run.tasks.length > 0) return [];
  const alive = workers.map((executor): [number, number] => [executor.addedAt ?? 0, executor.removedAt ?? until]);
  const active = mergedSpans(
    run.stages.flatMap((stage): [number, number][] =>
      stage.submittedAt === null ? [] : [[stage.submittedAt, stage.completedAt ?? until]],
    ),
  );
  return active.flatMap(([from, to]) => gapsIn(from, to, alive).map(([start, end]) => describe(run, start, end)));
}

function describe(run: SparkRun, from: number, to: number): ExecutorWait {
  const gone = run.executors
    .filter((executor) => executor.removedAt !== null && executor.removedAt <= from)
    .sort((a, b) => (b.removedAt ?? 0) - (a.removedAt ?? 0));
  const last = gone[0]?.removedAt ?? 0;
  const together = gone.filter((executor) => last - (executor.removedAt ?? 0) <= 60_000);
  const ids = (released: boolean) =>
    together.filter((executor) => (executor.removalKind === 'released') === released).map(({ id }) => id);
  return { from, to, releasedBefore: ids(true), lostBefore: ids(false) };
}

/** Most executors alive at once. */
export function mostExecutors(run: SparkRun): number {
  let most = 0;
  for (const executor of run.executors) {
    if (executor.addedAt !== null) most = Math.max(most, executorsAt(run, executor.addedAt).length);
  }
  return most;
}
