import type { Cause } from './cause.ts';

/** Causes in queues and placement: who gets resources, when, and who loses them to whom. */
export const SCHEDULING_CAUSES: readonly Cause[] = [
  {
    code: 'scheduling.insufficient_resources',
    title: { en: 'Nothing can be placed', zh: '资源不足，无法分配' },
    meaning: {
      en: 'Nothing can be placed: cluster, nodes, slots or quota are too small for the ask',
      zh: '集群、节点、槽位或配额不足以满足申请，无法分配',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The scheduler states that no node fits or no slot is free, and its totals show less than is asked for',
        zh: '调度器声明没有合适的节点或空闲槽位，且总量小于申请量',
      },
      provenance: ['resource_manager', 'kubernetes', 'engine', 'workflow_engine'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'The job repeats that it has not been given any resources', zh: '作业反复报告没有得到任何资源' },
    ],
    refutedBy: [
      { en: 'Enough is free for the ask: order or a limit holds it back', zh: '空闲资源足够：是顺序或上限在限制' },
      { en: 'Executors start and fail again and again', zh: 'Executor 反复启动又失败' },
    ],
    remediations: [
      {
        statement: { en: 'Ask for fewer or smaller executors', zh: '申请更少或更小的 Executor' },
        settings: ['spark.executor.instances', 'spark.executor.memory', 'spark.executor.cores'],
        by: 'user',
        section: 'ask-for-fewer-or-smaller-executors',
      },
      {
        statement: { en: "Fit the job's parallelism to the slots", zh: '让作业并行度与槽位数匹配' },
        settings: ['taskmanager.numberOfTaskSlots', 'parallelism.default'],
        by: 'user',
        section: 'fit-the-job-parallelism-to-the-slots',
      },
      {
        statement: { en: 'Add nodes or slots, or raise the quota', zh: '增加节点或槽位，或提高配额' },
        settings: [
          'yarn.nodemanager.resource.memory-mb',
          'yarn.nodemanager.resource.cpu-vcores',
          'ResourceQuota.spec.hard',
        ],
        by: 'platform',
        section: 'add-nodes-or-slots-or-raise-the-quota',
      },
    ],
    standing: 'recorded',
    runbook: 'scheduling-insufficient-resources',
  },
  {
    code: 'scheduling.queue_blocked',
    title: { en: 'Queue blocked though capacity is free', zh: '有空闲资源但队列被阻塞' },
    meaning: {
      en: 'Capacity exists, but order, a reservation, a limit of the queue or a dead-lock blocks it',
      zh: '有空闲资源，但被顺序、预留、队列上限或死锁阻塞',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The scheduler names the limit that holds the application back, with use and limit, while the cluster has free capacity',
        zh: '调度器指明限制该应用的上限及用量，同时集群有空闲资源',
      },
      provenance: ['resource_manager', 'kubernetes', 'workflow_engine'],
      completeStatements: ['queue_am_limit_exceeded'],
    },
    suggestedBy: [
      { en: 'Many applications of the queue hold only their masters', zh: '队列中许多应用只占着各自的 AM' },
    ],
    refutedBy: [{ en: 'The queue uses its whole share: the job simply waits', zh: '队列已用满份额：作业只是在排队' }],
    remediations: [
      {
        statement: {
          en: 'Wait for the other applications of the queue, or use another queue',
          zh: '等待队列中其他应用结束，或换用其他队列',
        },
        settings: ['spark.yarn.queue', 'spark.yarn.am.memory'],
        by: 'user',
        section: 'wait-or-use-another-queue',
      },
      {
        statement: {
          en: 'Raise the share of the queue that application masters may use',
          zh: '提高队列中 AM 可用的资源比例',
        },
        settings: [
          'yarn.scheduler.capacity.maximum-am-resource-percent',
          'yarn.scheduler.capacity.<queue-path>.maximum-am-resource-percent',
        ],
        by: 'platform',
        section: 'raise-the-share-of-application-masters',
      },
      {
        statement: { en: 'Let one user take more of the queue while it is free', zh: '队列空闲时允许单个用户使用更多' },
        settings: ['yarn.scheduler.capacity.<queue-path>.user-limit-factor'],
        by: 'platform',
        section: 'let-one-user-take-more-of-the-queue',
      },
    ],
    standing: 'recorded',
    runbook: 'scheduling-queue-blocked',
  },
  {
    code: 'scheduling.queue_wait',
    title: { en: "Waited for its queue's share", zh: '在排队等待资源' },
    meaning: {
      en: "The job waited for its queue's or pool's share; it did not run slowly",
      zh: '作业在等待队列或资源池的份额，并不是运行变慢',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The time between submission and launch explains the delay, and the queue or pool was at its limit in that time',
        zh: '提交到启动之间的时间足以解释延迟，且该时段队列或资源池已达上限',
      },
      provenance: ['resource_manager', 'kubernetes', 'workflow_engine', 'engine'],
      completeStatements: ['airflow_pool_full'],
    },
    suggestedBy: [
      {
        en: 'A larger or higher-ranked job of the same queue ran in that time',
        zh: '该时段同队列有更大或优先级更高的作业在运行',
      },
    ],
    refutedBy: [
      { en: 'The wait is as short as usual', zh: '等待与平时一样短' },
      { en: 'The queue had free share while the job waited', zh: '作业等待时队列仍有空闲份额' },
    ],
    remediations: [
      {
        statement: { en: 'Move the job to a quieter hour or another queue', zh: '把作业移到空闲时段或其他队列' },
        settings: ['spark.yarn.queue', 'spark.yarn.priority'],
        by: 'user',
        section: 'move-the-job-to-a-quieter-hour-or-queue',
      },
      {
        statement: {
          en: 'Give the queue a larger share, or the heavy job a pool of its own',
          zh: '扩大队列份额，或为重作业单设资源池',
        },
        settings: [
          'yarn.scheduler.capacity.<queue-path>.capacity',
          'yarn.scheduler.capacity.<queue-path>.maximum-capacity',
          'core.default_pool_task_slot_count',
        ],
        by: 'platform',
        section: 'give-the-queue-a-larger-share',
      },
    ],
    standing: 'recorded',
    runbook: 'scheduling-queue-wait',
  },
  {
    code: 'scheduling.killed_by_user',
    title: { en: 'Ended by a person or command', zh: '被人为终止' },
    meaning: { en: "A person or a client's command ended it, as recorded", zh: '有记录表明由人或客户端命令终止' },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The scheduler's or engine's record names the request to kill and who sent it",
        zh: '调度器或引擎记录了终止请求及其发起者',
      },
      provenance: ['resource_manager', 'kubernetes', 'engine', 'workflow_engine'],
      completeStatements: ['application_killed_by_user'],
    },
    suggestedBy: [{ en: 'The state is KILLED with empty diagnostics', zh: '状态为 KILLED 且诊断信息为空' }],
    refutedBy: [
      { en: 'The kill came from the scheduler, the kernel or the engine itself', zh: '终止来自调度器、内核或引擎自身' },
    ],
    remediations: [
      {
        statement: { en: 'Ask the person who is named, then run it again', zh: '询问记录中的操作人，再决定是否重跑' },
        settings: [],
        by: 'user',
        section: 'ask-the-person-named-then-run-again',
      },
      {
        statement: { en: 'Restrict who may kill applications of the queue', zh: '限制可终止该队列应用的人员' },
        settings: ['yarn.scheduler.capacity.<queue-path>.acl_administer_queue'],
        by: 'platform',
        section: 'restrict-who-may-kill-applications',
      },
    ],
    standing: 'recorded',
    runbook: 'scheduling-killed-by-user',
  },
  {
    code: 'scheduling.preemption',
    title: { en: 'Preempted for another queue', zh: '被其他队列抢占' },
    meaning: {
      en: 'Containers were killed in favour of another queue or priority',
      zh: '容器为其他队列或更高优先级让路而被终止',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The ResourceManager marks the containers as preempted, or Kubernetes names the pod that preempted them',
        zh: 'ResourceManager 将容器标记为被抢占，或 Kubernetes 指明抢占它的 Pod',
      },
      provenance: ['resource_manager', 'node_manager', 'kubernetes'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: "The job's queue used more than its guarantee when another queue asked for its own",
        zh: '另一队列索要其份额时，本作业所在队列超出了保证容量',
      },
    ],
    refutedBy: [
      { en: 'The container was killed for memory or ended with its job', zh: '容器因内存被杀，或随作业正常结束' },
      {
        en: 'The preempted container was not the one whose loss failed the job',
        zh: '被抢占的容器不是导致作业失败的那个',
      },
    ],
    remediations: [
      {
        statement: {
          en: "Run within the queue's guarantee, or outside the hours of the queue that takes back its share",
          zh: '在队列保证容量内运行，或避开对方队列收回资源的时段',
        },
        settings: ['spark.yarn.queue', 'spark.dynamicAllocation.maxExecutors'],
        by: 'user',
        section: 'stay-within-the-guarantee-of-the-queue',
      },
      {
        statement: {
          en: 'Protect the queue from preemption, or give more time before the kill',
          zh: '保护该队列不被抢占，或延长终止前的等待',
        },
        settings: [
          'yarn.scheduler.capacity.<queue-path>.disable_preemption',
          'yarn.resourcemanager.monitor.capacity.preemption.max_wait_before_kill',
          'yarn.resourcemanager.scheduler.monitor.enable',
        ],
        by: 'platform',
        section: 'protect-the-queue-or-delay-the-kill',
      },
    ],
    standing: 'recorded',
    runbook: 'scheduling-preemption',
  },
];
