import type { Cause } from './cause.ts';

/** Causes in the memory of the process beside the heap, as its container, cgroup or system counts it. */
export const MEMORY_PROCESS_CAUSES: readonly Cause[] = [
  {
    code: 'memory.container_physical_limit',
    title: { en: 'Container over its physical memory limit', zh: '容器超出物理内存上限' },
    meaning: {
      en: "The process tree grew over the container's physical memory limit and was killed by the NodeManager or the kubelet",
      zh: '进程树超出容器的物理内存上限，被 NodeManager 或 kubelet 杀死',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The NodeManager states that the container runs beyond its physical memory limit, or the pod's status says OOMKilled",
        zh: 'NodeManager 声明容器超出物理内存上限，或 Pod 状态为 OOMKilled',
      },
      provenance: ['node_manager', 'resource_manager', 'kubernetes'],
      completeStatements: ['node_manager_beyond_limit', 'kubelet_oom_killed_status'],
    },
    suggestedBy: [
      {
        en: 'The engine repeats that YARN killed the container for exceeding memory limits',
        zh: '引擎转述 YARN 因超出内存上限杀死了容器',
      },
      {
        en: "Exit code 137 or 143 with memory use close to the container's size",
        zh: '退出码 137 或 143，且内存用量接近容器大小',
      },
    ],
    refutedBy: [
      {
        en: "The kernel's report names a group above the container as the one that was full",
        zh: '内核报告中被占满的是容器之上的父级 cgroup',
      },
      {
        en: 'The container was preempted, released or stopped on request while well under its limit',
        zh: '容器远未达到上限，是被抢占、释放或主动停止的',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Raise the memory beside the heap to what the processes needed',
          zh: '按进程实际需要提高堆外内存额度',
        },
        settings: [
          'spark.executor.memoryOverhead',
          'spark.driver.memoryOverhead',
          'spark.executor.memoryOverheadFactor',
        ],
        by: 'user',
        section: 'raise-the-memory-beside-the-heap',
      },
      {
        statement: {
          en: 'Lower what the processes take: fewer tasks at once, smaller native or Python data',
          zh: '减少进程占用：降低并发 Task，缩小本地库或 Python 数据',
        },
        settings: ['spark.executor.cores', 'spark.executor.pyspark.memory'],
        by: 'user',
        section: 'lower-what-the-processes-take',
      },
      {
        statement: { en: 'Allow larger containers where jobs need them', zh: '在作业确有需要时允许更大的容器' },
        settings: ['yarn.scheduler.maximum-allocation-mb', 'resources.limits.memory'],
        by: 'platform',
        section: 'allow-larger-containers',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-container-physical-limit',
  },
  {
    code: 'memory.virtual_limit',
    title: { en: 'Container over its virtual memory limit', zh: '容器超出虚拟内存上限' },
    meaning: { en: "YARN's virtual-memory check killed the container", zh: '容器被 YARN 的虚拟内存检查杀死' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The NodeManager states that the container runs beyond its virtual memory limit',
        zh: 'NodeManager 声明容器超出虚拟内存上限',
      },
      provenance: ['node_manager', 'resource_manager'],
      completeStatements: ['node_manager_beyond_limit'],
    },
    suggestedBy: [
      {
        en: "Exit status -103, or the engine's advice to raise the ratio of virtual to physical memory",
        zh: '退出状态 -103，或引擎建议提高虚拟内存与物理内存之比',
      },
    ],
    refutedBy: [
      { en: 'The NodeManager names the physical limit instead', zh: 'NodeManager 指的是物理内存上限' },
      { en: 'The virtual-memory check is switched off on the node', zh: '该节点已关闭虚拟内存检查' },
    ],
    remediations: [
      {
        statement: {
          en: 'Switch off the virtual-memory check or raise its ratio: address space is not memory in use',
          zh: '关闭虚拟内存检查或提高比例：地址空间并不等于实际占用',
        },
        settings: ['yarn.nodemanager.vmem-check-enabled', 'yarn.nodemanager.vmem-pmem-ratio'],
        by: 'platform',
        section: 'switch-off-the-virtual-memory-check',
      },
      {
        statement: {
          en: 'Ask for more memory beside the heap, which raises the virtual limit with it',
          zh: '申请更多堆外内存，虚拟内存上限会随之提高',
        },
        settings: ['spark.executor.memoryOverhead'],
        by: 'user',
        section: 'ask-for-more-memory-beside-the-heap',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-virtual-limit',
  },
  {
    code: 'memory.python_worker',
    title: { en: 'Python workers take the memory', zh: 'Python worker 占用或耗尽内存' },
    meaning: {
      en: 'The Python worker processes take the memory of the container, or die of it',
      zh: 'Python worker 进程占用了容器内存，或因此死亡',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The kernel's or NodeManager's process table shows the Python processes as the holders of the memory, or a worker raises MemoryError",
        zh: '内核或 NodeManager 的进程表显示内存由 Python 进程占用，或 worker 抛出 MemoryError',
      },
      provenance: ['kernel', 'node_manager', 'kubernetes', 'engine', 'user_process'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'The Python worker exited unexpectedly without a traceback', zh: 'Python worker 意外退出且没有 traceback' },
    ],
    refutedBy: [
      {
        en: 'The process table shows the Java process as the holder of the memory',
        zh: '进程表显示内存由 Java 进程占用',
      },
      {
        en: 'A Python traceback with another error ends the worker',
        zh: 'worker 因带有其他错误的 Python traceback 而结束',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Keep less in the Python process: process in batches, load models and tables once, release them',
          zh: '减少 Python 进程占用：分批处理，模型和表只加载一次并及时释放',
        },
        settings: ['spark.sql.execution.arrow.maxRecordsPerBatch', 'spark.python.worker.reuse'],
        by: 'user',
        section: 'keep-less-in-the-python-process',
      },
      {
        statement: { en: 'Reserve memory for Python beside the heap', zh: '在堆外为 Python 预留内存' },
        settings: ['spark.executor.pyspark.memory', 'spark.executor.memoryOverhead', 'spark.executor.cores'],
        by: 'user',
        section: 'reserve-memory-for-python',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-python-worker',
  },
  {
    code: 'memory.offheap_direct',
    title: { en: 'Off-heap buffers exhausted', zh: '堆外缓冲区耗尽' },
    meaning: {
      en: 'Direct, Netty or other off-heap buffers are exhausted',
      zh: '直接内存、Netty 或其他堆外缓冲区用尽',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The JVM or Netty refuses a direct buffer, naming what is allocated and the limit; or the shuffle service reports its direct memory full',
        zh: 'JVM 或 Netty 拒绝分配直接缓冲区，并给出已分配量和上限；或 Shuffle 服务报告直接内存已满',
      },
      provenance: ['jvm', 'engine', 'shuffle_service'],
      completeStatements: ['direct_memory_refusal'],
    },
    suggestedBy: [
      {
        en: 'Growth outside the heap in a process that reads or serves many shuffle blocks',
        zh: '大量读取或提供 Shuffle 块的进程堆外内存增长',
      },
    ],
    refutedBy: [
      { en: 'The OutOfMemoryError names heap space or metaspace', zh: 'OutOfMemoryError 指的是堆空间或元空间' },
    ],
    remediations: [
      {
        statement: {
          en: 'Raise the limit for direct memory, and the memory beside the heap with it',
          zh: '提高直接内存上限，同时提高堆外内存额度',
        },
        settings: ['-XX:MaxDirectMemorySize', 'spark.executor.memoryOverhead'],
        by: 'user',
        section: 'raise-the-limit-for-direct-memory',
      },
      {
        statement: { en: 'Fetch fewer bytes at once', zh: '减少同时拉取的数据量' },
        settings: [
          'spark.reducer.maxSizeInFlight',
          'spark.maxRemoteBlockSizeFetchToMem',
          'spark.shuffle.io.preferDirectBufs',
        ],
        by: 'user',
        section: 'fetch-fewer-bytes-at-once',
      },
      {
        statement: {
          en: 'Size the direct memory of the shuffle workers to partitions times buffer',
          zh: '按分区数乘以缓冲区大小配置 Shuffle worker 的直接内存',
        },
        settings: [
          '-XX:MaxDirectMemorySize',
          'celeborn.worker.flusher.buffer.size',
          'celeborn.worker.directMemoryRatioToPauseReceive',
        ],
        by: 'platform',
        section: 'size-the-direct-memory-of-the-shuffle-workers',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-offheap-direct',
  },
  {
    code: 'memory.native_leak',
    title: { en: 'Native memory grows without bound', zh: '本地内存无限增长' },
    meaning: {
      en: 'Native memory of the process grows without bound (malloc, a native library)',
      zh: '进程的本地内存（malloc、本地库）无限增长',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'Memory of the process outside heap and direct buffers rises steadily to the limit while heap use stays flat',
        zh: '进程在堆和直接缓冲区之外的内存持续上升直至上限，而堆使用平稳',
      },
      provenance: ['kernel', 'node_manager', 'kubernetes', 'jvm', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'A native library is in use and the need grows with time, not with the data at hand',
        zh: '使用了本地库，且占用随时间而非数据量增长',
      },
    ],
    refutedBy: [
      { en: 'The heap or the direct buffers hold the memory', zh: '内存由堆或直接缓冲区占用' },
      { en: 'The native memory reaches a steady level well below the limit', zh: '本地内存稳定在远低于上限的水平' },
    ],
    remediations: [
      {
        statement: {
          en: 'Find and release what the native library keeps; limit the arenas of malloc',
          zh: '找出并释放本地库持有的内存；限制 malloc 的 arena 数',
        },
        settings: ['spark.executorEnv.MALLOC_ARENA_MAX', '-XX:NativeMemoryTracking'],
        by: 'user',
        section: 'find-and-release-what-is-kept',
      },
      {
        statement: {
          en: 'Raise the memory beside the heap until the leak is mended',
          zh: '在修复泄漏之前提高堆外内存额度',
        },
        settings: ['spark.executor.memoryOverhead'],
        by: 'user',
        section: 'raise-the-memory-beside-the-heap-for-now',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-native-leak',
  },
  {
    code: 'memory.native_thread',
    title: { en: 'Thread or process limit reached', zh: '线程或进程数达到上限' },
    meaning: {
      en: 'A limit on threads or processes is reached: no new native thread can be created',
      zh: '线程或进程数达到上限，无法创建新的本地线程',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: "The JVM cannot create a native thread, or the kernel refuses a fork by the group's pids limit",
        zh: 'JVM 无法创建本地线程，或内核因 cgroup 的 pids 上限拒绝 fork',
      },
      provenance: ['jvm', 'engine', 'kernel'],
      completeStatements: ['pids_limit_refusal'],
    },
    suggestedBy: [
      { en: 'The number of threads rises steadily, and more heap does not help', zh: '线程数持续上升，增大堆内存无效' },
    ],
    refutedBy: [{ en: 'The OutOfMemoryError names heap space', zh: 'OutOfMemoryError 指的是堆空间' }],
    remediations: [
      {
        statement: {
          en: 'Stop creating threads without bound: share and close clients and pools',
          zh: '不要无限制创建线程：复用并关闭客户端和线程池',
        },
        settings: ['spark.executor.cores'],
        by: 'user',
        section: 'stop-creating-threads-without-bound',
      },
      {
        statement: { en: 'Raise the limit on processes of the container or user', zh: '提高容器或用户的进程数上限' },
        settings: ['pids.max', 'podPidsLimit', 'kernel.pid_max'],
        by: 'platform',
        section: 'raise-the-limit-on-processes',
      },
    ],
    standing: 'recorded',
    runbook: 'memory-native-thread',
  },
];
