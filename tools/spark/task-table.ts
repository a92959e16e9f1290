/**
 * Every task attempt of a run in columns. Strings are interned; a row costs about 250 bytes, which is all that exact
 * quantiles and the ledger need to keep per task.
 */
export interface TaskTable {
  readonly length: number;
  /** Index into `SparkRun.stages`; -1 when the stage is unknown. */
  stage: Int32Array;
  /** Index into `SparkRun.executors`; -1 when no ExecutorAdded told of it (1.x, local). */
  executor: Int32Array;
  /** Index into `hosts`. */
  host: Int32Array;
  hosts: readonly string[];
  taskId: Float64Array;
  /** Partition index within the stage, and the attempt of that partition. */
  index: Int32Array;
  attempt: Int32Array;
  /** See `TASK_STATUS`. */
  status: Uint8Array;
  /** 1 when launched speculatively. */
  speculative: Uint8Array;
  /** 1 when the log carried metrics for the attempt. */
  hasMetrics: Uint8Array;
  launchedAt: Float64Array;
  /** NaN while running or unknown. */
  finishedAt: Float64Array;
  runMs: Float64Array;
  /** NaN where it is not logged: Spark 1.x, attempts without metrics. */
  cpuMs: Float64Array;
  gcMs: Float64Array;
  deserialiseMs: Float64Array;
  resultSerialiseMs: Float64Array;
  gettingResultMs: Float64Array;
  fetchWaitMs: Float64Array;
  /** Milliseconds (Spark logs nanoseconds). */
  shuffleWriteMs: Float64Array;
  inputBytes: Float64Array;
  inputRecords: Float64Array;
  outputBytes: Float64Array;
  outputRecords: Float64Array;
  shuffleReadBytes: Float64Array;
  shuffleReadRecords: Float64Array;
  shuffleWriteBytes: Float64Array;
  shuffleWriteRecords: Float64Array;
  memorySpilledBytes: Float64Array;
  diskSpilledBytes: Float64Array;
  /** NaN where it is not logged: Spark 1.x, attempts without metrics. */
  peakExecutionMemoryBytes: Float64Array;
  resultBytes: Float64Array;
}

/** Codes of `TaskTable.status`, in the order of `TaskStatus`. */
export const TASK_STATUS = { succeeded: 0, failed: 1, killed: 2, lost: 3, running: 4 } as const;
