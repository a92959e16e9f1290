/**
 * Every number at which a rule of the Spark area begins to speak, with its reason. Nothing else in `rules/` holds a
 * threshold. Sources: `D` DataFlint, `F` SparkForensics, `E` dr-elephant, `C` Compass, `P` spark-advisor, `R` rapids tools
 * (reference/spark-diagnosis.md, part b); `lab` = this project's own recordings.
 */
export interface SparkThresholds {
  /** Of the merged blocks wanted, this part had to be fetched as original ones: below it single connections failed, as in any large shuffle. */
  mergedFallbackShare: number;
  /** Fewer fall-backs than this are no pattern. */
  mergedFallbacks: number;
  /** Runs shorter than this are JVM start-up more than work: no judgement about slowness. F speaks from 10 s of run time. */
  minRunMs: number;
  /** A finding below this share of the wall clock is no finding (F: warning band from 0.5 %). */
  minWeight: number;
  /** ... nor one below this absolute time: scheduling noise of a busy driver is of that size (lab). */
  minSavedMs: number;
  /** An expense below this share of the wall clock accompanies the cause; it is not observed to be one. */
  observedMinWeight: number;
  /** Findings of one rule about one run, the heaviest first; the rest is folded away so that one mechanism is not a flood. */
  maxFindingsPerRule: number;

  /** A task must be this long to be called a straggler (D: 5 s); shorter ones may be loading classes on a busy host (lab). */
  longTaskMinMs: number;
  /** Longest task over the median from which a stage has a tail (E: 2 is "low"; volume decides the rest). */
  longTaskRatio: number;
  /** Fewest succeeded tasks for a median to mean anything (two tasks have none). */
  tailMinTasks: number;

  /** Sliding skew ratio (idea of C, which slides from 100 to 2): first step whose `upTo` holds the median records per task. */
  skewRecordRatios: readonly { upTo: number; ratio: number }[];
  /** Bytes of the long task over the median's where its rows are no more: F and P call 5 times the median skewed. */
  skewByteRatio: number;
  /** Time per record of the long task over the median's: within the band the volume alone explains the time. */
  skewPerRecordLow: number;
  skewPerRecordHigh: number;
  /** Above this, the task is slow for another reason and volume is no explanation at all. */
  skewPerRecordRefuted: number;
  /** When the median partition is empty: share of all records the long task must hold. */
  skewShareOfRecords: number;

  /** Few partitions: at most this share of the slots had a task (F: PRatio < 0.5). */
  fewTasksPerSlot: number;
  /** ... each at least this long: splitting shorter ones wins nothing over the start of a task. */
  fewTasksMinMs: number;
  /** ... and this share of the run at least, since one task at the end (`coalesce(1)`) is often meant. */
  fewTasksMinWeight: number;
  /** Bytes per task at which too few partitions are a fact and no suspicion (F: low parallelism from 1 GiB in all). */
  hugePartitionBytes: number;
  /** Records of a shuffle per task that leave no doubt that they can be divided. */
  divisibleRecords: number;

  /** Tiny tasks: from this many in a stage (F: 100) ... */
  tinyTasksMin: number;
  /** ... and this many for each slot, else they run in a few waves anyway. */
  tinyTasksPerSlot: number;
  /** ... with a median run time up to this (D and F: 500 ms). */
  tinyTaskMedianMs: number;
  /** ... and bytes per task up to this: far below the advisory 64 MiB (AQE default since 3.2), so that merging is possible. */
  tinyTaskMaxBytes: number;
  /** Tasks with this many times the records show what a record costs without the cost of a task. */
  tinyTaskReference: number;
  /** Size that AQE itself aims at (`spark.sql.adaptive.advisoryPartitionSizeInBytes`, 64 MiB since 3.0). */
  advisoryPartitionBytes: number;

  /** One host among equals: its median over the median of the other hosts' medians (F: 2; lab noise of a busy host: 3.5). */
  slowHostRatio: number;
  /** ... and absolute: class loading on an overloaded host took 4 s longer in clean runs (lab). */
  slowHostMinMs: number;
  /** Equals: bytes (or records) per task of the host over the others', at most this factor apart. */
  slowHostVolumeFactor: number;
  /** Share of the longer duration that shuffle writing must explain for the disk to be the reason. */
  slowDiskExplains: number;
  /** CPU time per task of the slow host over the others', at most: with the same work done the host waits, it does not work. */
  starvedCpuFactor: number;

  /** Fetch wait over run time of a stage's tasks from which the wait is the stage's main expense. */
  fetchWaitShare: number;
  fetchWaitObservedShare: number;
  /** Share of its own time that the longest waiting task waits, from which it is the wait that makes it long. */
  fetchWaitTailShare: number;
  /** The stall rule of the catalogue: blocked longer than this and longer than this share of the stage. */
  stallMs: number;
  stallShareOfStage: number;
  /** A host whose tasks wait at most this share of the others' wait serves the blocks the others wait for. */
  leastWaitShare: number;

  /** GC over run time, both summed over a stage (R comments from 0.3, P from 0.2, E worst class 0.15; tiny heaps: 0.2 in clean runs). */
  gcShare: number;
  /** ... from which it is the expense itself and no companion. */
  gcObservedShare: number;
  /** Wall clock in GC, at least. */
  gcMinMs: number;
  /** Heap in use after the peak was seen over the maximum heap: nearly full (D: 95 %). */
  heapFullShare: number;

  /** Disk spill from which a stage is looked at (P: 0.1 GB is a warning; lab: 30 MB on a slow disk cost 10 s a task). */
  spillMinBytes: number;
  /** Spilled bytes over the bytes the stage read: below this the sort overflowed by a little only (P: 1 %). */
  spillMinShareOfVolume: number;

  /** Commit after the last task of a write, absolute; below it is the usual rename of a few files. */
  commitMinMs: number;
  /** Written or read files from which "many" begins (D: 100) and their average size (D and F: 3 MiB). */
  manyFiles: number;
  smallFileBytes: number;
  /** Files for each output partition from which the writer scatters rows (one task each writes its own file). */
  filesPerPartition: number;
  /** Files in one write at which the number itself is the fact. */
  manyFilesObserved: number;
  /** Wall clock lost to listing and to reading metadata on the driver, at least. */
  listingMinMs: number;

  /** Waiting for the first or for lost executors (F: cold start 30 s; YARN and Kubernetes need some 10 s on a busy cluster). */
  executorWaitMinMs: number;
  executorWaitMinWeight: number;
  /** Time to start an executor that dynamic allocation itself is not to blame for. */
  executorStartAllowanceMs: number;
  /** Share of the asked executors that is missing, and share of the run, from which the cluster gave too little. */
  missingExecutorShare: number;

  /** Losing twins (F: 5 tasks and 60 s). */
  speculationMinTasks: number;
  speculationMinMs: number;

  /** Share of a stage's run time outside the JVM's CPU, GC, fetch and write, in a stage that evaluates Python. */
  pythonShare: number;
  pythonMinWeight: number;

  /** Python workers' memory over the memory beside the heap from which they are what grew. */
  pythonOfOverhead: number;

  /** Share of a scan stage's run time that passes in the scan without CPU, and its share of the wall clock. */
  inputWaitShare: number;
  inputWaitMinWeight: number;

  /** Time with no job and no query after a job that brought rows to the driver. */
  driverGapMinMs: number;
  driverGapMinWeight: number;
  /** Result bytes from which rows were brought to the driver in earnest (below: a count or a few lines). */
  collectedBytes: number;

  /** Rows compared by a nested loop or cartesian product (D: 10 billion without asking for the time; here the time counts too). */
  comparedRows: number;
  crossProductMinWeight: number;
  /** ... and from which it is what takes the time: every stage of a busy cluster stretches a little. */
  crossProductObservedWeight: number;

  /** Data size of one broadcast (D: 1 GiB) and its share of the driver's or executor's heap (C: 40 % and 30 %). */
  broadcastBytes: number;
  broadcastHeapShare: number;
  /** Sort-merge join whose small side Spark broadcasts by default (`spark.sql.autoBroadcastJoinThreshold`, 10 MiB). */
  broadcastableBytes: number;

  /** Serialised results over `spark.driver.maxResultSize`: near the limit. */
  resultSizeShare: number;

  /** Rows kept by a filter over rows read, at most, for "read almost everything in vain". */
  filterKeeps: number;
  filterMinWeight: number;
}

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** The values in use. Changed in one place only: `overrideSparkThresholds`. */
export const SPARK_THRESHOLDS: SparkThresholds = {
  mergedFallbackShare: 0.05,
  mergedFallbacks: 5,
  minRunMs: 10_000,
  minWeight: 0.005,
  minSavedMs: 2_000,
  observedMinWeight: 0.15,
  maxFindingsPerRule: 5,

  longTaskMinMs: 5_000,
  longTaskRatio: 2,
  tailMinTasks: 3,

  skewRecordRatios: [
    { upTo: 10_000, ratio: 8 },
    { upTo: 1_000_000, ratio: 4 },
    { upTo: 10_000_000, ratio: 3 },
    { upTo: Number.POSITIVE_INFINITY, ratio: 2 },
  ],
  skewByteRatio: 5,
  skewPerRecordLow: 0.2,
  skewPerRecordHigh: 2.5,
  skewPerRecordRefuted: 5,
  skewShareOfRecords: 0.5,

  fewTasksPerSlot: 0.5,
  fewTasksMinMs: 10_000,
  fewTasksMinWeight: 0.1,
  hugePartitionBytes: GIB,
  divisibleRecords: 100_000,

  tinyTasksMin: 100,
  tinyTasksPerSlot: 10,
  tinyTaskMedianMs: 500,
  tinyTaskMaxBytes: 4 * MIB,
  tinyTaskReference: 10,
  advisoryPartitionBytes: 64 * MIB,

  slowHostRatio: 3,
  slowHostMinMs: 10_000,
  slowHostVolumeFactor: 1.5,
  slowDiskExplains: 0.6,
  starvedCpuFactor: 2,

  fetchWaitShare: 0.2,
  fetchWaitObservedShare: 0.4,
  fetchWaitTailShare: 0.6,
  stallMs: 180_000,
  stallShareOfStage: 0.2,
  leastWaitShare: 0.2,

  gcShare: 0.25,
  gcObservedShare: 0.35,
  gcMinMs: 4_000,
  heapFullShare: 0.95,

  spillMinBytes: 16 * MIB,
  spillMinShareOfVolume: 0.01,

  commitMinMs: 5_000,
  manyFiles: 100,
  smallFileBytes: 3 * MIB,
  filesPerPartition: 4,
  manyFilesObserved: 1_000,
  listingMinMs: 3_000,

  executorWaitMinMs: 10_000,
  executorWaitMinWeight: 0.05,
  executorStartAllowanceMs: 15_000,
  missingExecutorShare: 0.25,

  speculationMinTasks: 5,
  speculationMinMs: 60_000,

  pythonShare: 0.6,
  pythonMinWeight: 0.1,

  pythonOfOverhead: 1,

  inputWaitShare: 0.5,
  inputWaitMinWeight: 0.1,

  driverGapMinMs: 10_000,
  driverGapMinWeight: 0.1,
  collectedBytes: MIB,

  comparedRows: 100_000_000,
  crossProductMinWeight: 0.1,
  crossProductObservedWeight: 0.3,

  broadcastBytes: GIB,
  broadcastHeapShare: 0.3,
  broadcastableBytes: 10 * MIB,

  resultSizeShare: 0.8,

  filterKeeps: 0.05,
  filterMinWeight: 0.2,
};

/**
 * Replaces thresholds by name and returns a function that puts the old values back. Throws a `RangeError` for a name that
 * does not exist or a value of another type, so that a misspelt setting is never silently ignored.
 */
export function overrideSparkThresholds(overrides: Partial<SparkThresholds>): () => void {
  const before = { ...SPARK_THRESHOLDS };
  for (const [name, value] of Object.entries(overrides)) {
    const known = Object.hasOwn(before, name);
    const numeric = typeof value === 'number' && Number.isFinite(value);
    if (!known || (name === 'skewRecordRatios' ? !Array.isArray(value) : !numeric)) {
      throw new RangeError(`unknown or unusable Spark threshold: ${name}`);
    }
  }
  Object.assign(SPARK_THRESHOLDS, overrides);
  return () => {
    Object.assign(SPARK_THRESHOLDS, before);
  };
}
