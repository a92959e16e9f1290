import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { LedgerAccount } from '../ledger-accounts.ts';

/** What a change could do to the ledger: the accounts it can move, the direction in which it makes a run slower, and why. */
export interface MovableEntry {
  /** Matches the property's key (or the plan node's name) as a whole. */
  pattern: RegExp;
  accounts: readonly LedgerAccount[];
  /**
   * Which way makes these accounts grow: `less`, `more`, `off`, `on`; absent when either can (a codec, a list, a class).
   * `less`: a smaller value is slower (memory), `more`: a greater one is (timeouts, waits).
   */
  slowerWhen?: 'less' | 'more' | 'off' | 'on';
  because: Bilingual;
}

/** Work of tasks: what a stage's attempts spend their time on. */
const TASK_WORK = ['compute', 'gc', 'fetch_wait', 'shuffle_write', 'spill', 'serialisation', 'input_wait'] as const;
/** How the work is spread over slots. */
const SPREAD = ['scheduling', 'skew_tail', 'idle', 'executor_wait'] as const;
const SHUFFLE = ['shuffle_write', 'fetch_wait', 'spill', 'compute', 'gc', 'serialisation', 'scheduling'] as const;

/**
 * Keys of Spark (docs/configuration.md and SQLConf of 1.6 to 4.0), the first match counts. A key that is in no entry can
 * explain nothing: an unknown property that differs is shown, never blamed.
 */
export const MOVABLE_BY_SETTING: readonly MovableEntry[] = [
  {
    pattern: /^spark\.(?:executor\.memory|memory\.fraction|memory\.storageFraction|memory\.offHeap\.(?:enabled|size))$/,
    accounts: ['spill', 'gc', 'compute', 'skew_tail', 'shuffle_write', 'input_wait', 'rework', 'executor_wait'],
    slowerWhen: 'less',
    because: {
      en: 'Less memory for execution and cache means spill, garbage collection and lost executors',
      zh: '执行与缓存内存变小会导致溢写、垃圾回收增多和执行器丢失',
    },
  },
  {
    pattern:
      /^spark\.(?:yarn\.)?executor\.(?:memoryOverhead|memoryOverheadFactor|pyspark\.memory)$|^spark\.kubernetes\.memoryOverheadFactor$/,
    accounts: ['rework', 'executor_wait', 'scheduling', 'compute'],
    slowerWhen: 'less',
    because: {
      en: 'Less room outside the heap lets containers be killed: their work is done again',
      zh: '堆外空间变小，容器被杀后工作要重做',
    },
  },
  {
    pattern: /^spark\.driver\.(?:memory|memoryOverhead|cores)$|^spark\.yarn\.am\.(?:memory|cores)$/,
    accounts: ['driver', 'commit', 'scheduling'],
    slowerWhen: 'less',
    because: {
      en: 'A smaller driver plans, collects and commits more slowly',
      zh: '驱动程序变小，计划、收集和提交都会变慢',
    },
  },
  {
    pattern:
      /^spark\.(?:executor\.instances|cores\.max|dynamicAllocation\.(?:maxExecutors|minExecutors|initialExecutors|executorAllocationRatio))$/,
    accounts: [...TASK_WORK, ...SPREAD],
    slowerWhen: 'less',
    because: {
      en: 'Fewer executors do the same work on fewer slots, or are waited for',
      zh: '执行器变少，同样的工作用更少的槽位完成，或需要等待执行器',
    },
  },
  {
    pattern: /^spark\.dynamicAllocation\.(?:schedulerBacklogTimeout|sustainedSchedulerBacklogTimeout)$/,
    accounts: ['executor_wait', 'scheduling', 'compute', 'idle'],
    slowerWhen: 'more',
    because: { en: 'Executors are asked for later', zh: '更晚才申请执行器' },
  },
  {
    pattern: /^spark\.dynamicAllocation\.(?:executorIdleTimeout|cachedExecutorIdleTimeout|shuffleTracking\.timeout)$/,
    accounts: ['executor_wait', 'scheduling', 'compute', 'rework', 'input_wait'],
    slowerWhen: 'less',
    because: {
      en: 'Executors are given back sooner and have to be waited for again',
      zh: '执行器更早被释放，之后要再次等待',
    },
  },
  {
    pattern: /^spark\.dynamicAllocation\.|^spark\.shuffle\.service\.enabled$|^spark\.decommission\.enabled$/,
    accounts: [...TASK_WORK, ...SPREAD, 'rework'],
    because: { en: 'It decides how many executors there are and when', zh: '它决定执行器的数量和时机' },
  },
  {
    pattern: /^spark\.(?:executor\.cores|task\.cpus)$/,
    accounts: [...TASK_WORK, ...SPREAD],
    because: {
      en: 'It decides how many tasks share an executor, its memory and its disks',
      zh: '它决定多少任务共享一个执行器的内存和磁盘',
    },
  },
  {
    pattern: /^spark\.(?:executor|task)\.resource\.|^spark\.rapids\./,
    accounts: [...TASK_WORK, ...SPREAD],
    because: { en: 'It decides which devices tasks use and how many run at once', zh: '它决定任务使用的设备和并行数' },
  },
  {
    pattern: /^spark\.sql\.(?:adaptive\.autoBroadcastJoinThreshold|autoBroadcastJoinThreshold)$/,
    accounts: [...SHUFFLE, 'skew_tail', 'driver', 'executor_wait', 'idle', 'input_wait'],
    because: {
      en: 'It decides whether a join broadcasts one side or shuffles and sorts both',
      zh: '它决定联接是广播一侧，还是两侧都 Shuffle 和排序',
    },
  },
  {
    pattern:
      /^spark\.sql\.(?:join\.|broadcast|cbo\.|optimizer\.|statistics\.|constraintPropagation|exchange\.reuse|legacy\.)/,
    accounts: [...TASK_WORK, 'skew_tail', 'driver', 'scheduling', 'idle'],
    because: { en: 'It changes the plan', zh: '它会改变执行计划' },
  },
  {
    pattern: /^spark\.sql\.adaptive\.(?:skewJoin|optimizeSkewsInRebalancePartitions)/,
    accounts: ['skew_tail', 'compute', 'spill', 'gc', 'fetch_wait'],
    because: { en: 'It decides which partitions of a skewed join are split', zh: '它决定倾斜联接中哪些分区会被拆分' },
  },
  {
    pattern: /^spark\.sql\.adaptive\.enabled$/,
    accounts: [...TASK_WORK, ...SPREAD, 'driver', 'commit'],
    slowerWhen: 'off',
    because: {
      en: 'Without adaptive execution small partitions are not merged, skew is not split and joins are not re-planned',
      zh: '关闭自适应执行后，小分区不再合并、倾斜不再拆分、联接不再重新规划',
    },
  },
  {
    pattern:
      /^spark\.(?:sql\.(?:shuffle\.partitions|adaptive\.|files\.(?:maxPartitionBytes|maxPartitionNum|minPartitionNum|openCostInBytes)|leafNodeDefaultParallelism)|default\.parallelism)/,
    accounts: [...TASK_WORK, ...SPREAD, 'driver', 'commit'],
    because: {
      en: 'It decides how many partitions, and so tasks and files, the work is cut into',
      zh: '它决定工作被切成多少分区，也就是多少任务和文件',
    },
  },
  {
    pattern: /^spark\.speculation$/,
    accounts: [...TASK_WORK, 'skew_tail', 'idle', 'scheduling'],
    slowerWhen: 'off',
    because: {
      en: 'Without speculation nothing overtakes a task on a slow host',
      zh: '关闭推测执行后，慢主机上的任务不再有副本替代',
    },
  },
  {
    pattern: /^spark\.speculation\./,
    accounts: [...TASK_WORK, 'skew_tail', 'idle', 'scheduling', 'rework'],
    because: { en: 'It decides when slow tasks get a copy', zh: '它决定慢任务何时启动副本' },
  },
  {
    pattern: /^spark\.locality\.wait/,
    accounts: ['scheduling', 'idle', 'compute', 'input_wait', 'fetch_wait'],
    slowerWhen: 'more',
    because: {
      en: 'Free slots wait for a task near its data before another may use them',
      zh: '空闲槽位会先等待数据所在位置的任务',
    },
  },
  {
    pattern: /^spark\.scheduler\.(?:minRegisteredResourcesRatio|maxRegisteredResourcesWaitingTime)$/,
    accounts: ['executor_wait', 'driver'],
    slowerWhen: 'more',
    because: { en: 'The job starts only when enough executors have come', zh: '执行器到齐到一定比例才开始作业' },
  },
  {
    pattern: /^spark\.(?:scheduler\.|blacklist\.|excludeOnFailure\.|task\.maxFailures|stage\.)/,
    accounts: ['scheduling', 'executor_wait', 'rework', 'idle'],
    because: { en: 'It decides where and how often tasks are tried', zh: '它决定任务在哪里、重试多少次' },
  },
  {
    pattern:
      /^spark\.(?:yarn\.(?:queue|priority|executor\.nodeLabelExpression|am\.nodeLabelExpression)|kubernetes\.(?:namespace|node\.selector|driver\.node\.selector|executor\.node\.selector|scheduler|executor\.(?:request|limit)\.cores)|mesos\.)/,
    accounts: ['queue_wait', 'executor_wait', ...TASK_WORK, 'scheduling', 'rework'],
    because: {
      en: 'It decides where the run is placed and behind whom it waits',
      zh: '它决定运行被放在哪里、排在谁后面',
    },
  },
  {
    pattern:
      /^spark\.(?:shuffle\.|reducer\.|maxRemoteBlockSizeFetchToMem|celeborn\.|io\.compression\.|file\.transferTo|storage\.)/,
    accounts: [...SHUFFLE, 'rework', 'skew_tail', 'input_wait', 'driver'],
    because: {
      en: 'It decides how shuffled and cached bytes are written, compressed and fetched',
      zh: '它决定 Shuffle 和缓存数据如何写入、压缩和拉取',
    },
  },
  {
    pattern: /^spark\.local\.dir$/,
    accounts: ['shuffle_write', 'spill', 'fetch_wait', 'compute'],
    because: { en: 'Shuffle files and spills go to other disks', zh: 'Shuffle 文件和溢写落在别的磁盘上' },
  },
  {
    pattern: /^spark\.(?:serializer|kryo|kryoserializer\.|rdd\.compress|broadcast\.)/,
    accounts: ['compute', 'serialisation', 'shuffle_write', 'fetch_wait', 'gc', 'driver', 'spill'],
    because: { en: 'Objects are written and read in another form', zh: '对象以另一种形式序列化' },
  },
  {
    pattern:
      /^spark\.(?:hadoop\.)?(?:mapreduce\.fileoutputcommitter\.|fs\.s3a\.committer|mapreduce\.outputcommitter)|^spark\.sql\.(?:sources\.(?:commitProtocolClass|outputCommitterClass|partitionOverwriteMode)|parquet\.output\.committer|maxConcurrentOutputFileWriters|files\.maxRecordsPerFile|hive\.)/,
    accounts: ['commit', 'driver', 'compute', 'scheduling'],
    because: { en: 'It decides how written files are committed', zh: '它决定写出的文件如何提交' },
  },
  {
    pattern:
      /^spark\.sql\.(?:sources\.(?:parallelPartitionDiscovery|useV1SourceList|bucketing)|files\.|hive|metadataCacheTTL|cache|inMemoryColumnarStorage|statistics)/,
    accounts: ['driver', 'input_wait', 'compute', 'scheduling', 'gc', 'spill'],
    because: { en: 'It decides how files are listed, read and cached', zh: '它决定文件如何列举、读取和缓存' },
  },
  {
    pattern:
      /^spark\.sql\.(?:parquet|orc|json|csv|avro|codegen|execution|sort|window|objectHashAggregate|columnVector|ansi|caseSensitive|charVarchar|python)/,
    accounts: ['compute', 'input_wait', 'gc', 'spill', 'serialisation', 'skew_tail', 'driver'],
    because: { en: 'It decides how operators read and compute', zh: '它决定算子如何读取和计算' },
  },
  {
    pattern: /^spark\.(?:python\.|pyspark\.|executorEnv\.|r\.)/,
    accounts: ['compute', 'serialisation', 'rework', 'driver'],
    because: {
      en: 'It changes the worker processes of Python and the environment',
      zh: '它改变 Python 工作进程和环境变量',
    },
  },
  {
    pattern: /^spark\.executor\.(?:extraJavaOptions|defaultJavaOptions)$/,
    accounts: ['gc', 'compute', 'rework', 'serialisation', 'spill', 'skew_tail'],
    because: {
      en: 'It changes the executors’ Java options (heap, collector, compiler)',
      zh: '它改变执行器的 Java 选项（堆、回收器、编译器）',
    },
  },
  {
    pattern: /^spark\.driver\.(?:extraJavaOptions|defaultJavaOptions|maxResultSize)$/,
    accounts: ['driver', 'commit', 'scheduling'],
    because: { en: 'It changes the driver’s Java options and limits', zh: '它改变驱动程序的 Java 选项和限制' },
  },
  {
    pattern:
      /^spark\.(?:executor|driver)\.(?:extraClassPath|extraLibraryPath|userClassPathFirst)$|^spark\.(?:jars|files|archives|submit\.pyFiles)/,
    accounts: ['compute', 'driver', 'serialisation', 'executor_wait', 'gc', 'input_wait'],
    because: { en: 'Other code runs', zh: '运行的代码不同' },
  },
  {
    pattern: /^spark\.hadoop\.(?:fs\.|dfs\.|io\.|hive\.|alluxio\.)|^spark\.(?:alluxio\.|hive\.)/,
    accounts: ['input_wait', 'compute', 'commit', 'driver', 'skew_tail'],
    because: { en: 'It decides how storage is reached', zh: '它决定如何访问存储' },
  },
  {
    pattern: /^spark\.(?:network\.|rpc\.|executor\.heartbeatInterval|cleaner\.|eventLog\.logBlockUpdates)/,
    accounts: ['fetch_wait', 'rework', 'driver', 'scheduling'],
    because: { en: 'It decides how long peers wait for each other', zh: '它决定各进程之间等待多久' },
  },
];

/** Nodes of a plan, by their name without numbers. */
export const MOVABLE_BY_PLAN_NODE: readonly MovableEntry[] = [
  {
    pattern:
      /^(?:BatchEvalPython|ArrowEvalPython|MapInPandas|PythonMapInArrow|FlatMapGroupsInPandas|FlatMapCoGroupsInPandas|AggregateInPandas|WindowInPandas|PythonUDTF|BatchEvalPythonUDTF|ArrowEvalPythonUDTF|MapInArrow)\b/,
    accounts: ['compute', 'serialisation', 'input_wait', 'gc', 'skew_tail', 'scheduling'],
    slowerWhen: 'more',
    because: {
      en: 'Rows go to a Python process and back, one operator computes outside of the JVM',
      zh: '行数据要往返 Python 进程，算子在 JVM 之外计算',
    },
  },
  {
    pattern: /^(?:CartesianProduct|BroadcastNestedLoopJoin)\b/,
    accounts: ['compute', 'skew_tail', 'gc', 'spill', 'shuffle_write', 'fetch_wait', 'driver'],
    slowerWhen: 'more',
    because: {
      en: 'Every row of one side is compared with every row of the other',
      zh: '一侧的每一行都与另一侧的每一行比较',
    },
  },
  {
    pattern: /^(?:SortMergeJoin|ShuffledHashJoin|Exchange|Sort)\b/,
    accounts: [...SHUFFLE, 'skew_tail', 'idle'],
    slowerWhen: 'more',
    because: { en: 'Rows are shuffled and sorted once more', zh: '多一次 Shuffle 和排序' },
  },
  {
    pattern: /^(?:BroadcastHashJoin|BroadcastExchange)\b/,
    accounts: [...SHUFFLE, 'skew_tail', 'driver'],
    because: {
      en: 'One side of a join is broadcast instead of shuffled, or the other way',
      zh: '联接的一侧在广播与 Shuffle 之间切换',
    },
  },
  {
    pattern: /^(?:HashAggregate|ObjectHashAggregate|SortAggregate|Window|Expand|Generate)\b/,
    accounts: ['compute', 'spill', 'gc', 'skew_tail', 'input_wait'],
    because: { en: 'Rows are grouped or multiplied in another way', zh: '分组或展开的方式不同' },
  },
  {
    pattern: /^InMemory(?:TableScan|Relation)\b/,
    accounts: ['compute', 'input_wait', 'gc', 'shuffle_write', 'fetch_wait', 'spill'],
    because: { en: 'Rows come from a cache or are computed anew', zh: '数据来自缓存或重新计算' },
  },
  {
    pattern: /^(?:Scan|BatchScan|FileScan|HiveTableScan)\b/,
    accounts: ['compute', 'input_wait', 'driver', 'scheduling', 'gc', 'serialisation'],
    because: { en: 'Other relations are read, or one is read more often', zh: '读取的表不同，或同一张表被多次读取' },
  },
  {
    pattern: /^(?:Execute |WriteFiles|AppendData|Overwrite)/,
    accounts: ['commit', 'compute', 'driver', 'scheduling'],
    because: { en: 'Something else is written', zh: '写出的内容不同' },
  },
  {
    pattern: /^(?:Filter|Project|Union|Coalesce|Sample)\b/,
    accounts: ['compute', 'input_wait', 'shuffle_write', 'fetch_wait', 'idle', 'skew_tail'],
    because: { en: 'Columns and rows are selected in another place', zh: '列和行在不同的位置被筛选' },
  },
];

/** What a change of the program can move: anything but the wait in the queue. */
export const MOVABLE_BY_CODE: readonly LedgerAccount[] = [
  ...TASK_WORK,
  'skew_tail',
  'scheduling',
  'idle',
  'driver',
  'commit',
  'rework',
];

/** What a greater input can move. */
export const MOVABLE_BY_INPUT: readonly LedgerAccount[] = [...TASK_WORK, 'skew_tail', 'commit', 'driver'];

/** What another engine, Java or library can move. */
export const MOVABLE_BY_ENVIRONMENT: readonly LedgerAccount[] = [
  ...TASK_WORK,
  'driver',
  'commit',
  'scheduling',
  'skew_tail',
  'rework',
];

/** What fewer slots or later executors can move. */
export const MOVABLE_BY_CAPACITY: readonly LedgerAccount[] = [...TASK_WORK, ...SPREAD];

/** The entry of a table that a name falls under, `null` when the name is not known to cost time. */
export function movableEntry(table: readonly MovableEntry[], name: string): MovableEntry | null {
  return table.find((entry) => entry.pattern.test(name)) ?? null;
}
