import type { Cause } from './cause.ts';

/** Causes in executors that come and go: eviction, lost nodes, dynamic allocation, speculation. */
export const SCHEDULING_EXECUTOR_CAUSES: readonly Cause[] = [
  {
    code: 'scheduling.overcommit_eviction',
    title: { en: 'Evicted by over-commit', zh: '因超卖被驱逐' },
    meaning: {
      en: "The node's over-commit component evicted the container when real use came near capacity",
      zh: '节点实际使用接近容量时，超卖组件驱逐了该容器',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "The component's own record or the pod's status names the eviction and the resource that ran low",
        zh: '组件自身记录或 Pod 状态写明驱逐及紧缺的资源',
      },
      provenance: ['node_manager', 'kubernetes'],
      completeStatements: ['kubelet_eviction_message'],
    },
    suggestedBy: [
      {
        en: "Exit 137 or 143 well under the container's own limit on an over-committed node",
        zh: '在超卖节点上，容器远低于自身上限却以 137 或 143 退出',
      },
    ],
    refutedBy: [{ en: 'The container was over its own limit', zh: '容器超出了自身上限' }],
    remediations: [
      {
        statement: {
          en: 'Ask for what the job really uses, so that it is not evicted first',
          zh: '按实际用量申请，避免被优先驱逐',
        },
        settings: ['resources.requests.memory', 'spark.executor.memoryOverhead'],
        by: 'user',
        section: 'ask-for-what-the-job-really-uses',
      },
      {
        statement: {
          en: 'Lower the over-commit of the node, or evict best-effort work earlier',
          zh: '降低节点超卖比例，或更早驱逐低优先级任务',
        },
        settings: ['evictionHard', 'yarn.nodemanager.resource.memory-mb'],
        by: 'platform',
        section: 'lower-the-over-commit-or-evict-earlier',
      },
    ],
    standing: 'unproven',
    runbook: 'scheduling-overcommit-eviction',
  },
  {
    code: 'scheduling.spot_node_lost',
    title: { en: 'Node reclaimed or lost', zh: '节点被回收或丢失' },
    meaning: { en: 'The node was reclaimed, removed or failed', zh: '节点被回收、移除或故障' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The ResourceManager or Kubernetes records the node as lost, removed or decommissioned at that time',
        zh: 'ResourceManager 或 Kubernetes 记录该节点在当时丢失、移除或下线',
      },
      provenance: ['resource_manager', 'kubernetes'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'All executors of one host were lost at once, and its logs simply end',
        zh: '同一主机的 Executor 同时丢失，其日志戛然而止',
      },
    ],
    refutedBy: [
      { en: 'Other containers of the host went on', zh: '该主机的其他容器继续运行' },
      { en: 'The lost node held nothing that the job needed', zh: '丢失的节点上没有作业需要的内容' },
    ],
    remediations: [
      {
        statement: {
          en: 'Let executors hand over their blocks before the node goes',
          zh: '在节点离开前让 Executor 迁移数据块',
        },
        settings: [
          'spark.decommission.enabled',
          'spark.storage.decommission.enabled',
          'spark.storage.decommission.shuffleBlocks.enabled',
        ],
        by: 'user',
        section: 'let-executors-hand-over-their-blocks',
      },
      {
        statement: {
          en: 'Keep drivers and masters off nodes that may be reclaimed',
          zh: '不要把 Driver 和 AM 放在可被回收的节点上',
        },
        settings: ['spark.yarn.am.nodeLabelExpression', 'spark.kubernetes.driver.node.selector.[labelKey]'],
        by: 'platform',
        section: 'keep-drivers-and-masters-off-reclaimable-nodes',
      },
    ],
    standing: 'recorded',
    runbook: 'scheduling-spot-node-lost',
  },
  {
    code: 'scheduling.dynamic_allocation',
    title: { en: 'Executors released or stuck by dynamic allocation', zh: '动态分配释放或卡住 Executor' },
    meaning: {
      en: 'Dynamic allocation released executors that were soon needed again, or does not get them back',
      zh: '动态分配释放了很快又需要的 Executor，或要不回来',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'Executors are removed when idle and added again late, and the wait for them explains the time beyond the usual run',
        zh: 'Executor 空闲时被移除、之后很晚才加回，等待它们的时间解释了多出的耗时',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'Many executors removed for idleness between short jobs', zh: '短作业之间大量 Executor 因空闲被移除' },
    ],
    refutedBy: [
      {
        en: 'The number of executors is constant, or dynamic allocation is off',
        zh: 'Executor 数量恒定，或未开启动态分配',
      },
      { en: 'The stages never waited for an executor', zh: '各 Stage 从未等待 Executor' },
    ],
    remediations: [
      {
        statement: {
          en: 'Keep a minimum of executors, and release idle ones later',
          zh: '保留最少 Executor 数，延后释放空闲的',
        },
        settings: [
          'spark.dynamicAllocation.minExecutors',
          'spark.dynamicAllocation.executorIdleTimeout',
          'spark.dynamicAllocation.initialExecutors',
        ],
        by: 'user',
        section: 'keep-a-minimum-and-release-later',
      },
      {
        statement: { en: 'Ask for executors sooner when tasks wait', zh: '有 Task 等待时更早申请 Executor' },
        settings: [
          'spark.dynamicAllocation.schedulerBacklogTimeout',
          'spark.dynamicAllocation.sustainedSchedulerBacklogTimeout',
        ],
        by: 'user',
        section: 'ask-for-executors-sooner',
      },
    ],
    standing: 'recorded',
    runbook: 'scheduling-dynamic-allocation',
  },
  {
    code: 'scheduling.speculation',
    title: { en: 'Duplicate attempts conflict', zh: '推测执行的副本冲突' },
    meaning: {
      en: 'Duplicate attempts of tasks conflict with each other or waste capacity',
      zh: '同一 Task 的多个副本互相冲突或浪费资源',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'Two attempts of one task write the same file, or the killed copies take a large share of the core time',
        zh: '同一 Task 的两个尝试写同一文件，或被终止的副本占用大量核时',
      },
      provenance: ['engine', 'storage'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'A lease or commit error names two attempts of one task', zh: '租约或提交错误中出现同一 Task 的两个尝试' },
    ],
    refutedBy: [
      { en: 'Speculation is off', zh: '未开启推测执行' },
      { en: 'Killed copies took a negligible share of the time', zh: '被终止的副本耗时可以忽略' },
    ],
    remediations: [
      {
        statement: {
          en: 'Switch speculation off for jobs that write beside the committer',
          zh: '对绕过提交协议写数据的作业关闭推测执行',
        },
        settings: ['spark.speculation'],
        by: 'user',
        section: 'switch-speculation-off-for-such-writers',
      },
      {
        statement: { en: 'Start copies later and only for the slowest tasks', zh: '推迟启动副本，且只针对最慢的 Task' },
        settings: ['spark.speculation.quantile', 'spark.speculation.multiplier'],
        by: 'user',
        section: 'start-copies-later-and-fewer',
      },
    ],
    standing: 'recorded',
    runbook: 'scheduling-speculation',
  },
];
