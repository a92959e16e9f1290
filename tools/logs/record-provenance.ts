import type { Provenance } from '../../knowledge/provenance.ts';
import type { Writer } from '../evidence/text-record.ts';
import { isDriverOnlyLogger, isEngineLogger } from './engine-loggers.ts';
import { isJvmPrint } from './jvm-print.ts';
import type { Prefix } from './parse-prefix.ts';

/** What decides who may be believed to have written a record. */
export interface WrittenBy {
  writer: Writer;
  /** The writer's own provenance. */
  provenance: Provenance;
}

/** Writers whose streams user code shares: its prints and loggers stand between theirs. */
const MIXED: ReadonlySet<Writer> = new Set<Writer>([
  'spark_driver',
  'spark_executor',
  'spark_application_master',
  'user_program',
  'container_launch',
  'asker',
  'unknown',
]);

const OF_WRITER: Readonly<Partial<Record<Writer, Provenance>>> = {
  spark_driver: 'engine',
  spark_executor: 'engine',
  spark_application_master: 'engine',
  spark_event_log: 'engine',
  spark_worker: 'engine',
  spark_master: 'engine',
  node_manager: 'node_manager',
  resource_manager: 'resource_manager',
  namenode: 'storage',
  datanode: 'storage',
  hdfs_audit: 'storage',
  kernel: 'kernel',
  kubelet: 'kubernetes',
  jvm_gc: 'jvm',
  jvm_crash: 'jvm',
  container_launch: 'node_manager',
  celeborn: 'shuffle_service',
  alluxio: 'cache',
  flink: 'engine',
  airflow: 'workflow_engine',
  asker: 'asker',
};

/** Daemons' packages: a logger of one in the log of another is a text that came in from outside. */
const NODE_MANAGER_PACKAGE = /^org\.apache\.hadoop\.yarn\.server\.nodemanager\./;
const RESOURCE_MANAGER_PACKAGE = /^org\.apache\.hadoop\.yarn\.server\.resourcemanager\./;
const SHUFFLE_SERVICE = /^org\.apache\.(?:spark\.network|celeborn|uniffle)\./;

/** True when user code prints into the same stream, so that lines without a prefix need not be the writer's. */
export function mixesUserOutput(writer: Writer): boolean {
  return MIXED.has(writer);
}

/** Services that work for many applications: their logs tell of all of them. */
export const DAEMONS: ReadonlySet<Writer> = new Set<Writer>([
  'node_manager',
  'resource_manager',
  'namenode',
  'datanode',
  'hdfs_audit',
  'spark_master',
  'spark_worker',
  'celeborn',
  'alluxio',
  'airflow',
  'kubelet',
]);

/** True for a service that works for many applications. */
export function isDaemon(writer: Writer): boolean {
  return DAEMONS.has(writer);
}

/** The provenance of a writer's own records; unknown writers and user programs are `user_process`. */
export function provenanceOfWriter(writer: Writer): Provenance {
  return OF_WRITER[writer] ?? 'user_process';
}

/**
 * Who may be believed to have written this very record. In a stream that user code shares, only records of the engine's own
 * loggers are the engine's and only the runtime's own statements are the JVM's; in a daemon's log everything is the daemon's,
 * except what names a logger that the daemon does not have.
 */
export function provenanceOf(
  record: { prefix: Prefix | null; lines: readonly string[] },
  { writer, provenance }: WrittenBy,
): Provenance {
  if (provenance === 'asker') return 'asker';
  if (!mixesUserOutput(writer)) return ofDaemon(record.prefix?.logger ?? '', writer, provenance);
  const { prefix } = record;
  if (prefix === null) return isJvmPrint(record.lines[0] ?? '') || isEndOfSubmit(record.lines) ? 'jvm' : 'user_process';
  if (prefix.layout === 'jvm') return 'jvm';
  if (prefix.layout === 'kernel' || !isEngineLogger(prefix.logger)) return 'user_process';
  if (writer === 'spark_executor' && isDriverOnlyLogger(prefix.logger)) return 'user_process';
  return 'engine';
}

function ofDaemon(logger: string, writer: Writer, provenance: Provenance): Provenance {
  if (writer === 'node_manager') {
    if (SHUFFLE_SERVICE.test(logger)) return 'shuffle_service';
    return RESOURCE_MANAGER_PACKAGE.test(logger) ? 'user_process' : provenance;
  }
  if (writer === 'resource_manager' && NODE_MANAGER_PACKAGE.test(logger)) return 'user_process';
  return provenance;
}

/** Frames looked at for where an error came from. */
const MAX_TRACE_LINES = 200;

/**
 * The JVM's print of an error that ended `spark-submit` itself, before or beside the job's code: the main thread, with a frame of
 * the launcher (SparkSubmit 1.x-4.x). What the job's own main class throws in client mode stands above a frame of that class. An error
 * of Java's own kind (IllegalArgumentException for an ask over the cluster's maximum) counts where the launcher itself threw it.
 */
function isEndOfSubmit(lines: readonly string[]): boolean {
  const [, thrown = ''] = /^Exception in thread "main" ([\w.$]{1,300})/.exec(lines[0] ?? '') ?? [];
  const frames = lines.slice(1, MAX_TRACE_LINES).filter((line) => /^\s{1,8}at /.test(line));
  const byLauncher = /^\s{1,8}at org\.apache\.spark\.deploy\./.test(frames[0] ?? '');
  if (!/^org\.apache\.(?:spark|hadoop)\./.test(thrown) && !(byLauncher && thrown.startsWith('java.'))) return false;
  return (
    frames.some((line) => line.includes('org.apache.spark.deploy.SparkSubmit')) &&
    frames.every((line) =>
      /^\s{1,8}at (?:java\.base\/|app\/\/)?(?:org\.apache\.|java\.|javax\.|jdk\.|sun\.|scala\.|com\.sun\.|com\.google\.|io\.netty\.)/.test(
        line,
      ),
    )
  );
}
