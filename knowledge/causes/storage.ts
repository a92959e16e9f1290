import type { Cause } from './cause.ts';

/** Causes in local disks, object stores, commits and the metastore. */
export const STORAGE_CAUSES: readonly Cause[] = [
  {
    code: 'storage.disk_full_local',
    title: { en: 'Local disk full', zh: '本地磁盘已满' },
    meaning: {
      en: 'A local disk, tmp or its inodes are full: of the host that a process writes on, or those of the DataNodes, of which HDFS is made',
      zh: '本地磁盘、tmp 或其 inode 已用尽：进程所写的主机，或构成 HDFS 的各 DataNode',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'A write to a local directory fails for lack of space, or the node reports the directory over its limit',
        zh: '向本地目录写入因空间不足失败，或节点报告该目录超过上限',
      },
      provenance: [
        'engine',
        'jvm',
        'kernel',
        'node_manager',
        'kubernetes',
        'storage',
        'shuffle_service',
        'user_process',
      ],
      completeStatements: ['node_local_dirs_full', 'kubelet_ephemeral_storage_eviction'],
    },
    suggestedBy: [{ en: 'Spill or shuffle writes fail on one host only', zh: '只有一台主机的溢写或 Shuffle 写入失败' }],
    refutedBy: [
      {
        en: 'What is full is a quota of HDFS or a bucket of an object store, while the disks below have room',
        zh: '满的是 HDFS 配额或对象存储的桶，而下层磁盘仍有空间',
      },
      { en: 'The disk that the process writes to has free space and inodes', zh: '进程写入的磁盘仍有空间和 inode' },
    ],
    remediations: [
      {
        statement: {
          en: 'Free the disk, and keep work directories on large ones',
          zh: '清理磁盘，并把工作目录放在大盘上',
        },
        settings: [
          'yarn.nodemanager.local-dirs',
          'yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage',
          'resources.limits.ephemeral-storage',
        ],
        by: 'platform',
        section: 'free-the-disk-and-keep-work-on-large-ones',
      },
      {
        statement: {
          en: 'Write less to local disks: more partitions, compressed shuffle, another directory for temporary files',
          zh: '减少本地写入：增加分区、压缩 Shuffle、换临时目录',
        },
        settings: ['spark.local.dir', 'spark.sql.shuffle.partitions', 'spark.shuffle.compress', '-Djava.io.tmpdir'],
        by: 'user',
        section: 'write-less-to-local-disks',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-disk-full-local',
  },
  {
    code: 'storage.bad_disk',
    title: { en: 'Local disk faulty or read-only', zh: '本地磁盘故障或只读' },
    meaning: { en: 'A local disk is faulty or was remounted read-only', zh: '本地磁盘故障或被重新挂载为只读' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The kernel reports I/O errors of the device or its remount as read-only, or the node reports the directory as failed',
        zh: '内核报告设备 I/O 错误或被重新挂载为只读，或节点报告该目录失效',
      },
      provenance: ['kernel', 'node_manager', 'storage', 'shuffle_service', 'kubernetes'],
      completeStatements: ['kernel_disk_error'],
    },
    suggestedBy: [
      {
        en: 'Input/output errors of many processes on one path of one host',
        zh: '同一主机同一路径上多个进程出现读写错误',
      },
    ],
    refutedBy: [
      { en: 'The same error comes from many hosts and disks', zh: '相同错误来自许多主机和磁盘' },
      { en: 'The device has no error and is full', zh: '设备无错误，只是已满' },
    ],
    remediations: [
      {
        statement: {
          en: 'Take the disk out of the work directories and replace it',
          zh: '从工作目录中移除该磁盘并更换',
        },
        settings: ['yarn.nodemanager.local-dirs', 'dfs.datanode.failed.volumes.tolerated'],
        by: 'platform',
        section: 'remove-and-replace-the-disk',
      },
      {
        statement: { en: 'Keep the job off the host until it is mended', zh: '在修复前避开该主机' },
        settings: ['spark.excludeOnFailure.enabled'],
        by: 'user',
        section: 'keep-the-job-off-the-host',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-bad-disk',
  },
  {
    code: 'storage.slow_disk',
    title: { en: 'A slow disk holds one host back', zh: '慢盘拖慢单台主机' },
    meaning: { en: 'A worn, busy or throttled disk slows one host', zh: '磨损、繁忙或被限速的磁盘拖慢一台主机' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: "Tasks of one host spend far longer writing or reading the same bytes than those of other hosts, or the device's own counters show it busy with few bytes",
        zh: '某主机的 Task 读写同样字节数耗时远超其他主机，或设备计数显示吞吐很低却一直繁忙',
      },
      provenance: ['kernel', 'engine', 'storage', 'shuffle_service'],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Hung-task messages of the kernel, long flush times, slow DataNode warnings',
        zh: '内核 hung task 消息、刷盘时间长、DataNode 慢盘告警',
      },
    ],
    refutedBy: [
      { en: 'All hosts are slow alike', zh: '所有主机同样慢' },
      { en: 'The slow tasks write or read more bytes than the others', zh: '慢 Task 读写的字节数更多' },
    ],
    remediations: [
      {
        statement: {
          en: 'Take the disk out of the work directories or drain the host',
          zh: '将该磁盘移出工作目录或下线该主机',
        },
        settings: ['yarn.nodemanager.local-dirs', 'spark.local.dir', 'dfs.datanode.data.dir'],
        by: 'platform',
        section: 'take-out-the-disk-or-drain-the-host',
      },
      {
        statement: { en: 'Let copies of slow tasks run on other hosts', zh: '允许慢 Task 在其他主机上推测执行' },
        settings: ['spark.speculation', 'spark.excludeOnFailure.enabled'],
        by: 'user',
        section: 'let-copies-of-slow-tasks-run-elsewhere',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-slow-disk',
  },
  {
    code: 'storage.object_store_throttle',
    title: { en: 'Object store throttles requests', zh: '对象存储限流' },
    meaning: { en: "The object store's request limit is reached", zh: '达到对象存储的请求上限' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: "The store answers with its throttling code (503 SlowDown, 429) to the job's requests",
        zh: '存储对作业请求返回限流状态码（503 SlowDown、429）',
      },
      provenance: ['storage', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Many small requests on one prefix, rising retries', zh: '同一前缀下大量小请求，重试上升' }],
    refutedBy: [
      {
        en: 'The store answers normally and the client is short of connections',
        zh: '存储响应正常，是客户端连接数不足',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Make fewer and larger requests; spread them over prefixes',
          zh: '减少并增大请求，分散到不同前缀',
        },
        settings: ['fs.s3a.connection.maximum', 'fs.s3a.attempts.maximum', 'spark.sql.files.maxPartitionBytes'],
        by: 'user',
        section: 'make-fewer-and-larger-requests',
      },
      {
        statement: {
          en: 'Raise the limit of the bucket, or put a cache before it',
          zh: '提高桶的请求上限，或在其前加缓存',
        },
        settings: [],
        by: 'platform',
        section: 'raise-the-limit-or-cache-before-it',
      },
    ],
    standing: 'unproven',
    runbook: 'storage-object-store-throttle',
  },
  {
    code: 'storage.commit_conflict',
    title: { en: 'Writers or commits collide', zh: '写入或提交冲突' },
    meaning: { en: 'Two writers or commits collide on the same output', zh: '两个写入方或提交在同一输出上冲突' },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The commit is refused because another writer changed the same output, which is named',
        zh: '提交被拒绝，因为另一写入方改动了同一输出，且有指明',
      },
      provenance: ['storage', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Two runs of the job overlap in time', zh: '作业的两次运行在时间上重叠' }],
    refutedBy: [{ en: 'Only one writer was active', zh: '只有一个写入方在运行' }],
    remediations: [
      {
        statement: {
          en: 'Let only one run write the output at a time, or give each its own partition',
          zh: '同一时间只允许一次运行写该输出，或各写各的分区',
        },
        settings: ['spark.sql.sources.partitionOverwriteMode', 'core.max_active_runs_per_dag'],
        by: 'user',
        section: 'let-only-one-run-write-at-a-time',
      },
      {
        statement: {
          en: 'Use the committer that the table format or store prescribes',
          zh: '使用表格式或存储要求的提交器',
        },
        settings: [
          'spark.sql.sources.commitProtocolClass',
          'fs.s3a.committer.name',
          'spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version',
        ],
        by: 'user',
        section: 'use-the-committer-of-the-store-or-table-format',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-commit-conflict',
  },
  {
    code: 'storage.metastore',
    title: { en: 'Catalog or metastore at fault', zh: '元数据服务异常' },
    meaning: {
      en: 'The catalog or metastore is wrong, empty, unreachable or outdated',
      zh: '元数据目录或 Metastore 错误、为空、无法访问或版本过旧',
    },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The client names the metastore that refuses, lacks its schema or does not answer',
        zh: '客户端指明拒绝、缺少 schema 或无响应的 Metastore',
      },
      provenance: ['storage', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'A known table is not found by one client only', zh: '只有某个客户端找不到已知的表' }],
    refutedBy: [
      {
        en: 'Other clients of the same metastore work, and this one has the right address',
        zh: '同一 Metastore 的其他客户端正常，且本客户端地址正确',
      },
    ],
    remediations: [
      {
        statement: { en: 'Point the job to the metastore of the cluster', zh: '让作业指向集群的 Metastore' },
        settings: ['hive.metastore.uris', 'spark.sql.hive.metastore.version', 'spark.sql.hive.metastore.jars'],
        by: 'user',
        section: 'point-the-job-to-the-metastore-of-the-cluster',
      },
      {
        statement: {
          en: 'Restart or upgrade the metastore, and check its schema',
          zh: '重启或升级 Metastore，并检查其 schema',
        },
        settings: ['hive.metastore.schema.verification'],
        by: 'platform',
        section: 'restart-or-upgrade-the-metastore',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-metastore',
  },
];
