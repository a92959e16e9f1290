import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { ALL_BUT_ASKER, OWN_STATE, YARN } from './trusted-writers.ts';

/** Waiting, preemption, kills by people and lost nodes, on YARN and standalone. Kubernetes has its own file. */
export const SCHEDULING_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'scheduling/no-resources-accepted',
    code: 'scheduling.insufficient_resources',
    symptom: 'waiting',
    literals: ['has not accepted any resources'],
    pattern: /(?:Initial job|TaskSet \S{1,20}|Job) has not accepted any resources/,
    observedFrom: [],
    rank: 44,
    inferredOnly: true,
    seenIn:
      'spark TaskSchedulerImpl 1.x-4.x (repeated every 15 s, also while executors are merely on their way); question q008',
    say: {
      en: 'No executor was there to take the first tasks: none could be allocated yet, or none could register with the driver',
      zh: '没有 executor 可以接收第一批任务:还没分配到,或者无法向 driver 注册',
    },
  }),
  statementSignature({
    id: 'scheduling/not-yet-activated',
    code: 'scheduling.queue_blocked',
    symptom: 'waiting',
    literals: [
      'is not yet activated',
      'exceeds maximum AM resource allowed',
      'AM resource limit exceeded',
      'cannot accept submission of application',
      'is STOPPED. Cannot accept submission',
    ],
    pattern: [
      /not yet activated\.\s{0,4}(?<why>(?:Queue|User)'s AM resource limit exceeded)[^\n]{0,600}/,
      /not yet activated\.\s{0,4}(?<why>Skipping AM assignment as cluster resource is empty)/,
      /(?<why>(?:Queue|User)'s AM resource limit exceeded)/,
      /(?<why>exceeds maximum AM resource allowed)/,
      /Queue (?<queue>[\w.:-]{1,200}) already has \d{1,9} applications?, cannot accept submission of application/,
      /Queue (?<queue>[\w.:-]{1,200}) is STOPPED\. Cannot accept submission/,
      /Application is added to the scheduler and is not yet activated/,
    ],
    observedFrom: YARN,
    rank: 84,
    seenIn: 'hadoop LeafQueue / AMState 2.8-3.x, FSLeafQueue; capture yarn-019',
    say: (groups) => ({
      en: `The application may not start yet although memory is free: ${groups.why ?? `queue ${groups.queue ?? ''} takes no more`}`,
      zh: `虽有空闲内存,应用仍不能启动:${groups.why ?? `队列 ${groups.queue ?? ''} 不再接收`}`,
    }),
    read: (groups) => ({
      keys: present({ queue: groups.queue }),
      ...(groups.why?.startsWith('Skipping') ? { code: 'scheduling.insufficient_resources' as const } : {}),
    }),
  }),
  statementSignature({
    id: 'scheduling/waits-for-master-container',
    code: 'scheduling.queue_wait',
    symptom: 'waiting',
    literals: [
      'waiting for resources to be assigned for AM',
      'waiting for AM container to be allocated',
      'exceeds current queue or its parents maximum resource allowed',
    ],
    pattern: [
      /waiting for resources to be assigned for AM/,
      /waiting for AM container to be allocated, launched and register with RM/,
      /exceeds current queue or its parents maximum resource allowed/,
    ],
    observedFrom: YARN,
    rank: 50,
    inferredOnly: true,
    seenIn: 'hadoop AMState, RMAppAttemptImpl, FSAppAttempt 2.x/3.x',
    say: {
      en: 'The application is accepted and waits for a container for its master: its queue or the cluster is full',
      zh: '应用已被接受,在等 ApplicationMaster 的容器:队列或集群已满',
    },
  }),
  statementSignature({
    id: 'scheduling/preempted',
    code: 'scheduling.preemption',
    symptom: 'executor_lost',
    literals: ['was preempted', 'container preempted', 'Container preempted by scheduler', ': -102'],
    pattern: [
      /Container (?<container>container_\w{1,60}) on host: ?(?<host>[\w.-]{1,253}) was preempted/,
      /Non-AM container preempted/,
      /\bAM [cC]ontainer preempted/,
      /Container preempted by scheduler/,
      /(?:[eE]xit ?[sS]tatus|exitCode|[eE]xit[ _][cC]ode)"?: -102\b/,
    ],
    observedFrom: YARN,
    ignoredFrom: ['user_process'],
    rank: 82,
    seenIn: 'spark YarnAllocator 1.x-4.x, hadoop RMAppAttemptMetrics, ContainerExitStatus.PREEMPTED; capture yarn-031',
    say: {
      en: 'The scheduler took a container back for another queue or application',
      zh: '调度器为了别的队列或应用收回了一个容器',
    },
    read: (groups) => ({ keys: present({ containerId: groups.container, host: groups.host }) }),
  }),
  statementSignature({
    id: 'scheduling/killed-by-user',
    code: 'scheduling.killed_by_user',
    symptom: 'application_failed',
    literals: [
      'was killed by user',
      'killed by user',
      'via the Web UI',
      'KeyboardInterrupt',
      'part of cancelled job group',
      'Master removed our application: KILLED',
      'cancelled by user',
      'Operation is canceled',
      'canceled by user',
    ],
    pattern: [
      /(?<app>application_\d{13}_\d{4,10}) was killed by user (?<user>[\w.@/-]{1,80}) at (?<host>[\w.:-]{1,253})/,
      /Application (?:\S{1,60} )?(?:was )?killed by user\b(?: (?<user>[\w.@/-]{1,80}))?/,
      /killed via the Web UI/,
      /part of cancelled job group (?<group>[^\n]{1,120})/,
      /Master removed our application: KILLED/,
      /(?:cancell?ed by user|Operation is cancell?ed)/i,
      /(?:^|\n)KeyboardInterrupt\b/,
    ],
    observedFrom: [...YARN, 'engine', 'workflow_engine'],
    rank: 80,
    seenIn: 'hadoop RMAppImpl / ClientRMService 2.x/3.x, spark UI kill handler and SparkContext.cancelJobGroup',
    say: (groups) => ({
      en: `Somebody ended the run${groups.user ? `: user ${groups.user}${groups.host ? ` at ${groups.host}` : ''}` : ''}`,
      zh: `有人终止了这次运行${groups.user ? `:用户 ${groups.user}${groups.host ? `(${groups.host})` : ''}` : ''}`,
    }),
    read: (groups) => ({
      keys: present({ applicationId: groups.app, user: groups.user }),
      values: present({ from: groups.host }),
    }),
  }),
  statementSignature({
    id: 'scheduling/node-lost',
    code: 'scheduling.spot_node_lost',
    symptom: 'node_lost',
    literals: [
      'Container released on a *lost* node',
      ': -100',
      'as it is now LOST',
      'as it is now DECOMMISSIONED',
      'Removing worker',
      'worker lost',
      'Worker lost',
      'Timed out after',
      'Executor decommission',
      'spot interruption',
    ],
    pattern: [
      /Container released on a \*lost\* node/,
      /(?:[eE]xit ?[sS]tatus|exitCode|[eE]xit[ _][cC]ode)"?: -100\b/,
      /Deactivating Node (?<host>[\w.-]{1,253}):\d{1,5} as it is now (?:LOST|DECOMMISSIONED)/,
      /Expired:(?<host>[\w.-]{1,253}):\d{1,5} Timed out after (?<seconds>\d{1,9}) secs/,
      /Removing worker-\S{1,120} because we got no heartbeat in (?<seconds>\d{1,9}) seconds/,
      /Lost executor \d{1,7} on (?<host>[\w.-]{1,253}): [wW]orker lost/,
      /Executor decommission: [^\n]{0,120}(?:spot|preempt|node)/i,
      /spot interruption/i,
    ],
    observedFrom: [...YARN, 'engine', 'kubernetes'],
    rank: 72,
    seenIn:
      'hadoop AbstractYarnScheduler, RMNodeImpl, AbstractLivelinessMonitor 2.x/3.x, spark Master 1.x-4.x; real-servers.md (Spark on YARN)',
    say: (groups) => ({
      en: `The node ${groups.host ?? ''} was lost or taken out while it ran containers`,
      zh: `节点 ${groups.host ?? ''} 在运行容器时失联或被下线`,
    }),
    read: nodeLost,
  }),
  statementSignature({
    id: 'scheduling/executor-failures-maximum',
    code: null,
    symptom: 'attempt_failed',
    literals: [
      'Max number of executor failures',
      'all available nodes are blacklisted',
      'all available nodes are excluded',
    ],
    pattern:
      /Max number of executor failures \((?<limit>\d{1,9})\) reached|all available nodes are (?:blacklisted|excluded)/,
    observedFrom: OWN_STATE,
    rank: 24,
    seenIn: 'spark ApplicationMaster 1.x-4.x (exit 11)',
    say: {
      en: 'The application gave up because too many executors had failed: why they failed is told before',
      zh: '失败的 executor 太多,应用放弃:它们为什么失败要看更早的记录',
    },
    read: (groups) => ({ values: present({ failureLimit: wholeOf(groups.limit) }) }),
  }),
  statementSignature({
    id: 'scheduling/excluded-everywhere',
    code: null,
    symptom: 'stage_failed',
    literals: ['cannot run anywhere due to'],
    pattern: /cannot run anywhere due to node and executor (?:blacklist|excludeOnFailure|exclude)/,
    observedFrom: OWN_STATE,
    rank: 26,
    seenIn: 'spark TaskSetManager 2.1-4.x',
    say: {
      en: 'A task had failed on every executor that was left, so none may try it again: the earlier failure is the cause',
      zh: '某任务在所有剩余 executor 上都失败过,无处可再试:原因在更早的失败里',
    },
  }),
  statementSignature({
    id: 'scheduling/two-attempts-one-file',
    code: 'scheduling.speculation',
    symptom: 'task_failed',
    literals: [
      'Lease mismatch',
      'owned by DFSClient_attempt_',
      'currently owned by DFSClient_attempt_',
      'AlreadyBeingCreatedException',
    ],
    pattern: [
      /Lease mismatch on (?<path>\S{1,500})[\s\S]{0,120}?owned by (?:HDFS_)?DFSClient_attempt_(?<one>\w{1,80})[\s\S]{0,80}?accessed by (?:HDFS_)?DFSClient_attempt_(?<other>\w{1,80})/,
      /[fF]ailed to create file (?<path>\S{1,500})[\s\S]{0,20}? for (?:HDFS_)?DFSClient_attempt_(?<other>\w{1,80})[\s\S]{0,200}?owned by (?:HDFS_)?DFSClient_attempt_(?<one>\w{1,80})/,
    ],
    observedFrom: OWN_STATE,
    rank: 84,
    inferredOnly: true,
    seenIn: 'hadoop FSNamesystem.checkLease 1.x-3.x; question q011 (SPARK-8379)',
    say: (groups) => ({
      en: `Two task attempts write the same file ${groups.path}: duplicates of a speculated task, or a writer without a path of its own for each attempt`,
      zh: `两个任务尝试在写同一个文件 ${groups.path}:推测执行的重复任务,或写入方没有为每次尝试使用独立路径`,
    }),
    read: (groups) => ({ keys: present({ path: groups.path }) }),
  }),
  statementSignature({
    id: 'scheduling/duplicate-attempt-ended',
    code: null,
    echo: true,
    literals: ['another attempt succeeded', 'TaskCommitDenied', 'Driver denied task commit'],
    pattern:
      /TaskKilled \(another attempt succeeded\)|reason: another attempt succeeded|TaskCommitDenied|Driver denied task commit/,
    observedFrom: OWN_STATE,
    rank: 6,
    seenIn: 'spark TaskSetManager, OutputCommitCoordinator 1.x-4.x; captures slow-*',
    say: {
      en: 'A duplicate of a task was stopped because another attempt had finished: harmless',
      zh: '任务的重复尝试因另一次已完成而被停止:无害',
    },
  }),
  statementSignature({
    id: 'scheduling/no-free-slots',
    code: 'scheduling.insufficient_resources',
    symptom: 'waiting',
    literals: [
      'Not enough free slots available',
      'Could not acquire the minimum required resources',
      'Could not allocate the required slot',
      'NoResourceAvailableException',
    ],
    pattern: [
      /Not enough free slots available to run the job[\s\S]{0,400}?\(\d{1,6}\/(?<wanted>\d{1,6})\)[\s\S]{0,400}?total number of slots=(?<slots>\d{1,6})/,
      /Not enough free slots available to run the job/,
      /Could not acquire the minimum required resources|Could not allocate the required slot within slot request timeout/,
      /NoResourceAvailableException/,
    ],
    observedFrom: [],
    rank: 52,
    inferredOnly: true,
    seenIn: 'flink 1.4-1.20; real-servers.md (Flink: the last root exception misleads); question q025',
    say: (groups) => ({
      en: groups.slots
        ? `The job wants ${groups.wanted} slots where the cluster has ${groups.slots}`
        : 'The cluster has fewer free slots than the job needs: too small, or TaskManagers are gone',
      zh: groups.slots
        ? `作业需要 ${groups.wanted} 个 slot,集群总共只有 ${groups.slots} 个`
        : '集群空闲 slot 少于作业所需:集群太小,或 TaskManager 已丢失',
    }),
    read: (groups) => ({ values: present({ wantedSlots: wholeOf(groups.wanted), totalSlots: wholeOf(groups.slots) }) }),
  }),
  statementSignature({
    id: 'scheduling/pool-full',
    code: 'scheduling.queue_wait',
    symptom: 'waiting',
    literals: ['open slots in pool'],
    pattern: /Not scheduling since there are (?<open>-?\d{1,6}) open slots in pool (?<pool>[\w.-]{1,120})/,
    observedFrom: ['workflow_engine'],
    rank: 74,
    seenIn: 'airflow scheduler_job(_runner) 2.x/3.x; capture flow-113',
    say: (groups) => ({
      en: `Pool ${groups.pool} has no free slot: the task waits for others`,
      zh: `资源池 ${groups.pool} 没有空位:任务在排队`,
    }),
    read: (groups) => ({ keys: present({ queue: groups.pool }) }),
  }),
  statementSignature({
    id: 'scheduling/straggler-in-a-paste',
    code: 'skew.join_key',
    symptom: 'slow',
    literals: ['Finished task '],
    pattern:
      /Finished task (?<task>\d{1,9}\.\d{1,4}) in stage (?<stage>\d{1,9})\.\d{1,4} \(TID \d{1,12}\) in (?<ms>\d{1,12}) ms on [^\n]{1,300}\((?<done>\d{1,9})\/(?<all>\d{1,9})\)/,
    observedFrom: [],
    ignoredFrom: ALL_BUT_ASKER,
    rank: 45,
    inferredOnly: true,
    seenIn: 'spark TaskSetManager 1.x-4.x; question q014',
    say: (groups) => ({
      en: `The last of ${groups.all} tasks of stage ${groups.stage} alone ran ${Math.round(Number(groups.ms) / 1000)} s (task ${groups.task}): one partition is far larger or slower than the others`,
      zh: `阶段 ${groups.stage} 共 ${groups.all} 个任务,最后一个(${groups.task})独自跑了 ${Math.round(Number(groups.ms) / 1000)} 秒:一个分区远大于或慢于其他分区`,
    }),
    read: straggler,
  }),
];

/** Five minutes for the last of twenty or more tasks: what a person would call hanging; the real rule reads the event log. */
const STRAGGLER_MS = 300_000;
const STRAGGLER_TASKS = 20;

function straggler(groups: Groups): Details | null {
  const durationMs = wholeOf(groups.ms);
  const all = wholeOf(groups.all);
  if (!durationMs || !all || groups.done !== groups.all || durationMs < STRAGGLER_MS || all < STRAGGLER_TASKS)
    return null;
  return { values: { durationMs, taskCount: all }, keys: present({ stageId: wholeOf(groups.stage) }) };
}

function nodeLost(groups: Groups): Details {
  return { keys: present({ host: groups.host }), values: present({ timeoutSeconds: wholeOf(groups.seconds) }) };
}
