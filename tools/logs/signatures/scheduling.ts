import { plural } from '../../evidence/spoken-figures.ts';
import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { YARN } from './trusted-writers.ts';

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
      zh: '没有 executor 可以接收第一批任务：还没分配到，或者无法向 driver 注册',
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
      zh: `虽有空闲内存，应用仍不能启动：${groups.why ?? `队列 ${groups.queue ?? ''} 不再接收`}`,
    }),
    read: notActivated,
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
      zh: '应用已被接受，在等 ApplicationMaster 的容器：队列或集群已满',
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
      zh: `有人终止了这次运行${groups.user ? `：用户 ${groups.user}${groups.host ? `（${groups.host}）` : ''}` : ''}`,
    }),
    read: (groups) => ({
      keys: present({ applicationId: groups.app, user: groups.user }),
      values: present({ from: groups.host }),
      ...(groups.app && groups.user ? { completeStatement: 'application_killed_by_user' } : {}),
    }),
  }),
  statementSignature({
    id: 'scheduling/node-lost',
    code: 'scheduling.spot_node_lost',
    symptom: 'node_lost',
    literals: [
      'Container released on a *lost* node',
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
      en: `${groups.host ? `Node ${groups.host}` : 'A node'} was lost or taken out while it ran containers`,
      zh: `${groups.host ? `节点 ${groups.host}` : '一个节点'} 在运行容器时失联或被下线`,
    }),
    read: nodeLost,
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
        ? `The job wants ${plural(Number(groups.wanted), 'slot')} where the cluster has ${groups.slots}`
        : 'The cluster has fewer free slots than the job needs: too small, or TaskManagers are gone',
      zh: groups.slots
        ? `作业需要 ${groups.wanted} 个 slot，集群总共只有 ${groups.slots} 个`
        : '集群空闲 slot 少于作业所需：集群太小，或 TaskManager 已丢失',
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
      zh: `资源池 ${groups.pool} 没有空位：任务在排队`,
    }),
    completeStatement: 'airflow_pool_full',
    read: (groups) => ({ keys: present({ queue: groups.pool }) }),
  }),
];

const AM_FIGURE =
  /AM Resource Request = <memory:(?<asked>\d{1,12})[\s\S]{0,400}?Queue Resource Limit for AM = <memory:(?<limit>\d{1,12})[\s\S]{0,400}?(?:Queue AM Resource Usage|User AM Resource Limit[^<]{0,80}) = <memory:(?<used>\d{1,12})/;

/** The scheduler's own figures stand in its "Details" behind the reason; YARN counts memory in MiB. */
function notActivated(groups: Groups, record: TextRecord): Details {
  if (groups.why?.startsWith('Skipping')) return { code: 'scheduling.insufficient_resources' };
  const figures = AM_FIGURE.exec(record.text)?.groups;
  const mib = (text: string | undefined) => (text === undefined ? undefined : Number(text) * 2 ** 20);
  return {
    keys: present({ queue: groups.queue }),
    values: present({
      requestedBytes: mib(figures?.asked),
      limitBytes: mib(figures?.limit),
      usedBytes: mib(figures?.used),
    }),
    ...(figures ? { completeStatement: 'queue_am_limit_exceeded' } : {}),
  };
}

function nodeLost(groups: Groups): Details {
  return { keys: present({ host: groups.host }), values: present({ timeoutSeconds: wholeOf(groups.seconds) }) };
}
