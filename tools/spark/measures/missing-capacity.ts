import type { SparkRun } from '../facts.ts';
import { measuresOf } from './run-measures.ts';
import { slotsOfExecutor } from './slots.ts';
import { countSetting } from './spark-setting.ts';

/** Capacity that was wanted and missing while some was there. */
export interface MissingCapacity {
  /** Wall clock, weighted by the missing share of what was wanted. */
  missingMs: number;
  /** Most executors wanted at once for the tasks at hand (dynamic allocation's own rule), within its maximum. */
  mostWanted: number;
}

interface Change {
  at: number;
  slots: number;
  executors: number;
  running: number;
  pending: number;
}

/**
 * Sweeps over the run: wanted are the executors that running and waiting tasks fill (`ExecutorAllocationManager`: tasks over
 * slots of an executor, at most `maxExecutors`), missing is what of them is not there. Spans without any executor are not
 * counted here: they are waits of their own.
 */
export function missingCapacity(run: SparkRun): MissingCapacity {
  const slotsEach = Math.max(
    1,
    run.executors.reduce((most, executor) => Math.max(most, slotsOfExecutor(run, executor)), 0),
  );
  const maximum = countSetting(run, 'spark.dynamicAllocation.maxExecutors', Number.MAX_SAFE_INTEGER);
  const changes = changesOf(run).sort((a, b) => a.at - b.at);
  const now = { slots: 0, executors: 0, running: 0, pending: 0 };
  const total: MissingCapacity = { missingMs: 0, mostWanted: 0 };
  let last = changes[0]?.at ?? 0;
  for (const change of changes) {
    const wanted = Math.min(maximum, Math.ceil((now.running + Math.max(0, now.pending)) / slotsEach));
    if (now.pending > 0 && now.executors > 0 && wanted > now.executors) {
      total.missingMs += ((change.at - last) * (wanted - now.executors)) / wanted;
    }
    if (now.pending > 0) total.mostWanted = Math.max(total.mostWanted, wanted);
    now.slots += change.slots;
    now.executors += change.executors;
    now.running += change.running;
    now.pending += change.pending;
    last = change.at;
  }
  return total;
}

function changesOf(run: SparkRun): Change[] {
  const { startedAt, endedAt, rowsOfStage, clock } = measuresOf(run);
  const none = { slots: 0, executors: 0, running: 0, pending: 0 };
  const changes: Change[] = [];
  const until = clock?.to ?? 0;
  for (const executor of run.executors) {
    if (executor.id === 'driver' || executor.addedAt === null) continue;
    const slots = slotsOfExecutor(run, executor);
    changes.push({ ...none, at: executor.addedAt, slots, executors: 1 });
    if (executor.removedAt !== null) changes.push({ ...none, at: executor.removedAt, slots: -slots, executors: -1 });
  }
  for (const [index, rows] of rowsOfStage.entries()) {
    const stage = run.stages[index];
    if (!stage || stage.submittedAt === null) continue;
    let waiting = stage.taskCount;
    changes.push({ ...none, at: stage.submittedAt, pending: stage.taskCount });
    for (const row of rows) {
      // Second attempts of a partition are not among the tasks that were counted as waiting.
      const first = waiting > 0 && (run.tasks.attempt[row] ?? 0) === 0;
      if (first) waiting -= 1;
      changes.push({ ...none, at: startedAt[row] ?? until, running: 1, pending: first ? -1 : 0 });
      changes.push({ ...none, at: endedAt[row] ?? until, running: -1 });
    }
    changes.push({ ...none, at: stage.completedAt ?? until, pending: -waiting });
  }
  return changes.filter(({ at }) => Number.isFinite(at));
}
