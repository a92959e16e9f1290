import type { Cause } from './cause.ts';

/** Causes in a remote shuffle service such as Celeborn. */
export const REMOTE_SHUFFLE_CAUSES: readonly Cause[] = [
  {
    code: 'shuffle.remote_service_push',
    title: { en: 'Remote shuffle refuses or delays pushes', zh: '远程 Shuffle 拒绝或延迟推送' },
    meaning: {
      en: 'The remote shuffle service (Celeborn and the like) refuses, pauses or times out pushes',
      zh: '远程 Shuffle 服务（Celeborn 等）拒绝、暂停推送或推送超时',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'A worker reports that it paused pushes in the window, or the client names a push that timed out against a live worker',
        zh: 'worker 报告该时段暂停推送，或客户端指明对存活 worker 的推送超时',
      },
      provenance: ['engine', 'shuffle_service'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Long shuffle write time with little CPU and idle executors',
        zh: 'Shuffle 写入时间长，CPU 很低，Executor 空闲',
      },
    ],
    refutedBy: [
      { en: 'The pause counter of every worker of the job stood still', zh: '作业所用各 worker 的暂停计数都没有变化' },
      {
        en: 'A slow disk or full direct memory explains the pause: that comes first',
        zh: '磁盘慢或直接内存占满可以解释暂停：应以其为先',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Relieve the paused worker: more direct memory, faster disks, more workers',
          zh: '缓解被暂停的 worker：增加直接内存、更快的磁盘或更多 worker',
        },
        settings: [
          '-XX:MaxDirectMemorySize',
          'celeborn.worker.directMemoryRatioToPauseReceive',
          'celeborn.worker.directMemoryRatioToResume',
        ],
        by: 'platform',
        section: 'relieve-the-paused-worker',
      },
      {
        statement: { en: 'Push less at once', zh: '减少同时推送的数据量' },
        settings: ['celeborn.client.push.maxReqsInFlight.perWorker', 'celeborn.client.push.timeout'],
        by: 'user',
        section: 'push-less-at-once',
      },
    ],
    standing: 'recorded',
    runbook: 'shuffle-remote-service-push',
  },
  {
    code: 'shuffle.remote_service_data_lost',
    title: { en: 'Remote shuffle lost committed data', zh: '远程 Shuffle 丢失已提交数据' },
    meaning: {
      en: 'The remote shuffle service lost data that map tasks had committed',
      zh: '远程 Shuffle 服务丢失了 Map Task 已提交的数据',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The client or the service states that partition data of a shuffle is lost, or a reader fails against a worker that is gone and has no replica',
        zh: '客户端或服务声明某 Shuffle 的分区数据丢失，或读取端面对已消失且无副本的 worker 失败',
      },
      provenance: ['engine', 'shuffle_service'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'A stage is run again although no executor was lost', zh: '没有丢失 Executor，Stage 却被重跑' },
    ],
    refutedBy: [
      { en: 'A replica served the data', zh: '副本提供了数据' },
      { en: 'The lost worker held no data of this shuffle', zh: '丢失的 worker 不持有该 Shuffle 的数据' },
    ],
    remediations: [
      {
        statement: { en: 'Keep a second copy of the pushed data', zh: '为推送的数据保留第二副本' },
        settings: ['celeborn.client.push.replicate.enabled'],
        by: 'user',
        section: 'keep-a-second-copy-of-the-pushed-data',
      },
      {
        statement: {
          en: 'Let a lost partition rerun the stage instead of failing the job',
          zh: '分区丢失时重跑 Stage 而不是让作业失败',
        },
        settings: ['celeborn.client.spark.stageRerun.enabled'],
        by: 'user',
        section: 'let-a-lost-partition-rerun-the-stage',
      },
      {
        statement: {
          en: 'Stop workers gracefully, so that they hand over what they hold',
          zh: '优雅停止 worker，使其交接所持数据',
        },
        settings: ['celeborn.worker.graceful.shutdown.enabled'],
        by: 'platform',
        section: 'stop-workers-gracefully',
      },
    ],
    standing: 'recorded',
    runbook: 'shuffle-remote-service-data-lost',
  },
  {
    code: 'shuffle.remote_service_no_slots',
    title: { en: 'Remote shuffle has no slots', zh: '远程 Shuffle 没有可用槽位' },
    meaning: {
      en: 'The remote shuffle service offers no slots, workers or disks',
      zh: '远程 Shuffle 服务没有可用的槽位、worker 或磁盘',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The master states that slots cannot be offered, or that no worker is available, and the workers answer',
        zh: 'master 声明无法分配槽位或没有可用 worker，而 worker 有响应',
      },
      provenance: ['shuffle_service', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: "The job falls back to the engine's own shuffle from one shuffle to the next",
        zh: '作业从某个 Shuffle 开始回退到引擎自带的 Shuffle',
      },
    ],
    refutedBy: [
      { en: 'Slots were offered for the shuffle in question', zh: '该 Shuffle 已成功分配槽位' },
      { en: 'The master was not reached at all', zh: '根本没有连上 master' },
    ],
    remediations: [
      {
        statement: {
          en: 'Free or add disks on the workers; look first for files of others on the same disks',
          zh: '为 worker 释放或增加磁盘；先查看同盘上是否有他人的文件',
        },
        settings: ['celeborn.worker.storage.disk.reserve.size', 'celeborn.worker.storage.dirs'],
        by: 'platform',
        section: 'free-or-add-disks-on-the-workers',
      },
      {
        statement: {
          en: "Decide whether the job may fall back to the engine's own shuffle",
          zh: '决定作业是否允许回退到引擎自带的 Shuffle',
        },
        settings: ['celeborn.client.spark.shuffle.fallback.policy'],
        by: 'user',
        section: 'decide-whether-the-job-may-fall-back',
      },
    ],
    standing: 'recorded',
    runbook: 'shuffle-remote-service-no-slots',
  },
  {
    code: 'shuffle.remote_service_unavailable',
    title: { en: 'Remote shuffle service down or unreachable', zh: '远程 Shuffle 服务停止或无法访问' },
    meaning: {
      en: 'Masters or workers of the remote shuffle service are down or unreachable, the address being right',
      zh: '地址正确，但远程 Shuffle 服务的 master 或 worker 停止或无法访问',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The client cannot connect to a master or worker at its right address, and the service itself shows it gone or restarted',
        zh: '客户端无法连接地址正确的 master 或 worker，且服务自身显示其消失或重启',
      },
      provenance: ['engine', 'shuffle_service'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'Registrations and slot reservations are retried for many seconds', zh: '注册和槽位申请反复重试数十秒' },
    ],
    refutedBy: [
      {
        en: "The address in the job's settings differs from the address of the service",
        zh: '作业配置的地址与服务实际地址不同',
      },
      { en: 'The service answered throughout', zh: '服务始终有响应' },
    ],
    remediations: [
      {
        statement: {
          en: 'Restart what is down; run several masters so that one may fail',
          zh: '重启停止的组件；部署多个 master 以容忍单点故障',
        },
        settings: ['celeborn.master.endpoints', 'celeborn.master.heartbeat.worker.timeout'],
        by: 'platform',
        section: 'restart-what-is-down-and-run-several-masters',
      },
      {
        statement: { en: 'Retry for longer when the outage is short', zh: '故障时间短时延长重试' },
        settings: ['celeborn.client.reserveSlots.maxRetries', 'celeborn.rpc.askTimeout'],
        by: 'user',
        section: 'retry-for-longer-when-the-outage-is-short',
      },
    ],
    standing: 'recorded',
    runbook: 'shuffle-remote-service-unavailable',
  },
  {
    code: 'shuffle.remote_service_quota',
    title: { en: 'Quota at the remote shuffle used up', zh: '远程 Shuffle 配额用尽' },
    meaning: {
      en: "The user's quota at the remote shuffle service is used up",
      zh: '用户在远程 Shuffle 服务的配额已用尽',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The service refuses the shuffle because the storage use of the user exceeds its quota, with both figures',
        zh: '服务因用户存储用量超过配额而拒绝，并给出两个数值',
      },
      provenance: ['shuffle_service', 'engine'],
      completeStatements: ['celeborn_quota_refusal'],
    },
    suggestedBy: [
      {
        en: 'The job leaves the remote shuffle while others of the same user write much',
        zh: '作业脱离远程 Shuffle，同时同一用户的其他作业大量写入',
      },
    ],
    refutedBy: [
      {
        en: 'The same message says that the question to the master failed: the master was not reached',
        zh: '同一条消息说明向 master 的询问失败：其实没有连上 master',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Raise the quota of the user, or clean up what it left behind',
          zh: '提高该用户的配额，或清理其遗留数据',
        },
        settings: ['celeborn.quota.user.diskBytesWritten', 'celeborn.quota.tenant.diskBytesWritten'],
        by: 'platform',
        section: 'raise-the-quota-or-clean-up',
      },
      {
        statement: {
          en: 'Write less at once: run the large jobs of the user one after another',
          zh: '减少同时写入：让该用户的大作业错峰运行',
        },
        settings: [],
        by: 'user',
        section: 'write-less-at-once',
      },
    ],
    standing: 'unproven',
    runbook: 'shuffle-remote-service-quota',
  },
];
