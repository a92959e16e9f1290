import type { Setting } from './cause.ts';
import { AIRFLOW_SETTINGS } from './settings/airflow.ts';
import { ALLUXIO_SETTINGS } from './settings/alluxio.ts';
import { CELEBORN_SETTINGS } from './settings/celeborn.ts';
import { FLINK_SETTINGS } from './settings/flink.ts';
import { STORAGE_SETTINGS } from './settings/hdfs.ts';
import { JVM_SETTINGS } from './settings/jvm.ts';
import { KERNEL_SETTINGS } from './settings/kernel.ts';
import { KUBERNETES_SETTINGS } from './settings/kubernetes.ts';
import { SPARK_ENVIRONMENT_SETTINGS } from './settings/spark-environment.ts';
import { SPARK_MEMORY_SETTINGS } from './settings/spark-memory.ts';
import { SPARK_SCHEDULING_SETTINGS } from './settings/spark-scheduling.ts';
import { SPARK_SHUFFLE_SETTINGS } from './settings/spark-shuffle.ts';
import { SPARK_SQL_SETTINGS } from './settings/spark-sql.ts';
import { YARN_SETTINGS } from './settings/yarn.ts';

/** Every setting that an answer may name. */
export const SETTINGS: readonly Setting[] = [
  ...SPARK_MEMORY_SETTINGS,
  ...SPARK_SQL_SETTINGS,
  ...SPARK_SHUFFLE_SETTINGS,
  ...SPARK_SCHEDULING_SETTINGS,
  ...SPARK_ENVIRONMENT_SETTINGS,
  ...YARN_SETTINGS,
  ...STORAGE_SETTINGS,
  ...JVM_SETTINGS,
  ...KUBERNETES_SETTINGS,
  ...KERNEL_SETTINGS,
  ...CELEBORN_SETTINGS,
  ...ALLUXIO_SETTINGS,
  ...FLINK_SETTINGS,
  ...AIRFLOW_SETTINGS,
];

/**
 * Settings that no remediation names by itself. They are here because an answer explains a value with them or compares
 * two runs by them (limits of retries, factors, older names).
 */
export const REFERENCE_SETTINGS: readonly string[] = [
  'spark.driver.memoryOverheadFactor',
  'spark.driver.cores',
  'spark.yarn.executor.memoryOverhead',
  'spark.yarn.driver.memoryOverhead',
  'spark.memory.storageFraction',
  'spark.memory.offHeap.enabled',
  'spark.memory.offHeap.size',
  'spark.serializer',
  'spark.dynamicAllocation.enabled',
  'spark.task.maxFailures',
  'spark.stage.maxConsecutiveAttempts',
  'spark.executor.maxNumFailures',
  'spark.task.cpus',
  'spark.eventLog.dir',
  'spark.locality.wait',
  'spark.yarn.maxAppAttempts',
  'yarn.scheduler.minimum-allocation-mb',
  'yarn.nodemanager.pmem-check-enabled',
  'yarn.nodemanager.resource.memory.enabled',
  'yarn.nodemanager.elastic-memory-control.enabled',
  'yarn.nodemanager.linux-container-executor.cgroups.hierarchy',
  'yarn.resourcemanager.am.max-attempts',
  'yarn.nm.liveness-monitor.expiry-interval-ms',
  '-XX:ParallelGCThreads',
  'celeborn.client.fetch.timeout',
  'celeborn.client.shuffle.integrityCheck.enabled',
  'celeborn.worker.monitor.disk.checklist',
  'execution.checkpointing.tolerable-failed-checkpoints',
  'state.checkpoints.dir',
  'state.backend.incremental',
  'restart-strategy.fixed-delay.attempts',
];

const byKey: ReadonlyMap<string, Setting> = new Map(SETTINGS.map((setting) => [setting.key, setting]));

const QUEUE_PREFIX = 'yarn.scheduler.capacity.';

/** Queue settings are listed once, for `<queue-path>`: `yarn.scheduler.capacity.root.ads.capacity` is one of them. */
function queueSetting(key: string): Setting | undefined {
  if (!key.startsWith(`${QUEUE_PREFIX}root.`)) return undefined;
  const last = key.slice(key.lastIndexOf('.') + 1);
  return byKey.get(`${QUEUE_PREFIX}<queue-path>.${last}`);
}

/** `-Xmx4g` and `-XX:MaxMetaspaceSize=256m` carry their value in the option itself. */
function jvmOption(key: string): Setting | undefined {
  if (key.startsWith('-Xmx')) return byKey.get('-Xmx');
  const equals = key.indexOf('=');
  return key.startsWith('-') && equals > 0 ? byKey.get(key.slice(0, equals)) : undefined;
}

/**
 * The setting a key means, or `undefined` when the catalogue does not know it. Understands the ways one key is written:
 * Spark's prefixes (`spark.hadoop.`, `spark.celeborn.`), queue paths, and JVM options with their value.
 */
export function settingOf(key: string): Setting | undefined {
  const exact = byKey.get(key);
  if (exact !== undefined) return exact;
  if (key.startsWith('spark.hadoop.')) return byKey.get(key.slice('spark.hadoop.'.length));
  if (key.startsWith('spark.celeborn.')) return byKey.get(key.slice('spark.'.length));
  if (key.startsWith('spark.kubernetes.driver.node.selector.')) {
    return byKey.get('spark.kubernetes.driver.node.selector.[labelKey]');
  }
  return queueSetting(key) ?? jvmOption(key);
}
