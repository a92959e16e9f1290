import type { Cause } from './cause.ts';

/** Causes in HDFS. */
export const HDFS_CAUSES: readonly Cause[] = [
  {
    code: 'storage.hdfs_safemode',
    title: { en: 'NameNode in safe mode', zh: 'NameNode 处于安全模式' },
    meaning: { en: 'The NameNode is in safe mode and refuses changes', zh: 'NameNode 处于安全模式，拒绝写操作' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The NameNode refuses an operation because it is in safe mode, or its own state says so',
        zh: 'NameNode 因安全模式拒绝操作，或其自身状态如此显示',
      },
      provenance: ['storage', 'engine'],
      completeStatements: ['hdfs_safe_mode_refusal'],
    },
    suggestedBy: [{ en: 'All writers fail at the same time while reads go on', zh: '所有写入同时失败，而读取正常' }],
    refutedBy: [{ en: 'The operation is refused for permission or quota', zh: '操作因权限或配额被拒绝' }],
    remediations: [
      {
        statement: {
          en: 'Find out who or what entered safe mode, mend that, then leave it',
          zh: '查明是谁或什么触发了安全模式，处理后再退出',
        },
        settings: ['dfs.namenode.safemode.threshold-pct', 'dfs.namenode.resource.du.reserved'],
        by: 'platform',
        section: 'mend-the-reason-then-leave-safe-mode',
      },
      {
        statement: {
          en: 'Submit again after safe mode is off; nothing in the job is wrong',
          zh: '退出安全模式后重新提交即可，作业本身没有问题',
        },
        settings: [],
        by: 'user',
        section: 'submit-again-after-safe-mode-is-off',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-hdfs-safemode',
  },
  {
    code: 'storage.hdfs_datanode_down',
    title: { en: 'No or too few DataNodes', zh: 'DataNode 不可用或过少' },
    meaning: { en: 'No DataNode, or too few of them, is registered', zh: '没有 DataNode 注册或数量过少' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The NameNode states how many DataNodes run, fewer than the write needs',
        zh: 'NameNode 声明运行的 DataNode 数少于写入所需',
      },
      provenance: ['storage', 'engine'],
      completeStatements: ['no_datanode_running'],
    },
    suggestedBy: [
      {
        en: 'Blocks are under-replicated and DataNodes are listed as dead',
        zh: '数据块副本不足，且有 DataNode 被列为失效',
      },
    ],
    refutedBy: [
      {
        en: 'The DataNodes run and the client excludes them: it cannot reach them',
        zh: 'DataNode 在运行但被客户端排除：是客户端连不上',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Start the DataNodes that are down, and look in their logs why they ended',
          zh: '启动停止的 DataNode，并查看其日志找出退出原因',
        },
        settings: ['dfs.datanode.failed.volumes.tolerated', 'dfs.namenode.heartbeat.recheck-interval'],
        by: 'platform',
        section: 'start-the-datanodes-that-are-down',
      },
      {
        statement: { en: 'Submit again when enough DataNodes are back', zh: 'DataNode 恢复后重新提交' },
        settings: [],
        by: 'user',
        section: 'submit-again-when-datanodes-are-back',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-hdfs-datanode-down',
  },
  {
    code: 'storage.hdfs_missing_block',
    title: { en: 'HDFS blocks missing or corrupt', zh: 'HDFS 数据块丢失或损坏' },
    meaning: { en: 'Blocks of a file are lost or corrupt', zh: '文件的数据块丢失或损坏' },
    responsibility: 'platform',
    proof: {
      statement: {
        en: 'The NameNode lists the block of the file as missing or corrupt',
        zh: 'NameNode 将该文件的数据块列为丢失或损坏',
      },
      provenance: ['storage', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The client cannot obtain a block from any of its nodes', zh: '客户端无法从任何节点获取该块' }],
    refutedBy: [
      {
        en: 'The nodes that hold the block are only out of reach of this client',
        zh: '持有该块的节点只是该客户端访问不到',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Bring back the nodes or disks that held the block, or restore the file',
          zh: '恢复持有该块的节点或磁盘，或还原文件',
        },
        settings: ['dfs.replication'],
        by: 'platform',
        section: 'bring-back-the-copies-or-restore-the-file',
      },
      {
        statement: {
          en: 'Write the file again from its source, or read another copy',
          zh: '从源头重新生成该文件，或读取其他副本',
        },
        settings: [],
        by: 'user',
        section: 'write-the-file-again-or-read-another-copy',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-hdfs-missing-block',
  },
  {
    code: 'storage.hdfs_lease',
    title: { en: 'Lease conflict or expiry', zh: '租约冲突或过期' },
    meaning: {
      en: 'A writer lost the lease of its file, to another writer or by expiry',
      zh: '写入方失去文件租约：被其他写入方取得或过期',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: 'The NameNode refuses the writer because the lease is held by another client or does not exist, naming file and holder',
        zh: 'NameNode 因租约由其他客户端持有或不存在而拒绝，并指明文件和持有者',
      },
      provenance: ['storage', 'engine'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'Two attempts or runs write the same path', zh: '两个尝试或两次运行写同一路径' }],
    refutedBy: [
      {
        en: 'The two holders are attempts of one task: speculation is the cause',
        zh: '两个持有者是同一 Task 的两个尝试：根因是推测执行',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Let only one writer open the file, and do not delete directories that are written to',
          zh: '只允许一个写入方打开文件，不要删除正在写入的目录',
        },
        settings: ['spark.speculation', 'core.max_active_runs_per_dag'],
        by: 'user',
        section: 'let-only-one-writer-open-the-file',
      },
      {
        statement: { en: 'Recover the lease of a file whose writer is gone', zh: '恢复写入方已消失的文件租约' },
        settings: [],
        by: 'platform',
        section: 'recover-the-lease-of-a-dead-writer',
      },
    ],
    standing: 'unproven',
    runbook: 'storage-hdfs-lease',
  },
  {
    code: 'storage.hdfs_quota',
    title: { en: 'HDFS quota exceeded', zh: '超出 HDFS 配额' },
    meaning: { en: 'The name or space quota of a directory is exceeded', zh: '目录的文件数配额或空间配额已超出' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The NameNode refuses the write with the directory, its quota and what it holds',
        zh: 'NameNode 拒绝写入，并给出目录、配额和已用量',
      },
      provenance: ['storage', 'engine'],
      completeStatements: ['hdfs_quota_refusal'],
    },
    suggestedBy: [
      {
        en: 'Small files count with a whole block for each replica while they are written',
        zh: '小文件写入时按整块乘副本数预占空间',
      },
    ],
    refutedBy: [
      { en: 'The file system has space and no quota is set on the path', zh: '文件系统有空间且该路径未设配额' },
    ],
    remediations: [
      {
        statement: { en: 'Raise or clear the quota of the directory', zh: '提高或清除该目录的配额' },
        settings: ['dfs.blocksize', 'dfs.replication'],
        by: 'platform',
        section: 'raise-or-clear-the-quota',
      },
      {
        statement: {
          en: 'Free space or names under the directory, or write and stage elsewhere',
          zh: '清理该目录下的空间或文件数，或换写入目录和 staging 目录',
        },
        settings: ['spark.yarn.stagingDir'],
        by: 'user',
        section: 'free-space-or-write-elsewhere',
      },
    ],
    standing: 'recorded',
    runbook: 'storage-hdfs-quota',
  },
];
