import type { Cause } from './cause.ts';

/** Causes in the memory that the JVM or the engine manages itself: heap, class metadata, results, broadcast, execution memory. */
export const MEMORY_HEAP_CAUSES: readonly Cause[] = [
  {
    code: 'memory.driver_heap_oom',
    title: { en: 'Driver heap exhausted', zh: 'Driver 堆内存耗尽' },
    meaning: {
      en: 'The Java heap of the driver (or of a local-mode process) is exhausted',
      zh: 'Driver（或本地模式进程）的 Java 堆内存用尽',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The driver's JVM, or its own logger, records an OutOfMemoryError for heap space in a thread of the driver",
        zh: 'Driver 的 JVM 或其自身日志在 Driver 线程中记录了堆空间的 OutOfMemoryError',
      },
      provenance: ['jvm', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Large results are collected or a broadcast is built on the driver shortly before it ends',
        zh: 'Driver 退出前不久正在收集大量结果或构建广播变量',
      },
      { en: "The driver's log ends in long garbage collections", zh: 'Driver 日志以长时间的垃圾回收收尾' },
    ],
    refutedBy: [
      {
        en: "The OutOfMemoryError stands in an executor's log, or names metaspace, direct memory or threads",
        zh: 'OutOfMemoryError 出现在 Executor 日志中，或指的是元空间、直接内存、线程',
      },
      {
        en: "The driver's container was killed from outside and its JVM reported no OutOfMemoryError",
        zh: 'Driver 容器是被外部杀死的，其 JVM 没有报告 OutOfMemoryError',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Leave large results on the executors: write them out instead of collecting them',
          zh: '不要把大结果拉到 Driver，改为由 Executor 直接写出',
        },
        settings: [],
        by: 'user',
        section: 'leave-large-results-on-the-executors',
      },
      {
        statement: { en: 'Give the driver a larger heap', zh: '增大 Driver 的堆内存' },
        settings: ['spark.driver.memory'],
        by: 'user',
        section: 'give-the-driver-a-larger-heap',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-driver-heap-oom',
  },
  {
    code: 'memory.executor_heap_oom',
    title: { en: 'Executor heap exhausted', zh: 'Executor 堆内存耗尽' },
    meaning: {
      en: 'The Java heap of an executor, task or TaskManager is exhausted',
      zh: 'Executor、Task 或 TaskManager 的 Java 堆内存用尽',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The executor's JVM, or its own logger, records an OutOfMemoryError for heap space, with the task that was running",
        zh: 'Executor 的 JVM 或其自身日志记录了堆空间的 OutOfMemoryError，并指明当时运行的 Task',
      },
      provenance: ['jvm', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Exit code 52, or 143 right after the option that kills the JVM on OutOfMemoryError',
        zh: '退出码 52，或因 OutOfMemoryError 触发的自杀选项而以 143 退出',
      },
      { en: 'Full collections that free hardly anything before the end', zh: '结束前的 Full GC 几乎回收不到内存' },
    ],
    refutedBy: [
      {
        en: 'A kernel or NodeManager kill of the container came first and its JVM reported no OutOfMemoryError',
        zh: '容器先被内核或 NodeManager 杀死，其 JVM 没有报告 OutOfMemoryError',
      },
      {
        en: 'The OutOfMemoryError names direct memory, metaspace or threads',
        zh: 'OutOfMemoryError 指的是直接内存、元空间或线程',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Spread the data over more and smaller partitions, or run fewer tasks at once in an executor',
          zh: '把数据拆成更多更小的分区，或减少单个 Executor 的并发 Task',
        },
        settings: ['spark.sql.shuffle.partitions', 'spark.executor.cores'],
        by: 'user',
        section: 'use-smaller-partitions-or-fewer-tasks-at-once',
      },
      {
        statement: { en: 'Give the executors a larger heap', zh: '增大 Executor 的堆内存' },
        settings: ['spark.executor.memory'],
        by: 'user',
        section: 'give-the-executors-a-larger-heap',
      },
      {
        statement: {
          en: 'Give the TaskManagers a larger task heap, or bound the state that the job keeps',
          zh: '增大 TaskManager 的任务堆内存，或限制作业保存的状态',
        },
        settings: ['taskmanager.memory.process.size', 'taskmanager.memory.task.heap.size'],
        by: 'user',
        section: 'give-the-taskmanagers-a-larger-heap',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-executor-heap-oom',
  },
  {
    code: 'memory.gc_overhead',
    title: { en: 'Heap nearly full, time lost in garbage collection', zh: '堆内存接近占满，时间耗在垃圾回收上' },
    meaning: {
      en: 'The heap is nearly full, so time is lost in garbage collection and heartbeats come late',
      zh: '堆内存接近占满，时间耗在垃圾回收上，心跳也随之延迟',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'Collection time is a large share of the run time of the tasks, or the JVM reports that the GC overhead limit was exceeded',
        zh: '垃圾回收时间在 Task 运行时间中占比很大，或 JVM 报告 GC overhead limit exceeded',
      },
      provenance: ['jvm', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: "Late heartbeats together with long pauses in the collector's log",
        zh: '心跳延迟，同时 GC 日志中有长时间停顿',
      },
    ],
    refutedBy: [
      {
        en: 'Collection time is a small share of the run time, and the same as in the usual runs',
        zh: '垃圾回收时间占比很小，且与平时一致',
      },
      {
        en: 'The pause shows no collection: the process stood still or lacked CPU',
        zh: '停顿期间没有发生回收：进程被冻结或得不到 CPU',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Keep less on the heap: smaller cached data and broadcast objects, fewer tasks at once',
          zh: '减少堆上的对象：缩小缓存和广播对象，降低并发 Task 数',
        },
        settings: ['spark.executor.cores', 'spark.memory.fraction'],
        by: 'user',
        section: 'keep-less-on-the-heap',
      },
      {
        statement: { en: 'Give the executors a larger heap', zh: '增大 Executor 的堆内存' },
        settings: ['spark.executor.memory'],
        by: 'user',
        section: 'give-the-executors-a-larger-heap',
      },
      {
        statement: { en: 'Use the G1 collector for heaps of several gigabytes', zh: '数 GB 的堆建议使用 G1 回收器' },
        settings: ['-XX:+UseG1GC'],
        by: 'user',
        section: 'use-the-g1-collector',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-gc-overhead',
  },
  {
    code: 'memory.metaspace',
    title: { en: 'Class metadata exhausted', zh: '元空间耗尽' },
    meaning: { en: 'The memory for class metadata is exhausted', zh: '存放类元数据的内存用尽' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The JVM records an OutOfMemoryError for Metaspace or Compressed class space',
        zh: 'JVM 记录了 Metaspace 或 Compressed class space 的 OutOfMemoryError',
      },
      provenance: ['jvm', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Many generated classes or jars are loaded, and the number of loaded classes keeps rising',
        zh: '加载了大量生成类或 jar，已加载类数量持续上升',
      },
    ],
    refutedBy: [
      {
        en: 'The OutOfMemoryError names heap space, direct memory or threads',
        zh: 'OutOfMemoryError 指的是堆空间、直接内存或线程',
      },
    ],
    remediations: [
      {
        statement: { en: 'Raise the limit for class metadata in the JVM options', zh: '在 JVM 参数中提高元空间上限' },
        settings: ['-XX:MaxMetaspaceSize', 'spark.driver.extraJavaOptions', 'spark.executor.extraJavaOptions'],
        by: 'user',
        section: 'raise-the-limit-for-class-metadata',
      },
      {
        statement: { en: 'Raise the metaspace of the TaskManagers', zh: '提高 TaskManager 的元空间大小' },
        settings: ['taskmanager.memory.jvm-metaspace.size'],
        by: 'user',
        section: 'raise-the-metaspace-of-the-taskmanagers',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-metaspace',
  },
  {
    code: 'memory.result_size',
    title: { en: "Task results over the driver's limit", zh: 'Task 结果超过 Driver 上限' },
    meaning: {
      en: 'The results sent to the driver are larger than it accepts',
      zh: '返回给 Driver 的结果总量超过其允许的上限',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The driver aborts the job with the total size of serialized results and the limit it exceeded',
        zh: 'Driver 中止作业，并写明序列化结果的总大小和被超过的上限',
      },
      provenance: ['engine'],
      completeStatements: ['result_size_abort'],
    },
    suggestedBy: [
      { en: 'Tasks with large result sizes in a job that collects', zh: '执行 collect 的作业中 Task 的结果很大' },
    ],
    refutedBy: [{ en: 'The results of the stage add up to less than the limit', zh: '该 Stage 的结果总和低于上限' }],
    remediations: [
      {
        statement: {
          en: 'Do not collect: aggregate further or write the result out from the executors',
          zh: '不要 collect：先进一步聚合，或由 Executor 直接写出结果',
        },
        settings: [],
        by: 'user',
        section: 'do-not-collect-the-rows',
      },
      {
        statement: {
          en: "Raise the limit, and the driver's heap with it",
          zh: '提高结果上限，同时相应增大 Driver 堆内存',
        },
        settings: ['spark.driver.maxResultSize', 'spark.driver.memory'],
        by: 'user',
        section: 'raise-the-limit-and-the-driver-heap',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-result-size',
  },
  {
    code: 'memory.broadcast_oom',
    title: { en: 'Broadcast side too large', zh: '广播的表过大' },
    meaning: {
      en: 'The table or variable to broadcast is too large to build or to hold',
      zh: '要广播的表或变量太大，无法构建或存放',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The engine states that there is not enough memory to build and broadcast the table, or that it is larger than can be broadcast',
        zh: '引擎声明没有足够内存构建并广播该表，或该表超过可广播的上限',
      },
      provenance: ['engine', 'jvm'],
      completeStatements: ['broadcast_over_maximum'],
    },
    suggestedBy: [
      {
        en: 'An OutOfMemoryError in the thread that builds the broadcast',
        zh: '构建广播的线程中出现 OutOfMemoryError',
      },
      { en: "The broadcast side is far larger than the planner's estimate", zh: '被广播一侧的实际大小远超优化器估计' },
    ],
    refutedBy: [
      {
        en: 'The plan has no broadcast exchange, or the broadcast finished before the failure',
        zh: '执行计划中没有广播交换，或广播在失败前已完成',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Do not broadcast this table: lower or switch off the threshold, or remove the hint',
          zh: '不要广播这张表：降低或关闭阈值，或去掉 hint',
        },
        settings: ['spark.sql.autoBroadcastJoinThreshold', 'spark.sql.adaptive.autoBroadcastJoinThreshold'],
        by: 'user',
        section: 'do-not-broadcast-this-table',
      },
      {
        statement: {
          en: 'Give the driver a larger heap for building the broadcast',
          zh: '增大 Driver 堆内存以构建广播',
        },
        settings: ['spark.driver.memory'],
        by: 'user',
        section: 'give-the-driver-a-larger-heap-for-the-broadcast',
      },
      {
        statement: { en: 'Allow more time for the broadcast when it is only slow', zh: '如果只是慢，放宽广播超时' },
        settings: ['spark.sql.broadcastTimeout'],
        by: 'user',
        section: 'allow-more-time-for-the-broadcast',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-broadcast-oom',
  },
  {
    code: 'memory.spill',
    title: { en: 'Too little execution memory, time lost to spill', zh: '执行内存不足，时间耗在溢写上' },
    meaning: {
      en: 'Execution memory is too small for the partitions, so time is lost spilling to disk',
      zh: '执行内存相对分区太小，时间耗在溢写磁盘上',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The tasks of the slow stage spill to disk, and what they spill explains the time beyond the usual run',
        zh: '慢 Stage 的 Task 溢写磁盘，溢写量足以解释比平时多出的时间',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: "The executor's log reports repeated spills of sort or aggregation data",
        zh: 'Executor 日志反复报告排序或聚合数据溢写',
      },
    ],
    refutedBy: [
      { en: 'The usual run spills as much in the same stage', zh: '平时的运行在同一 Stage 溢写量相同' },
      { en: 'The spilled bytes are small against the bytes processed', zh: '溢写字节数相对处理字节数很小' },
    ],
    remediations: [
      {
        statement: { en: 'Use more and smaller partitions for the stage', zh: '为该 Stage 使用更多更小的分区' },
        settings: ['spark.sql.shuffle.partitions', 'spark.sql.adaptive.advisoryPartitionSizeInBytes'],
        by: 'user',
        section: 'use-more-and-smaller-partitions',
      },
      {
        statement: { en: 'Give each task more execution memory', zh: '让每个 Task 得到更多执行内存' },
        settings: ['spark.executor.memory', 'spark.executor.cores'],
        by: 'user',
        section: 'give-each-task-more-execution-memory',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-spill',
  },
];
