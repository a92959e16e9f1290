import type { Cause } from './cause.ts';

/** Causes in settings. */
export const CONFIG_CAUSES: readonly Cause[] = [
  {
    code: 'config.serializer_buffer',
    title: { en: 'Serializer buffer too small', zh: '序列化缓冲区过小' },
    meaning: { en: 'An object is larger than the limit of the Kryo buffer', zh: '对象超过 Kryo 缓冲区上限' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The engine states a buffer overflow of Kryo with the bytes required',
        zh: '引擎声明 Kryo 缓冲区溢出，并给出所需字节数',
      },
      provenance: ['engine', 'jvm', 'user_process'],
      completeStatements: ['kryo_buffer_overflow'],
    },
    suggestedBy: [{ en: 'Very large single records, vectors or closures', zh: '单条记录、向量或闭包非常大' }],
    refutedBy: [
      {
        en: 'The overflow is of another buffer, or the serialised task is over the message limit',
        zh: '溢出的是其他缓冲区，或序列化后的 Task 超过消息上限',
      },
    ],
    remediations: [
      {
        statement: { en: 'Raise the limit over the size that was required', zh: '把上限提高到所需大小以上' },
        settings: ['spark.kryoserializer.buffer.max'],
        by: 'user',
        section: 'raise-the-limit-of-the-buffer',
      },
      {
        statement: {
          en: 'Keep single objects small: do not put large structures into one record or closure',
          zh: '控制单个对象大小：不要把大结构放进一条记录或闭包',
        },
        settings: ['spark.rpc.message.maxSize'],
        by: 'user',
        section: 'keep-single-objects-small',
      },
    ],
    standing: 'recorded',
    runbook: 'config-serializer-buffer',
  },
  {
    code: 'config.shuffle_service_mismatch',
    title: { en: 'Shuffle manager and shuffle service do not match', zh: 'Shuffle 管理器与 Shuffle 服务不匹配' },
    meaning: {
      en: 'The shuffle manager and the shuffle service as set do not go together',
      zh: '所配置的 Shuffle 管理器与 Shuffle 服务不能搭配使用',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The job sets a shuffle manager together with a shuffle service that does not know it, and executors fail to register',
        zh: '作业设置的 Shuffle 管理器不被 Shuffle 服务支持，Executor 注册失败',
      },
      provenance: ['engine', 'shuffle_service', 'node_manager'],
      completeStatements: ['unsupported_shuffle_manager'],
    },
    suggestedBy: [
      {
        en: 'All executors end within seconds of their start, with no task run',
        zh: '所有 Executor 启动数秒即退出，没有运行任何 Task',
      },
    ],
    refutedBy: [{ en: 'The same settings worked while the service was up', zh: '同样的配置在服务正常时可用' }],
    remediations: [
      {
        statement: {
          en: 'Use one of the two: the remote shuffle manager, or the external shuffle service',
          zh: '二者选一：远程 Shuffle 管理器或外部 Shuffle 服务',
        },
        settings: ['spark.shuffle.manager', 'spark.shuffle.service.enabled'],
        by: 'user',
        section: 'use-one-of-the-two',
      },
      {
        statement: {
          en: 'Switch the plugins that belong to the shuffle manager together with it',
          zh: '与 Shuffle 管理器配套的插件一并调整',
        },
        settings: [
          'spark.shuffle.sort.io.plugin.class',
          'spark.sql.adaptive.localShuffleReader.enabled',
          'spark.dynamicAllocation.shuffleTracking.enabled',
        ],
        by: 'user',
        section: 'switch-the-plugins-along',
      },
    ],
    standing: 'recorded',
    runbook: 'config-shuffle-service-mismatch',
  },
  {
    code: 'config.wrong_path_or_endpoint',
    title: { en: 'Wrong path or address', zh: '路径或地址配置错误' },
    meaning: {
      en: 'A path, address or scheme is wrong, or a site file is missing',
      zh: '路径、地址或协议写错，或缺少站点配置文件',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The setting names a path or address that does not exist, while the service answers at another one',
        zh: '配置指向不存在的路径或地址，而服务在另一地址正常响应',
      },
      provenance: [
        'engine',
        'jvm',
        'storage',
        'shuffle_service',
        'cache',
        'kubernetes',
        'workflow_engine',
        'user_process',
      ],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: "The address is local or a default where a cluster's is expected",
        zh: '应为集群地址的地方出现本机或默认地址',
      },
    ],
    refutedBy: [{ en: 'The address is right and what stands there is down', zh: '地址正确，只是对应的服务停止' }],
    remediations: [
      {
        statement: { en: "Correct the path or address in the job's settings", zh: '修正作业配置中的路径或地址' },
        settings: ['fs.defaultFS', 'celeborn.master.endpoints', 'hive.metastore.uris'],
        by: 'user',
        section: 'correct-the-path-or-address',
      },
      {
        statement: { en: 'Ship the site files of the cluster with the client', zh: '为客户端分发集群的站点配置文件' },
        settings: ['HADOOP_CONF_DIR'],
        by: 'platform',
        section: 'ship-the-site-files',
      },
    ],
    standing: 'recorded',
    runbook: 'config-wrong-path-or-endpoint',
  },
  {
    code: 'config.resource_setting',
    title: { en: 'A setting cannot work as set', zh: '配置值无法工作' },
    meaning: {
      en: 'A size, flag or parallelism cannot work as it is set',
      zh: '某个大小、开关或并行度按当前设置无法工作',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The scheduler or runtime refuses the value and names the limit or the flag it refuses',
        zh: '调度器或运行时拒绝该值，并指明上限或被拒绝的参数',
      },
      provenance: ['engine', 'jvm', 'resource_manager', 'node_manager', 'kubernetes', 'kernel', 'workflow_engine'],
      completeStatements: ['resource_ask_over_maximum', 'jvm_option_refusal'],
    },
    suggestedBy: [
      { en: 'The value lies outside the range that the version documents', zh: '该值超出所用版本文档规定的范围' },
    ],
    refutedBy: [
      { en: 'The same value worked in earlier runs on the same platform', zh: '同样的值在同一平台以往的运行中可用' },
    ],
    remediations: [
      {
        statement: {
          en: 'Ask within the limit that is stated: smaller executors, or fewer cores in each',
          zh: '在声明的上限内申请：更小的 Executor 或更少的核',
        },
        settings: [
          'spark.executor.memory',
          'spark.executor.memoryOverhead',
          'spark.executor.cores',
          'spark.driver.memory',
        ],
        by: 'user',
        section: 'ask-within-the-limit',
      },
      {
        statement: { en: 'Correct or remove the flag that is refused', zh: '更正或去掉被拒绝的参数' },
        settings: [
          'spark.driver.extraJavaOptions',
          'spark.executor.extraJavaOptions',
          '-XX:+UnlockDiagnosticVMOptions',
        ],
        by: 'user',
        section: 'correct-or-remove-the-flag',
      },
      {
        statement: {
          en: 'Raise the largest container that may be asked for, where the nodes can hold it',
          zh: '在节点可容纳的前提下提高可申请的最大容器',
        },
        settings: [
          'yarn.scheduler.maximum-allocation-mb',
          'yarn.scheduler.maximum-allocation-vcores',
          'yarn.nodemanager.resource.memory-mb',
        ],
        by: 'platform',
        section: 'raise-the-largest-container',
      },
    ],
    standing: 'recorded',
    runbook: 'config-resource-setting',
  },
  {
    code: 'config.changed',
    title: { en: 'A changed setting explains it', zh: '由配置变更引起' },
    meaning: {
      en: 'A setting differs from the last good run and explains the change',
      zh: '某项配置与上次正常运行不同，并能解释这次变化',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The setting differs between this run and the last good one, and what it governs moved in the accounts or in the plan',
        zh: '该配置在本次与上次正常运行之间不同，且其控制的部分在耗时账目或执行计划中发生变化',
      },
      provenance: ['engine', 'jvm', 'node_manager', 'resource_manager'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'A roll-out or release lies between the two runs', zh: '两次运行之间有过上线或发布' }],
    refutedBy: [
      { en: 'The setting is the same in the good run', zh: '正常运行中该配置相同' },
      { en: 'What the setting governs did not move', zh: '该配置控制的部分没有变化' },
    ],
    remediations: [
      {
        statement: { en: 'Set it back to the value of the last good run', zh: '恢复为上次正常运行的值' },
        settings: [],
        by: 'user',
        section: 'set-it-back',
      },
      {
        statement: {
          en: "Roll the platform's change back, or announce it with what it alters",
          zh: '回滚平台侧变更，或公告变更及其影响',
        },
        settings: [],
        by: 'platform',
        section: 'roll-the-change-back-or-announce-it',
      },
    ],
    standing: 'recorded',
    runbook: 'config-changed',
  },
];
