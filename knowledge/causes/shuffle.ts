import type { Cause } from './cause.ts';

/** Causes in the engine's own shuffle and the external shuffle service. */
export const SHUFFLE_CAUSES: readonly Cause[] = [
  {
    code: 'shuffle.executor_lost',
    title: { en: 'Map output lost with its executor', zh: 'Map 输出随 Executor 丢失' },
    meaning: {
      en: 'Map output was lost with the executor that held it, and why the executor was lost is not shown',
      zh: 'Map 输出随所在 Executor 丢失，而 Executor 丢失的原因没有记录',
    },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'A fetch failure names an executor that was lost shortly before, with no record of what ended it',
        zh: 'FetchFailed 指向不久前丢失的 Executor，且没有其退出原因的记录',
      },
      provenance: ['engine', 'node_manager', 'resource_manager', 'kubernetes'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Missing output locations for a shuffle whose executors were removed',
        zh: 'Shuffle 缺少输出位置，而对应 Executor 已被移除',
      },
    ],
    refutedBy: [
      {
        en: 'A record shows what ended the executor: that is the cause',
        zh: '有记录说明 Executor 的退出原因：那才是根因',
      },
      { en: 'The named executor was alive when the fetch failed', zh: '拉取失败时该 Executor 仍然存活' },
    ],
    remediations: [
      {
        statement: {
          en: 'Keep map output apart from executors, so that a lost one costs no recomputation',
          zh: '让 Map 输出独立于 Executor 保存，丢失时无需重算',
        },
        settings: ['spark.shuffle.service.enabled', 'spark.storage.decommission.shuffleBlocks.enabled'],
        by: 'user',
        section: 'keep-map-output-apart-from-executors',
      },
      {
        statement: {
          en: 'Keep the records of the host that ended the executor: NodeManager, kernel, pod events',
          zh: '保留该主机的记录：NodeManager、内核日志、Pod 事件',
        },
        settings: ['yarn.log-aggregation-enable', 'spark.kubernetes.executor.deleteOnTermination'],
        by: 'platform',
        section: 'keep-the-records-of-the-host',
      },
    ],
    standing: 'recorded',
    runbook: 'shuffle-executor-lost',
  },
  {
    code: 'shuffle.external_service_unavailable',
    title: { en: 'External shuffle service unavailable', zh: '外部 Shuffle 服务不可用' },
    meaning: {
      en: 'The external shuffle service of a host is down, gone or does not answer',
      zh: '某主机的外部 Shuffle 服务停止、缺失或无响应',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'Executors cannot register with or fetch from the shuffle service of a host, and its port refuses or its NodeManager is stopped',
        zh: 'Executor 无法向该主机的 Shuffle 服务注册或拉取，其端口拒绝连接或 NodeManager 已停止',
      },
      provenance: ['engine', 'shuffle_service', 'node_manager'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Fetch failures of all executors against the port of the shuffle service on one host',
        zh: '所有 Executor 对同一主机的 Shuffle 服务端口拉取失败',
      },
    ],
    refutedBy: [
      { en: 'The job does not use the external shuffle service', zh: '作业没有使用外部 Shuffle 服务' },
      { en: 'The shuffle service of the host answered throughout', zh: '该主机的 Shuffle 服务始终有响应' },
    ],
    remediations: [
      {
        statement: {
          en: 'Restart the shuffle service of the host, and check that the NodeManager loads it',
          zh: '重启该主机的 Shuffle 服务，并确认 NodeManager 已加载它',
        },
        settings: ['yarn.nodemanager.aux-services', 'spark.shuffle.service.port', 'yarn.nodemanager.recovery.enabled'],
        by: 'platform',
        section: 'restart-the-shuffle-service-of-the-host',
      },
      {
        statement: { en: 'Retry for longer when the service only restarts', zh: '如果服务只是重启，延长重试时间' },
        settings: ['spark.shuffle.io.maxRetries', 'spark.shuffle.io.retryWait'],
        by: 'user',
        section: 'retry-for-longer-when-the-service-only-restarts',
      },
    ],
    standing: 'recorded',
    runbook: 'shuffle-external-service-unavailable',
  },
  {
    code: 'shuffle.corruption',
    title: { en: 'Shuffle or spill bytes damaged', zh: 'Shuffle 或溢写数据损坏' },
    meaning: {
      en: 'Bytes of a shuffle or spill file are damaged on the way from writer to reader',
      zh: 'Shuffle 或溢写文件的字节在写入到读取之间损坏',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The corruption diagnosis of the engine names disk or network as the place, or the checksum of the same block differs twice',
        zh: '引擎的损坏诊断指明磁盘或网络，或同一数据块两次校验和不一致',
      },
      provenance: ['engine', 'shuffle_service', 'kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'A block cannot be decompressed, and a second fetch of it fails as well',
        zh: '数据块无法解压，重新拉取仍然失败',
      },
    ],
    refutedBy: [
      {
        en: 'The checksum verification passed: the bytes were wrong before they were written',
        zh: '校验通过：数据在写入前就已错误',
      },
      { en: 'Failures name a lost executor, not a damaged block', zh: '失败原因是 Executor 丢失，而不是数据块损坏' },
    ],
    remediations: [
      {
        statement: {
          en: 'Switch on checksums, so that the place of the damage is named',
          zh: '打开校验和，以便指明损坏位置',
        },
        settings: ['spark.shuffle.checksum.enabled', 'spark.shuffle.detectCorrupt'],
        by: 'user',
        section: 'switch-on-checksums',
      },
      {
        statement: {
          en: 'Take the disk or host that the diagnosis names out of service',
          zh: '将诊断指出的磁盘或主机下线',
        },
        settings: ['yarn.nodemanager.local-dirs', 'spark.excludeOnFailure.enabled'],
        by: 'platform',
        section: 'take-the-disk-or-host-out-of-service',
      },
    ],
    standing: 'unproven',
    runbook: 'shuffle-corruption',
  },
  {
    code: 'shuffle.block_too_large',
    title: { en: 'Shuffle block too large', zh: 'Shuffle 数据块过大' },
    meaning: {
      en: 'One block of a shuffle or cache is larger than the engine can transfer',
      zh: '单个 Shuffle 或缓存数据块超过引擎可传输的大小',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The engine refuses a frame or block as too large, with its size',
        zh: '引擎以过大为由拒绝某个帧或数据块，并给出大小',
      },
      provenance: ['engine'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'Very few partitions or one heavy key in front of the failure', zh: '失败前分区极少，或存在单个过重的键' },
    ],
    refutedBy: [
      {
        en: 'The size in the message is no data size: something else talks to the port',
        zh: '报错中的大小不是数据大小：有其他程序在连接该端口',
      },
    ],
    remediations: [
      {
        statement: { en: 'Use more partitions so that every block stays small', zh: '增加分区数，使每个数据块都较小' },
        settings: ['spark.sql.shuffle.partitions', 'spark.default.parallelism'],
        by: 'user',
        section: 'use-more-partitions',
      },
      {
        statement: { en: 'Let large blocks go to disk while they are fetched', zh: '拉取大块时先落盘' },
        settings: ['spark.maxRemoteBlockSizeFetchToMem'],
        by: 'user',
        section: 'let-large-blocks-go-to-disk',
      },
    ],
    standing: 'unproven',
    runbook: 'shuffle-block-too-large',
  },
  {
    code: 'shuffle.stall',
    title: { en: 'Shuffle blocked', zh: 'Shuffle 阻塞' },
    meaning: {
      en: 'Reads or writes of the shuffle are blocked for minutes and for a large part of the stage',
      zh: 'Shuffle 读写阻塞达数分钟，且占该 Stage 的很大部分',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'Fetch wait or shuffle write time of many tasks exceeds the stall rule: over 3 min and over 20 % of the stage',
        zh: '许多 Task 的拉取等待或 Shuffle 写入时间超过阻塞规则：超过 3 分钟且超过 Stage 的 20 %',
      },
      provenance: ['engine', 'shuffle_service'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'The client reports requests in flight that do not return, or waits for data of one partition',
        zh: '客户端报告请求迟迟不返回，或等待某一分区的数据',
      },
    ],
    refutedBy: [
      {
        en: 'The waits are short and CPU or garbage collection takes the time',
        zh: '等待很短，时间花在 CPU 或垃圾回收上',
      },
      {
        en: 'Few tasks wait, and they hold many times the bytes of the others',
        zh: '只有少数 Task 等待，且其数据量是其他 Task 的数倍',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Find the worker or host that the blocked requests go to, and mend or drain it',
          zh: '找出被阻塞请求指向的 worker 或主机，修复或下线',
        },
        settings: ['celeborn.client.push.timeout', 'celeborn.client.push.limit.inFlight.timeout'],
        by: 'platform',
        section: 'find-the-worker-or-host-that-blocks',
      },
      {
        statement: { en: 'Spread the requests: fewer in flight for one host', zh: '分散请求：减少对单一主机的并发' },
        settings: ['spark.reducer.maxReqsInFlight', 'spark.reducer.maxBlocksInFlightPerAddress'],
        by: 'user',
        section: 'spread-the-requests',
      },
    ],
    standing: 'recorded',
    runbook: 'shuffle-stall',
  },
  {
    code: 'shuffle.fetch_wait',
    title: { en: 'Reducers wait for remote blocks', zh: 'Reduce 端等待远端数据块' },
    meaning: {
      en: 'Reducers wait for remote shuffle blocks without an outright stall',
      zh: 'Reduce 端等待远端 Shuffle 数据块，但未完全阻塞',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'Fetch wait time takes a large share of the reduce tasks and is far above the usual run with the same bytes',
        zh: '在字节数相同的情况下，拉取等待占 Reduce Task 的很大比例，且远高于平时',
      },
      provenance: ['engine', 'shuffle_service', 'kernel'],
      completeStatements: [],
    },
    suggestedBy: [
      { en: 'The wait concentrates on tasks that fetch from one host', zh: '等待集中在从同一主机拉取的 Task 上' },
    ],
    refutedBy: [
      { en: 'Fetch wait is as short as in the usual run', zh: '拉取等待与平时一样短' },
      { en: 'The reduce tasks read far more bytes than usual', zh: 'Reduce Task 读取的字节数远多于平时' },
    ],
    remediations: [
      {
        statement: {
          en: 'Find the host whose blocks come late: limited or busy network, slow disk, stopped service',
          zh: '找出数据块延迟的主机：网络受限或繁忙、磁盘慢、服务停止',
        },
        settings: [],
        by: 'platform',
        section: 'find-the-host-whose-blocks-come-late',
      },
      {
        statement: {
          en: 'Move fewer bytes, and keep enough requests in flight',
          zh: '减少传输的字节，并保持足够的并发请求',
        },
        settings: ['spark.reducer.maxSizeInFlight', 'spark.shuffle.io.numConnectionsPerPeer', 'spark.shuffle.compress'],
        by: 'user',
        section: 'move-fewer-bytes-and-keep-enough-requests-in-flight',
      },
    ],
    standing: 'recorded',
    runbook: 'shuffle-fetch-wait',
  },
];
