import type { Provenance } from '../../knowledge/provenance.ts';
import type { Area } from './area.ts';
import type { JoinKeys } from './join-keys.ts';
import type { Quote } from './quote.ts';

/** Which process of the platform wrote a text. */
export const WRITERS = [
  'spark_driver',
  'spark_executor',
  'spark_application_master',
  'spark_event_log',
  'spark_worker',
  'spark_master',
  'node_manager',
  'resource_manager',
  'namenode',
  'datanode',
  'hdfs_audit',
  'kernel',
  'kubelet',
  'jvm_gc',
  'jvm_crash',
  'container_launch',
  'celeborn',
  'alluxio',
  'flink',
  'airflow',
  'user_program',
  'asker',
  'unknown',
] as const;

export type Writer = (typeof WRITERS)[number];

/** One exception of a stack trace: the outermost first, then each `Caused by`. */
export interface ExceptionLink {
  /** Fully qualified Java class, or the Python class as printed. */
  className: string;
  message: string;
  /** The first frames, as printed and trimmed, at most a dozen. */
  frames: readonly string[];
}

/**
 * One record that a platform component wrote: a log record with its stack trace, or a statement taken out of an answer (a
 * task's failure reason in an event log, an application's diagnostics). Signatures judge records, whatever they came from.
 */
export interface TextRecord {
  area: Area;
  writer: Writer;
  /** Who may be believed to have written this very record (a user's print in an executor's stderr is `user_process`). */
  provenance: Provenance;
  keys: JoinKeys;
  at: number | null;
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'none';
  /** Logger or class that wrote it, as printed, `''` when the layout has none. */
  logger: string;
  thread: string;
  /** First line without its prefix (time, level, logger). */
  message: string;
  /** The whole record, all lines joined by `\n`, as read, at most 64 KiB. */
  text: string;
  /** Outermost first; empty when the record carries no exception. */
  exceptions: readonly ExceptionLink[];
  /** Where the record stands; the excerpt is its first lines. */
  quote: Quote;
  /** How many records of this text (digits aside) were folded into this one; 1 for a single one. */
  count: number;
  /** Time of the last of the folded ones. */
  lastAt: number | null;
  /** Position among the records of its file, for "first failure": rises with the file. */
  order: number;
}
