import type { ExecutorFacts, SparkRun } from '../facts.ts';
import { countSetting } from './spark-setting.ts';

/** Tasks an executor runs at once: its cores over `spark.task.cpus`, at least one where cores are known. */
export function slotsOfExecutor(run: SparkRun, executor: ExecutorFacts): number {
  const taskCpus = Math.max(1, countSetting(run, 'spark.task.cpus', 1));
  return executor.cores > 0 ? Math.max(1, Math.floor(executor.cores / taskCpus)) : 0;
}

function isAlive(executor: ExecutorFacts, at: number): boolean {
  return (executor.addedAt ?? 0) <= at && at < (executor.removedAt ?? Number.POSITIVE_INFINITY);
}

/** Executors alive at an instant (the driver of a cluster is none). */
export function executorsAt(run: SparkRun, at: number): ExecutorFacts[] {
  return run.executors.filter(
    (executor) => (executor.id !== 'driver' || run.application.platform === 'local') && isAlive(executor, at),
  );
}

/** Task slots alive at an instant; 0 when no executor is known to be there. */
export function slotsAt(run: SparkRun, at: number): number {
  return executorsAt(run, at).reduce((sum, executor) => sum + slotsOfExecutor(run, executor), 0);
}

/** Most slots alive at once during the run. */
export function mostSlots(run: SparkRun): number {
  let most = 0;
  for (const executor of run.executors)
    if (executor.addedAt !== null) most = Math.max(most, slotsAt(run, executor.addedAt));
  return most;
}
