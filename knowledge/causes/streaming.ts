import type { Cause } from './cause.ts';

/** Causes in streaming jobs (Flink). */
export const STREAMING_CAUSES: readonly Cause[] = [
  {
    code: 'streaming.checkpoint_timeout',
    title: { en: 'Checkpoint does not finish in time', zh: '检查点未能按时完成' },
    meaning: { en: 'Checkpoints do not finish in time', zh: '检查点未能按时完成' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The engine declares checkpoints expired, and the slow part is the snapshot itself: its synchronous or asynchronous time',
        zh: '引擎声明检查点过期，且慢在快照本身的同步或异步阶段',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The job restarts after several failed checkpoints', zh: '多次检查点失败后作业重启' }],
    refutedBy: [
      {
        en: 'Alignment or start delay takes the time: back-pressure comes first',
        zh: '时间花在对齐或启动延迟上：应先看反压',
      },
    ],
    remediations: [
      {
        statement: { en: 'Make the state smaller or its snapshots incremental', zh: '缩小状态或使用增量快照' },
        settings: [
          'execution.checkpointing.timeout',
          'execution.checkpointing.interval',
          'execution.checkpointing.unaligned.enabled',
          'execution.checkpointing.incremental',
        ],
        by: 'user',
        section: 'make-the-state-smaller-or-its-snapshots-incremental',
      },
      {
        statement: { en: 'Look at the store of the checkpoints', zh: '检查检查点存储' },
        settings: ['execution.checkpointing.dir'],
        by: 'platform',
        section: 'look-at-the-store-of-the-checkpoints',
      },
    ],
    standing: 'recorded',
    runbook: 'streaming-checkpoint-timeout',
  },
  {
    code: 'streaming.backpressure',
    title: { en: 'An operator cannot keep up', zh: '算子处理不过来' },
    meaning: { en: 'An operator cannot keep up with its input', zh: '某个算子跟不上输入速度' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'One operator is busy all the time and not back-pressured, while all before it are',
        zh: '某算子一直繁忙且自身不受反压，而其上游全部受反压',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Lag grows while the source shows high back-pressure', zh: '延迟增长，而 Source 显示高反压' }],
    refutedBy: [{ en: 'No operator is busy or back-pressured', zh: '没有算子繁忙或受反压' }],
    remediations: [
      {
        statement: {
          en: 'Make the busy operator quicker: batch or asynchronous calls, more parallel instances',
          zh: '加快繁忙算子：批量或异步调用，提高并行度',
        },
        settings: ['parallelism.default', 'taskmanager.numberOfTaskSlots'],
        by: 'user',
        section: 'make-the-busy-operator-quicker',
      },
      {
        statement: { en: 'Give the system behind the operator more capacity', zh: '为该算子背后的系统扩容' },
        settings: [],
        by: 'platform',
        section: 'give-the-system-behind-the-operator-more-capacity',
      },
    ],
    standing: 'recorded',
    runbook: 'streaming-backpressure',
  },
  {
    code: 'streaming.taskmanager_lost',
    title: { en: 'TaskManager gone', zh: 'TaskManager 丢失' },
    meaning: { en: 'A TaskManager is gone, and the reason is not shown', zh: 'TaskManager 丢失，且原因没有记录' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The engine declares the TaskManager lost and its log simply ends',
        zh: '引擎声明 TaskManager 丢失，其日志戛然而止',
      },
      provenance: ['engine', 'resource_manager', 'kubernetes'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The last exception is that no slots are available', zh: '最后的异常是没有可用槽位' }],
    refutedBy: [
      { en: 'A record shows what ended it: that is the cause', zh: '有记录说明其退出原因：那才是根因' },
      { en: 'The same process goes on and registers again', zh: '同一进程继续运行并重新注册' },
    ],
    remediations: [
      {
        statement: {
          en: 'Look for what ended it: kernel log, container exit, standard output of the process',
          zh: '查找其退出原因：内核日志、容器退出码、进程标准输出',
        },
        settings: [],
        by: 'platform',
        section: 'look-for-what-ended-it',
      },
      {
        statement: {
          en: 'Give the TaskManager the memory it needs if it was killed for memory',
          zh: '若因内存被杀，给足 TaskManager 内存',
        },
        settings: ['taskmanager.memory.process.size', 'taskmanager.memory.jvm-overhead.fraction'],
        by: 'user',
        section: 'give-the-taskmanager-the-memory-it-needs',
      },
    ],
    standing: 'recorded',
    runbook: 'streaming-taskmanager-lost',
  },
  {
    code: 'streaming.kafka_offset',
    title: { en: 'Wanted offsets no longer exist', zh: '所需位点已不存在' },
    meaning: { en: 'The offsets that the job wants no longer exist', zh: '作业需要的位点已不存在' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The client names the partition and the offset that is out of range',
        zh: '客户端指明越界的分区和位点',
      },
      provenance: ['engine', 'storage'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'The job was stopped for longer than the topic keeps its data', zh: '作业停止时间超过主题数据保留期' },
    ],
    refutedBy: [{ en: 'The offsets exist and the broker does not answer', zh: '位点存在，只是 broker 无响应' }],
    remediations: [
      {
        statement: {
          en: 'Start from an offset that exists, and count what was lost',
          zh: '从存在的位点启动，并统计丢失量',
        },
        settings: [],
        by: 'user',
        section: 'start-from-an-offset-that-exists',
      },
      {
        statement: {
          en: "Keep the topic's data for longer than an outage may last",
          zh: '让主题数据保留时间长于可能的停机时间',
        },
        settings: [],
        by: 'platform',
        section: 'keep-the-topics-data-for-longer',
      },
    ],
    standing: 'unproven',
    runbook: 'streaming-kafka-offset',
  },
  {
    code: 'streaming.network_buffers',
    title: { en: 'Not enough network buffers', zh: '网络缓冲区不足' },
    meaning: { en: 'There are not enough network buffers for the job', zh: '作业的网络缓冲区不足' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The engine states how many network buffers are required and how many there are',
        zh: '引擎声明所需和现有的网络缓冲区数量',
      },
      provenance: ['engine'],
      completeStatements: ['insufficient_network_buffers'],
    },
    suggestedBy: [{ en: 'The job failed right after its parallelism was raised', zh: '提高并行度后作业立即失败' }],
    refutedBy: [{ en: 'Buffers were available and slots were missing', zh: '缓冲区足够，缺的是槽位' }],
    remediations: [
      {
        statement: {
          en: 'Raise the share of network memory, or lower the parallelism',
          zh: '提高网络内存占比，或降低并行度',
        },
        settings: ['taskmanager.memory.network.fraction', 'taskmanager.memory.network.max', 'parallelism.default'],
        by: 'user',
        section: 'raise-the-share-of-network-memory',
      },
      {
        statement: { en: 'Give the TaskManagers more memory', zh: '为 TaskManager 增加内存' },
        settings: ['taskmanager.memory.process.size'],
        by: 'platform',
        section: 'give-the-taskmanagers-more-memory',
      },
    ],
    standing: 'unproven',
    runbook: 'streaming-network-buffers',
  },
  {
    code: 'streaming.watermark_stalled',
    title: { en: 'Watermark held back', zh: '水位线停滞' },
    meaning: { en: 'An idle or late source holds the watermark back', zh: '空闲或迟到的数据源使水位线停滞' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The watermark of the window does not move while records arrive, and one subtask of the source emits none',
        zh: '有数据到达而窗口水位线不动，且 Source 的某个子任务没有输出',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'No output although the job runs, without back-pressure and with good checkpoints',
        zh: '作业正常运行、无反压、检查点成功，却没有输出',
      },
    ],
    refutedBy: [{ en: 'The watermark moves', zh: '水位线在推进' }],
    remediations: [
      {
        statement: {
          en: 'Mark idle sources, so that they do not hold the watermark back',
          zh: '标记空闲数据源，使其不阻挡水位线',
        },
        settings: ['table.exec.source.idle-timeout'],
        by: 'user',
        section: 'mark-idle-sources',
      },
      {
        statement: { en: 'Find why the partition has no data', zh: '查明该分区没有数据的原因' },
        settings: [],
        by: 'user',
        section: 'find-why-the-partition-has-no-data',
      },
    ],
    standing: 'recorded',
    runbook: 'streaming-watermark-stalled',
  },
];
