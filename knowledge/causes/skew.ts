import type { Cause } from './cause.ts';

/** Causes in how rows spread over partitions. */
export const SKEW_CAUSES: readonly Cause[] = [
  {
    code: 'skew.join_key',
    title: { en: 'One or few keys hold most rows', zh: '少数键集中了大部分行' },
    meaning: {
      en: 'One or few keys of a join or aggregation hold most of the rows',
      zh: '联接或聚合中少数几个键占了大部分行',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'One task of the stage reads many times the records of the median task, and its time is in proportion',
        zh: '该 Stage 中某个 Task 读取的记录数是中位数的许多倍，耗时与之成比例',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'A stage that waits for its last task while the other slots are free',
        zh: 'Stage 在等最后一个 Task，而其余槽位空闲',
      },
    ],
    refutedBy: [
      {
        en: 'The slow task reads as many records and bytes as the median: look at its host',
        zh: '慢 Task 的记录数和字节数与中位数相当：应看它所在的主机',
      },
      { en: 'All tasks are slow alike', zh: '所有 Task 都同样慢' },
    ],
    remediations: [
      {
        statement: {
          en: 'Filter the heavy key if it is a default or empty value, or salt it',
          zh: '如果重键是默认值或空值就先过滤，否则加盐打散',
        },
        settings: [],
        by: 'user',
        section: 'filter-or-salt-the-heavy-key',
      },
      {
        statement: { en: 'Let the engine split skewed partitions', zh: '让引擎自动拆分倾斜分区' },
        settings: [
          'spark.sql.adaptive.enabled',
          'spark.sql.adaptive.skewJoin.enabled',
          'spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes',
          'spark.sql.adaptive.skewJoin.skewedPartitionFactor',
        ],
        by: 'user',
        section: 'let-the-engine-split-skewed-partitions',
      },
      {
        statement: {
          en: 'Broadcast the small side so that nothing is shuffled by the key',
          zh: '广播小表，避免按键 Shuffle',
        },
        settings: ['spark.sql.autoBroadcastJoinThreshold'],
        by: 'user',
        section: 'broadcast-the-small-side',
      },
    ],
    standing: 'recorded',
    runbook: 'skew-join-key',
  },
  {
    code: 'skew.partition_sizing',
    title: { en: 'Too few or too many partitions', zh: '分区过少或过多' },
    meaning: {
      en: 'The number of partitions does not fit the data: few huge ones or thousands of tiny ones',
      zh: '分区数与数据量不匹配：少量巨大分区或成千上万个极小分区',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'Tasks are far shorter than their scheduling cost, or so few that slots stay free, while the data would allow another number',
        zh: 'Task 远短于其调度开销，或数量太少使槽位空闲，而数据量允许别的分区数',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Median bytes per task far below or above the usual target size',
        zh: '每个 Task 的数据量中位数远低于或高于常用目标大小',
      },
    ],
    refutedBy: [
      { en: 'The tasks keep all slots busy with sizes near the target', zh: 'Task 大小接近目标且所有槽位都忙' },
    ],
    remediations: [
      {
        statement: { en: 'Fit the number of partitions to the data', zh: '让分区数与数据量匹配' },
        settings: ['spark.sql.shuffle.partitions', 'spark.default.parallelism', 'spark.sql.files.maxPartitionBytes'],
        by: 'user',
        section: 'fit-the-number-of-partitions-to-the-data',
      },
      {
        statement: {
          en: 'Let the engine join small partitions after the shuffle',
          zh: '让引擎在 Shuffle 后合并小分区',
        },
        settings: [
          'spark.sql.adaptive.enabled',
          'spark.sql.adaptive.coalescePartitions.enabled',
          'spark.sql.adaptive.advisoryPartitionSizeInBytes',
        ],
        by: 'user',
        section: 'let-the-engine-join-small-partitions',
      },
    ],
    standing: 'recorded',
    runbook: 'skew-partition-sizing',
  },
];
