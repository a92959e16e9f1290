import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { ExecutorSlots } from './executor-slots.ts';

/** How many task slots the run had asked for while `wanted` attempts ran or waited; 0 when nothing tells. */
export type AskedSlots = (wanted: number) => number;

/**
 * What the run asked its cluster for (`ledger.md`): a fixed number of executors (`spark.executor.instances`, or
 * `spark.cores.max` on standalone and Mesos), or with dynamic allocation what is wanted now, up to `maxExecutors`.
 * Stages with resource profiles of their own ask for executors that the settings do not tell: then nothing is known.
 */
export function askedSlots(run: SparkRun, executors: ExecutorSlots): AskedSlots {
  const { spark } = run.environment;
  const ofProfile = run.executors.some((executor) => executor.resourceProfileId !== 0);
  if (!executors.known || ofProfile || run.application.platform === 'local') return () => 0;
  const perExecutor = executors.slotsPerExecutor;
  if (spark['spark.dynamicAllocation.enabled']?.trim().toLowerCase() === 'true') {
    const most = countOf(spark['spark.dynamicAllocation.maxExecutors']) ?? Number.POSITIVE_INFINITY;
    const ratio = Number(spark['spark.dynamicAllocation.executorAllocationRatio'] ?? 1);
    const part = ratio > 0 && ratio <= 1 ? ratio : 1;
    return (wanted) => Math.min(most, Math.ceil((wanted * part) / perExecutor)) * perExecutor;
  }
  const instances = countOf(spark['spark.executor.instances']);
  if (instances !== null) return () => instances * perExecutor;
  const cores = countOf(spark['spark.cores.max']);
  const perTask = countOf(spark['spark.task.cpus']) ?? 1;
  if (cores !== null && (run.application.platform === 'standalone' || run.application.platform === 'mesos')) {
    const perCore = countOf(spark['spark.executor.cores']) ?? perExecutor * perTask;
    return () => Math.floor(cores / perCore) * perExecutor;
  }
  return () => 0;
}

function countOf(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value > 0 ? value : null;
}
