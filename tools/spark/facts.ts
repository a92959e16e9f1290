import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Provenance } from '../../knowledge/provenance.ts';
import type { Quote } from '../evidence/quote.ts';
import type { TextRecord } from '../evidence/text-record.ts';
import type { TaskTable } from './task-table.ts';

/**
 * Facts of one attempt of one Spark application, as an event log or a history server tells them. Times are milliseconds
 * since the epoch on the driver's clock, durations milliseconds, sizes bytes. `null` or absent means unknown; 0 means zero.
 */
export interface SparkRun {
  /** What it was read from: the event log's source names, or `http/spark-history…`. */
  sources: readonly string[];
  backend: 'event_log' | 'rest';
  /** Who may be believed to have written its records: `engine`, or `asker` for a log that was pasted or attached. */
  provenance: Provenance;
  completeness: Completeness;
  sparkVersion: string | null;
  application: ApplicationFacts;
  /** Spark properties as the run had them (`spark.*`), plus `sun.java.command` and `java.version` under `system`. */
  environment: EnvironmentFacts;
  executors: readonly ExecutorFacts[];
  jobs: readonly JobFacts[];
  /** One entry for each attempt of each stage, in the order of submission; skipped stages are absent. */
  stages: readonly StageFacts[];
  sqlExecutions: readonly SqlExecutionFacts[];
  /** Every task attempt, in columns: the ledger's and the what-if's input. */
  tasks: TaskTable;
  /** The slowest tasks of each stage attempt and every failed one up to a bound, kept whole. */
  keptTasks: readonly TaskFacts[];
  /** Texts of failures (tasks, stages, jobs, SQL executions, executor removals) for the signatures to read, folded. */
  failureTexts: readonly TextRecord[];
  /** Cached blocks seen, where `SparkListenerBlockUpdated` was logged. */
  storage: { memoryBytes: number; diskBytes: number; blocks: number } | null;
}

/** What was not read, and why: goes into the answer. */
export interface Completeness {
  /** `ended`: ApplicationEnd was seen. `in_progress`: named or told so. `cut`: neither, the log just stops. */
  end: 'ended' | 'in_progress' | 'cut';
  /** Lines that could not be parsed (a broken last line of a running log is not counted). */
  unreadableLines: number;
  /** Events whose name the reader does not know, by name. */
  unknownEvents: Readonly<Record<string, number>>;
  /** Bytes after decompression. */
  bytesRead: number;
  lines: number;
  /** The log was compacted: finished jobs, stages and tasks are gone. */
  compacted: boolean;
  /** Numbers of missing parts of a rolling log. */
  missingParts: readonly number[];
  /** Tasks that started and never ended, tasks whose end has no start. */
  openTasks: number;
  /** Time of the first and of the last event. */
  firstEventAt: number | null;
  lastEventAt: number | null;
  /** Sentences for the answer: truncated file, unknown future version, retained-only REST, dropped events. */
  notes: readonly Bilingual[];
}

export interface ApplicationFacts {
  id: string | null;
  name: string | null;
  attempt: string | null;
  user: string | null;
  startedAt: number | null;
  endedAt: number | null;
  exitCode: number | null;
  master: string | null;
  deployMode: string | null;
  platform: 'yarn' | 'standalone' | 'kubernetes' | 'local' | 'mesos' | 'unknown';
  /** Driver's host, from its block manager or its properties. */
  driverHost: string | null;
  /** YARN container of the driver (cluster mode, Spark 3.0+ tells it in the application's start). */
  driverContainerId?: string | null;
  /** A shell, notebook, SQL server or stream: gaps are waiting for people or data, not driver work. */
  interactive: boolean;
  quotes: { start: Quote | null; end: Quote | null };
}

export interface EnvironmentFacts {
  spark: Readonly<Record<string, string>>;
  system: Readonly<Record<string, string>>;
  jvm: Readonly<Record<string, string>>;
  classPathJars: readonly string[];
  /** The environment event's whole line, for quoting a property out of it. */
  quote: Quote | null;
  /** The raw line (up to 256 KiB), so that a property's own bytes can be cut out of it as an excerpt. */
  rawLine: string | null;
}

/** Why an executor went away, in Spark's own terms (`reference/spark-diagnosis.md` b10, removal texts). */
export type RemovalKind =
  /** Killed by driver on purpose (dynamic allocation), decommissioned, explicit termination request, application over. */
  | 'released'
  | 'preempted'
  /** Container killed for memory by YARN, in the text itself. */
  | 'memory_limit'
  | 'exit_code'
  | 'heartbeat'
  | 'lost'
  | 'unknown';

export interface ExecutorFacts {
  id: string;
  host: string;
  cores: number;
  addedAt: number | null;
  removedAt: number | null;
  removalReason: string | null;
  removalKind: RemovalKind | null;
  /** Exit code named in the removal reason. */
  exitCode: number | null;
  /** YARN container or pod, from log urls, attributes or the removal text. */
  containerId: string | null;
  podName: string | null;
  resourceProfileId: number;
  /** Times it was excluded (blacklisted) from scheduling. */
  exclusions: readonly { from: number; until: number | null; stageId: number | null }[];
  /** Highest values reported, by Spark's own names (`JVMHeapMemory`, `ProcessTreePythonRSSMemory`), bytes. */
  peaks: Readonly<Record<string, number>>;
  quotes: { added: Quote | null; removed: Quote | null };
}

export interface JobFacts {
  id: number;
  submittedAt: number | null;
  endedAt: number | null;
  result: 'succeeded' | 'failed' | 'running';
  failureReason: string | null;
  stageIds: readonly number[];
  sqlExecutionId: number | null;
  /** Call site or job description, as the user sees it. */
  description: string | null;
  quotes: { start: Quote | null; end: Quote | null };
}

/** Exact quantiles over the successful attempts of a stage: nearest rank, no estimate. */
export interface Quantiles {
  min: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
  max: number;
  sum: number;
}

export interface StageFacts {
  stageId: number;
  attempt: number;
  name: string;
  /** Call-site details (Java frames), as logged. */
  details: string;
  parentIds: readonly number[];
  rddNames: readonly string[];
  submittedAt: number | null;
  completedAt: number | null;
  status: 'succeeded' | 'failed' | 'running' | 'cancelled';
  failureReason: string | null;
  /** Number of partitions the stage had to compute. */
  taskCount: number;
  jobIds: readonly number[];
  sqlExecutionId: number | null;
  attempts: { succeeded: number; failed: number; killed: number; speculative: number; running: number };
  /** Over successful attempts; `null` when there is none with metrics. */
  durationMs: Quantiles | null;
  runMs: Quantiles | null;
  cpuMs: Quantiles | null;
  gcMs: Quantiles | null;
  deserialiseMs: Quantiles | null;
  resultSerialiseMs: Quantiles | null;
  schedulerDelayMs: Quantiles | null;
  fetchWaitMs: Quantiles | null;
  shuffleWriteMs: Quantiles | null;
  inputBytes: Quantiles | null;
  inputRecords: Quantiles | null;
  outputBytes: Quantiles | null;
  outputRecords: Quantiles | null;
  shuffleReadBytes: Quantiles | null;
  shuffleReadRecords: Quantiles | null;
  shuffleWriteBytes: Quantiles | null;
  shuffleWriteRecords: Quantiles | null;
  memorySpilledBytes: Quantiles | null;
  diskSpilledBytes: Quantiles | null;
  peakExecutionMemoryBytes: Quantiles | null;
  resultBytes: Quantiles | null;
  locality: Readonly<Record<string, number>>;
  /** Failed and killed attempts by reason class (`ExceptionFailure`, `FetchFailed`, `ExecutorLostFailure`, …). */
  failuresByReason: Readonly<Record<string, number>>;
  /** Per host, over successful attempts: count and median of run time, shuffle write time, fetch wait, bytes. */
  hosts: readonly HostShare[];
  /** Push-based shuffle: enabled for the stage, mergers known. */
  pushMerge: { enabled: boolean; mergers: number } | null;
  /** What the stage's tasks read of merged blocks (3.2 and later); absent where nothing was merged or it is not told. */
  pushRead?: PushRead;
  /** SQL scan time booked to this stage, summed over its tasks, milliseconds; `null` when no such metric. */
  scanTimeMs: number | null;
  quotes: { submitted: Quote | null; completed: Quote | null };
}

/** Push-based shuffle on the reading side, summed over the attempts of a stage. */
export interface PushRead {
  /** Times that merged chunks could not be fetched and the original blocks were fetched instead. */
  fallbacks: number;
  /** Merged chunks that were damaged; the original blocks were read instead. */
  corruptChunks: number;
  mergedBlocks: number;
  mergedBytes: number;
  /** Where a fall-back or a damaged chunk is counted; null when there is none, or REST told it. */
  quote: Quote | null;
}

export interface HostShare {
  host: string;
  tasks: number;
  medianDurationMs: number;
  medianRunMs: number;
  medianCpuMs: number;
  medianGcMs: number;
  medianShuffleWriteMs: number;
  medianFetchWaitMs: number;
  inputBytes: number;
  shuffleReadBytes: number;
  shuffleWriteBytes: number;
  records: number;
}

/** Status of a task attempt. `lost`: gone with its executor. */
export type TaskStatus = 'succeeded' | 'failed' | 'killed' | 'lost' | 'running';

export interface TaskFacts {
  /** Row in `SparkRun.tasks`. */
  row: number;
  taskId: number;
  stageId: number;
  stageAttempt: number;
  index: number;
  attempt: number;
  executorId: string;
  host: string;
  status: TaskStatus;
  /** Class of the end reason (`ExceptionFailure`), and its text up to 4 KiB. */
  reasonClass: string | null;
  reasonText: string | null;
  launchedAt: number;
  finishedAt: number | null;
  quote: Quote;
  /** A second piece of the same line with the metrics, when the first cannot hold both. */
  metricsQuote: Quote | null;
}

export interface SqlExecutionFacts {
  id: number;
  rootId: number | null;
  description: string;
  details: string;
  startedAt: number | null;
  endedAt: number | null;
  /** 3.4+: text of the error; `''` when it ended well; `null` when the log does not tell. */
  errorMessage: string | null;
  jobIds: readonly number[];
  /** The last plan logged: final adaptive plan where there is one. */
  physicalPlan: string;
  planIsFinal: boolean;
  plan: PlanNode | null;
  quotes: { start: Quote | null; lastPlan: Quote | null; end: Quote | null; driverMetrics: readonly Quote[] };
}

export interface PlanNode {
  name: string;
  /** Spark's one-line description, up to 2 KiB. */
  description: string;
  children: readonly PlanNode[];
  /** Metrics whose values could be resolved: name to the sum over tasks or the driver's value, in the metric's unit. */
  metrics: Readonly<Record<string, { value: number; type: string }>>;
}
