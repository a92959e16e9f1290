import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { bytesOf, present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE } from './trusted-writers.ts';

/** Native engines that keep their own memory beside the Java heap and push shuffle data from native threads. */
const NATIVE_ENGINE = /\b(?:blaze|auron|gluten|velox|comet|rapids)\b/i;

/** Remote shuffle services: Celeborn (0.3-0.7) and Uniffle. */
export const REMOTE_SHUFFLE_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'remote-shuffle/client-is-stopping',
    code: null,
    symptom: 'process_killed',
    echo: true,
    literals: ['executor not accepting a task', 'Shuffle client has been shutdown'],
    pattern: /IllegalStateException: executor not accepting a task|Shuffle client has been shutdown/,
    observedFrom: OWN_STATE,
    rank: 74,
    seenIn: 'netty AddressResolverGroup; Celeborn ShuffleClientImpl; question q028, capture celeborn-002',
    say: {
      en: 'The client of the shuffle service was itself shutting down when this failed: it says nothing about the service',
      zh: '出错时 shuffle 客户端自身正在关闭：这不说明服务端有问题',
    },
    read: (_groups, record) => clientIsStopping(record),
  }),
  statementSignature({
    id: 'remote-shuffle/quota-check-unreachable',
    code: 'shuffle.remote_service_unavailable',
    symptom: 'slow',
    literals: ['check quota', 'Quota exceed'],
    pattern: [
      /Quota exceeds? for current user [^\n]{0,200}?(?:AskSync [^\n]{0,80}check quota[^\n]{0,80}failed)/,
      /AskSync [^\n]{0,80}check quota[^\n]{0,80}failed/,
    ],
    observedFrom: OWN_STATE,
    rank: 80,
    inferredOnly: true,
    seenIn:
      'Celeborn LifecycleManager.checkQuota 0.6.3; real-servers.md (Celeborn); captures celeborn-006, celeborn-013',
    say: {
      en: 'No master of the remote shuffle answered the quota question, which its client words as "quota exceeds": it is unreachable or wrongly addressed',
      zh: '远程 shuffle 的 master 没有回答配额查询，客户端却把它写成“配额超限”：master 不可达或地址有误',
    },
    read: () => ({
      refutes: [
        {
          code: 'shuffle.remote_service_quota',
          why: {
            en: 'the quota question itself went unanswered, so no quota was found to be used up',
            zh: '配额查询本身没有得到回答，并没有查出配额用尽',
          },
        },
      ],
    }),
  }),
  statementSignature({
    id: 'remote-shuffle/quota-used-up',
    code: 'shuffle.remote_service_quota',
    literals: ['Quota exceed', 'reach threshold', 'exceeds quota'],
    pattern: [
      /(?:User|Tenant|Cluster|Application) storage usage reach threshold(?<figures>[^\n]{0,300}?\d[^\n]{0,80}exceeds quota ?\([^\n]{0,80}\d)?[^\n]{0,80}/,
      /Quota exceeds? for current user(?![^\n]{0,300}failed)[^\n]{0,200}/,
    ],
    observedFrom: OWN_STATE,
    rank: 78,
    seenIn: 'Celeborn QuotaManager 0.5/0.6; real-servers.md (Celeborn)',
    say: {
      en: "The user's quota at the remote shuffle service is used up",
      zh: '该用户在远程 shuffle 服务上的配额已用尽',
    },
    read: (groups) => (groups.figures ? { completeStatement: 'celeborn_quota_refusal' } : {}),
  }),
  statementSignature({
    id: 'remote-shuffle/data-lost',
    code: 'shuffle.remote_service_data_lost',
    symptom: 'fetch_failed',
    literals: [
      'SHUFFLE_DATA_LOST',
      'partition data lost',
      'Shuffle data lost',
      'Blocks read inconsistent',
      'lost file!',
      'CommitMetadata mismatch',
    ],
    pattern: [
      /SHUFFLE_DATA_LOST(?: for (?<shuffle>\d{1,9}))?/,
      /For shuffle \S{1,80} partition data lost/,
      /Shuffle data lost for shuffle (?<shuffle>\d{1,9})/,
      /Failed to handle stageEnd for (?<shuffle>\d{1,9}), lost file!/,
      /CommitMetadata mismatch for shuffleI[dD]: ?(?<shuffle>\d{1,9})/,
      /Blocks read inconsistent: expected \d{1,12}/,
    ],
    observedFrom: OWN_STATE,
    rank: 84,
    seenIn:
      'Celeborn 0.3-0.6 LifecycleManager / ShuffleClientImpl; Uniffle ShuffleReadClientImpl; celeborn-alluxio-fluid.md 1.6',
    say: {
      en: 'The remote shuffle service lost data that had been written to it',
      zh: '远程 shuffle 服务丢失了已写入的数据',
    },
    read: (groups) => ({ keys: present({ shuffleId: wholeOf(groups.shuffle) }) }),
  }),
  statementSignature({
    id: 'remote-shuffle/no-slots',
    code: 'shuffle.remote_service_no_slots',
    literals: [
      'SLOT_NOT_AVAILABLE',
      'NO_AVAILABLE_WORKING_DIR',
      'not enough slots',
      'Offer slots for',
      'No celeborn workers available',
      'has no available dirs',
      'maxSlots: 0',
      'not enough shuffle servers',
      'not enough candidates for revive',
    ],
    pattern: [
      /(?:return|status|reason:?|Exception:) ?\d{0,2}\(?SLOT_NOT_AVAILABLE/,
      /SLOT_NOT_AVAILABLE, retry again/,
      /NO_AVAILABLE_WORKING_DIR/,
      /failed (?:caused by|for) not enough (?:slots|candidates for revive)/,
      /Offer slots for (?:\d{1,9} reducers of )?(?<app>(?:application_|app-|local-)[\w-]{1,120}?)-\d{1,9} failed/,
      /Offer slots for [^\n]{1,120} failed/,
      /No celeborn workers available/,
      /Local storage has no available dirs/,
      /not enough shuffle servers/i,
    ],
    observedFrom: OWN_STATE,
    rank: 76,
    seenIn:
      'Celeborn 0.5/0.6 Master, LifecycleManager, Controller; celeborn-alluxio-fluid.md 1.6; capture celeborn-009',
    say: {
      en: 'The remote shuffle service had no slots to offer: no usable worker or disk was left for this shuffle',
      zh: '远程 shuffle 服务没有可分配的 slot：没有可用的 worker 或磁盘',
    },
    // The master works for many runs: its line is about the one it names.
    read: (groups) => ({ keys: present({ applicationId: groups.app }) }),
  }),
  statementSignature({
    id: 'remote-shuffle/worker-without-disk',
    code: 'shuffle.remote_service_no_slots',
    literals: ['maxSlots: 0'],
    pattern:
      /maxSlots: 0\b[\s\S]{0,400}?totalSpace: (?<total>[\d.]{1,12} ?[KMGTPE]?i?B)(?:[\s\S]{0,300}?status: (?<status>[A-Z_]{4,30}))?/,
    observedFrom: OWN_STATE,
    rank: 70,
    seenIn:
      'Celeborn DiskInfo.toString 0.5/0.6 (a healthy worker registers with maxSlots 0 and a real size); question q026, captures celeborn-*',
    say: (groups) => ({
      en: `A worker of the remote shuffle offers no slots on a disk of ${groups.total}: its storage directory was not recognised or is full`,
      zh: `远程 shuffle 的一个 worker 在大小为 ${groups.total} 的磁盘上没有 slot：存储目录没有被识别，或已满`,
    }),
    read: withoutDisk,
  }),
  statementSignature({
    id: 'remote-shuffle/push-failed',
    code: 'shuffle.remote_service_push',
    symptom: 'task_failed',
    literals: [
      'PUSH_DATA_',
      'requests in flight (limit',
      'Waiting timeout for task',
      'REVIVE_FAILED',
      'RssSendFailedException',
    ],
    pattern: [
      /PUSH_DATA_(?:TIMEOUT|CONNECTION_EXCEPTION|WRITE_FAIL|CREATE_CONNECTION_FAIL|FAIL_NON_CRITICAL_CAUSE|PRIMARY_WORKER_EXCLUDED|REPLICA_WORKER_EXCLUDED)\w{0,20}/,
      /After waiting for (?<ms>\d{1,9}) ms, there are still \d{1,9} requests in flight/,
      /Waiting timeout for task \S{1,80} while limiting (?:max|zero) in-flight/,
      /then revive but REVIVE_FAILED/,
      /RssSendFailedException/,
    ],
    observedFrom: OWN_STATE,
    rank: 60,
    seenIn:
      'Celeborn StatusCode, ShuffleClientImpl, MemoryManager 0.4-0.6; Uniffle client; captures celeborn-002, celeborn-012',
    say: {
      en: 'Pushing data to the remote shuffle service was refused, paused or timed out',
      zh: '向远程 shuffle 服务推送数据被拒绝、暂停或超时',
    },
    read: (groups) => ({ values: present({ waitedMs: wholeOf(groups.ms) }) }),
  }),
  statementSignature({
    id: 'remote-shuffle/push-paused',
    code: 'shuffle.remote_service_push',
    symptom: 'slow',
    literals: ['Serving state transformed from', 'Trigger action: PAUSE PUSH'],
    pattern: [
      /Serving state transformed from NONE_PAUSED to (?<state>PUSH_PAUSED|PUSH_AND_REPLICATE_PAUSED)/,
      /Trigger action: PAUSE PUSH/,
    ],
    observedFrom: OWN_STATE,
    rank: 58,
    inferredOnly: true,
    seenIn: 'Celeborn MemoryManager 0.3-0.7; captures celeborn-012, celeborn-019',
    say: {
      en: 'A worker of the remote shuffle stopped taking pushes because its direct memory was full; whether the run had data on it, and why the memory was full, is not said here',
      zh: '远程 shuffle 的一个 worker 因直接内存占满而停止接收推送；该作业是否在它上面有数据、内存为何占满，这里没有说明',
    },
    read: (groups) => ({ values: present({ servingState: groups.state }) }),
  }),
  statementSignature({
    id: 'remote-shuffle/no-master-link',
    code: 'shuffle.remote_service_unavailable',
    symptom: 'slow',
    literals: ['trying all the available Master Addresses'],
    pattern:
      /After trying all the available Master Addresses\((?<asked>[^\n)]{0,200})\), an usable link still couldn't be created/,
    observedFrom: OWN_STATE,
    rank: 72,
    inferredOnly: true,
    seenIn: 'Celeborn MasterClient 0.2-0.7; captures celeborn-006 (wrong port), celeborn-013 (master down)',
    say: (groups) => ({
      en: `The client of the remote shuffle reached no master at ${groups.asked}: it is down, or the address is wrong`,
      zh: `远程 shuffle 客户端在 ${groups.asked} 没有连上任何 master：它已停止，或地址有误`,
    }),
    read: (groups) => ({ values: present({ asked: groups.asked }) }),
  }),
  statementSignature({
    id: 'remote-shuffle/master-lost-worker',
    code: 'shuffle.remote_service_unavailable',
    literals: ['Trigger WorkerLost event'],
    pattern: /Worker (?:Host:)?(?<host>[\w.-]{1,253}):[^\n]{1,160} timeout! Trigger WorkerLost event/,
    observedFrom: OWN_STATE,
    rank: 64,
    inferredOnly: true,
    seenIn: 'Celeborn Master 0.3-0.7; captures celeborn-002, celeborn-004',
    say: (groups) => ({
      en: `The master of the remote shuffle lost worker ${groups.host}; whether the run had data on it is not said here`,
      zh: `远程 shuffle 的 master 失去了 worker ${groups.host}；该作业是否在它上面有数据，这里没有说明`,
    }),
    read: (groups) => ({ keys: present({ host: groups.host }) }),
  }),
  statementSignature({
    id: 'remote-shuffle/worker-lost',
    code: 'shuffle.remote_service_unavailable',
    literals: [
      'Register shuffle failed for shuffle',
      'RESERVE_SLOTS_FAILED',
      'Failed to reserve buffers',
      'WORKER_UNRESPONSIVE',
    ],
    pattern: [
      /Register shuffle failed for shuffle \d{1,9}/,
      /Failed to reserve buffers(?:[^\n]{0,80} from worker (?:Host:)?(?<host>[\w.-]{1,253}):)?[^\n]{0,200}/,
      /reason: RESERVE_SLOTS_FAILED/,
      /WORKER_UNRESPONSIVE/,
    ],
    observedFrom: OWN_STATE,
    rank: 70,
    seenIn:
      'Celeborn Master, MasterClient, LifecycleManager 0.5/0.6; captures celeborn-002, celeborn-004, celeborn-013',
    say: {
      en: 'A master or worker of the remote shuffle service is down or unreachable',
      zh: '远程 shuffle 服务的 master 或 worker 已停止或不可达',
    },
    read: (groups) => ({ keys: present({ host: groups.host }) }),
  }),
  statementSignature({
    id: 'remote-shuffle/fetch-failed',
    code: 'shuffle.remote_service_unavailable',
    symptom: 'fetch_failed',
    literals: [
      'Celeborn FetchFailure',
      'Fetch chunk fail exceeds max retry',
      'createPartitionReader failed',
      'RssFetchFailedException',
    ],
    pattern: [
      /Celeborn FetchFailure!? (?:appShuffleId\/shuffleId:|with shuffle id) ?(?<shuffle>\d{1,9})/,
      /Fetch chunk fail exceeds max retry/,
      /createPartitionReader failed!/,
      /RssFetchFailedException/,
    ],
    observedFrom: OWN_STATE,
    rank: 48,
    inferredOnly: true,
    seenIn: 'Celeborn CelebornShuffleReader, CelebornInputStream 0.3-0.6; captures celeborn-002; Uniffle',
    say: {
      en: 'A reducer could not read its partition from the remote shuffle service',
      zh: 'reduce 任务无法从远程 shuffle 服务读取分区',
    },
    read: (groups) => ({ keys: present({ shuffleId: wholeOf(groups.shuffle) }) }),
  }),
  statementSignature({
    id: 'remote-shuffle/reader-waits',
    code: 'shuffle.stall',
    symptom: 'slow',
    literals: ['Waiting for data from partition', 'Finished waiting for data'],
    pattern: /(?:Waiting|Finished waiting) for data from partition [^\n]{1,300}? for (?<ms>\d{1,9}) ?ms/,
    observedFrom: OWN_STATE,
    rank: 62,
    seenIn: 'Celeborn CelebornInputStream 0.6.2+; celeborn-alluxio-fluid.md 1.6',
    say: (groups) => ({
      en: `A reader of the remote shuffle waited ${groups.ms} ms for one partition`,
      zh: `远程 shuffle 的一个读取方为一个分区等了 ${groups.ms} ms`,
    }),
    read: (groups) => ({ values: present({ waitedMs: wholeOf(groups.ms) }) }),
  }),
];

/** A worker registers with no slots counted yet; only a disk of no size, or one with a bad status, is a fault. */
function withoutDisk(groups: Groups): Details | null {
  const totalBytes = bytesOf(groups.total);
  const isBad = groups.status !== undefined && groups.status !== 'HEALTHY';
  return totalBytes === 0 || isBad ? { values: present({ totalBytes, diskStatus: groups.status }) } : null;
}

function clientIsStopping(record: TextRecord): Details {
  const refutes = [
    {
      code: 'shuffle.remote_service_unavailable' as const,
      why: {
        en: 'the event loop of the client was already closed: the push failed on its own side',
        zh: '客户端自己的事件循环已关闭：推送是在客户端一侧失败的',
      },
    },
  ];
  if (!NATIVE_ENGINE.test(record.text)) return { refutes };
  return {
    refutes,
    statement: {
      en: 'The executor was being stopped while a native engine still pushed shuffle data: look for what stopped it, first of all its container’s memory',
      zh: '原生引擎仍在推送 shuffle 数据时 executor 已被停止：要找的是停止它的原因，首先看容器内存',
    },
  };
}
