import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE } from './trusted-writers.ts';

/** HDFS as its NameNode, DataNodes and clients tell: safe mode, quotas, leases, blocks, DataNodes. */
export const HDFS_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'hdfs/safe-mode',
    code: 'storage.hdfs_safemode',
    literals: [
      'SafeModeException',
      'ame node is in safe mode',
      'Safe mode is ON',
      'Safemode is ON',
      'NameNode is in safe mode',
    ],
    pattern: [
      /[Nn]ame ?[nN]ode is in safe mode\.?(?<why>[^\n]{0,300})/,
      /SafeModeException/,
      /Safe ?mode is ON[^\n]{0,300}/,
    ],
    unless: /[Aa]lluxio/,
    observedFrom: OWN_STATE,
    rank: 87,
    seenIn: 'hadoop FSNamesystem / NameNodeRpcServer 1.x-3.x; capture yarn-032, question q042',
    say: {
      en: 'The NameNode is in safe mode: it refuses every change of the file system',
      zh: 'NameNode 处于安全模式：拒绝对文件系统的任何修改',
    },
    read: (_groups, record) => safeMode(record),
  }),
  statementSignature({
    id: 'hdfs/quota',
    code: 'storage.hdfs_quota',
    literals: ['QuotaExceededException', 'QuotaByStorageTypeExceeded', 'The NameSpace quota', 'The DiskSpace quota'],
    pattern: [
      /The (?<kind>DiskSpace) quota of (?<path>\S{1,500}) is exceeded: ?quota ?= ?(?<limit>\d{1,18}) ?B?[^\n]{0,40}?diskspace consumed ?= ?(?<used>\d{1,18})/,
      /The (?<kind>NameSpace) quota \(directories and files\) of directory (?<path>\S{1,500}) is exceeded: quota=(?<limit>\d{1,18}) file count=(?<used>\d{1,18})/,
      /Quota by storage type ?: ?(?<kind>\w{1,20}) on path ?: ?(?<path>\S{1,500}) is exceeded/,
      /(?:NS|DS|ByStorageType)?QuotaExceededException|QuotaByStorageTypeExceededException/,
    ],
    observedFrom: OWN_STATE,
    rank: 89,
    seenIn: 'hadoop NSQuotaExceededException, DSQuotaExceededException 1.x-3.x; capture yarn-013',
    say: (groups) => ({
      en: `The ${groups.kind === 'NameSpace' ? 'name quota (files and directories)' : 'space quota'} of ${groups.path ?? 'an HDFS directory'} is used up; space in the cluster does not matter`,
      zh: `${groups.path ?? '某 HDFS 目录'} 的${groups.kind === 'NameSpace' ? '名字配额（文件与目录数）' : '空间配额'}已用尽，与集群剩余空间无关`,
    }),
    read: (groups) => ({
      keys: present({ path: groups.path }),
      ...(groups.path && groups.used ? { completeStatement: 'hdfs_quota_refusal' } : {}),
      values: present(
        groups.kind === 'NameSpace'
          ? { limitCount: wholeOf(groups.limit), usedCount: wholeOf(groups.used), quotaKind: 'name' }
          : { limitBytes: wholeOf(groups.limit), usedBytes: wholeOf(groups.used), quotaKind: 'space' },
      ),
    }),
  }),
  statementSignature({
    id: 'hdfs/lease',
    code: 'storage.hdfs_lease',
    literals: ['LeaseExpiredException', 'AlreadyBeingCreatedException', 'RecoveryInProgressException', 'No lease on'],
    pattern: [
      /No lease on (?<path>\S{1,500})/,
      /Lease mismatch on (?<path>\S{1,500})/,
      /[fF]ailed to (?:create|append|APPEND|CREATE)_? ?(?:FILE|file)? ?(?<path>\/\S{1,500})[^\n]{0,300}?(?:lease is )?currently owned by/,
      /LeaseExpiredException|AlreadyBeingCreatedException|RecoveryInProgressException/,
    ],
    observedFrom: OWN_STATE,
    rank: 76,
    seenIn: 'hadoop FSNamesystem.checkLease / recoverLeaseInternal 1.x-3.x',
    say: (groups) => ({
      en: `The writer of ${groups.path ?? 'a file'} no longer holds its lease: another writer took the file over, or it was deleted or closed meanwhile`,
      zh: `${groups.path ?? '文件'} 的写入方失去租约：被别的写入方接管，或文件期间被删除/关闭`,
    }),
    read: lease,
  }),
  statementSignature({
    id: 'hdfs/temporary-directory-gone',
    code: 'storage.commit_conflict',
    literals: ['FileNotFoundException: File ', 'No lease on', 'Failed to rename', 'Mkdirs failed to create'],
    pattern: [
      /(?:FileNotFoundException: File|LeaseExpiredException[\s\S]{0,80}?No lease on) (?<path>\S{0,500}\/_temporary\S{0,300})/,
      /(?:Failed to rename|Mkdirs failed to create)(?! file:)[^\n]{0,200}(?<path>\/\S{1,400}\/_temporary\/\S{0,200})/,
    ],
    observedFrom: OWN_STATE,
    rank: 79,
    inferredOnly: true,
    seenIn: 'hadoop FileOutputCommitter v1/v2 2.x/3.x',
    say: {
      en: 'The temporary directory of the output was gone while the job wrote to it: another job wrote to the same output and cleaned up, or this one was already aborted',
      zh: '写输出时临时目录已不存在：另一个作业写同一输出并做了清理，或本作业已被中止',
    },
    read: (groups) => ({ keys: present({ path: groups.path }) }),
  }),
  statementSignature({
    id: 'hdfs/missing-block',
    code: 'storage.hdfs_missing_block',
    literals: [
      'BlockMissingException',
      'Could not obtain block',
      'missing blocks. The following files may be corrupted',
      'Found Checksum error for',
      'No live nodes contain',
    ],
    pattern: [
      /Could not obtain block: (?<block>[\w:.-]{1,120}) file=(?<path>\S{1,500})(?<rest>[^\n]{0,1200})/,
      /There are (?<count>\d{1,12}) missing blocks\. The following files may be corrupted/,
      /Found Checksum error for (?<block>[\w:.-]{1,120})/,
      /BlockMissingException/,
      /Could not obtain (?<block>BP-[\w:.-]{1,120}) from any node:[^\n]{0,600}/,
    ],
    observedFrom: OWN_STATE,
    rank: 80,
    seenIn: 'hadoop DFSInputStream.chooseDataNode 2.x/3.x, NameNode fsck and web page',
    say: (groups) => ({
      en: `No readable copy of an HDFS block was found${groups.path ? ` for ${groups.path}` : ''}`,
      zh: `找不到 HDFS 数据块的可读副本${groups.path ? `：${groups.path}` : ''}`,
    }),
    read: missingBlock,
  }),
  statementSignature({
    id: 'hdfs/not-enough-datanodes',
    code: 'storage.hdfs_datanode_down',
    literals: ['could only be replicated to', 'could only be written to'],
    pattern:
      /could only be (?:replicated|written) to (?<done>\d{1,4}) (?:nodes|nodes,|of the \d{1,4} minReplication nodes)[\s\S]{0,80}?There are (?<live>\d{1,9}) datanode\(s\) running and (?<excluded>no|\d{1,9}) node\(s\) are excluded/,
    observedFrom: OWN_STATE,
    rank: 85,
    seenIn:
      'hadoop BlockManager.chooseTarget4NewBlock 2.x ("replicated to 0 nodes instead of minReplication (=1)") and 3.x ("written to 0 of the 1"); question q043',
    say: { en: 'The NameNode found no DataNode for a new block', zh: 'NameNode 找不到可写新块的 DataNode' },
    read: datanodes,
  }),
  statementSignature({
    id: 'hdfs/datanode-of-another-cluster',
    code: 'storage.hdfs_datanode_down',
    literals: ['Incompatible clusterIDs in'],
    pattern: /Incompatible clusterIDs in (?<path>\S{1,300}): namenode clusterID/,
    observedFrom: OWN_STATE,
    rank: 84,
    seenIn: 'hadoop DataStorage 2.x/3.x',
    say: {
      en: 'A DataNode may not register: its storage belongs to another cluster (the NameNode was formatted anew)',
      zh: 'DataNode 无法注册：它的存储属于另一个集群（NameNode 被重新格式化）',
    },
    read: (groups) => ({ keys: present({ path: groups.path }) }),
  }),
  statementSignature({
    id: 'hdfs/replica-not-there',
    code: 'storage.hdfs_missing_block',
    literals: ['received exception java.io.FileNotFoundException: BlockId', 'ReplicaNotFoundException'],
    pattern: [
      /opReadBlock (?<block>[\w:.-]{1,160}) received exception java\.io\.FileNotFoundException: BlockId \d{1,20} is not valid[^\n]{0,300}/,
      /opReadBlock (?<block>[\w:.-]{1,160}) received exception [\w.]{0,120}ReplicaNotFoundException[^\n]{0,300}/,
      /ReplicaNotFoundException: (?:Cannot append to a non-existent replica|Replica (?:not found|does not exist))[^\n]{0,200}/,
    ],
    observedFrom: OWN_STATE,
    rank: 80,
    inferredOnly: true,
    seenIn: 'hadoop DataXceiver and BlockReaderRemote 2.x/3.x (recorded on 3.3.6 with a deleted block file)',
    say: {
      en: 'A DataNode answered that it does not hold the copy of the block that the NameNode lists there',
      zh: 'DataNode 答复说它没有 NameNode 登记在那里的数据块副本',
    },
    read: (groups) => ({
      values: present({ block: groups.block }),
      refutes: [
        {
          code: 'network.datanode_unreachable',
          why: { en: 'the DataNode answered the request', zh: 'DataNode 对请求作了答复' },
        },
      ],
    }),
  }),
  statementSignature({
    id: 'hdfs/pipeline-broken',
    code: 'network.datanode_unreachable',
    literals: [
      'Excluding datanode',
      'Exception in createBlockOutputStream',
      'All datanodes',
      'no more good datanodes being available',
      'Error constructing remote block reader',
      'I/O error constructing remote block reader',
    ],
    pattern: [
      /All datanodes [^\n]{0,300}are bad\. Aborting/,
      /no more good datanodes being available to try/,
      /Excluding datanode DatanodeInfoWithStorage\[(?<host>[\d.]{7,15}):\d{2,5}/,
      /Exception in createBlockOutputStream/,
      /(?:I\/O e|E)rror constructing remote block reader/,
    ],
    // The DataNode answered: it was reached.
    unless: /Got error, status=ERROR/,
    observedFrom: OWN_STATE,
    rank: 54,
    inferredOnly: true,
    seenIn: 'hadoop DataStreamer, DFSOutputStream, BlockReaderFactory 2.x/3.x; captures yarn-025, yarn-031 (survived)',
    say: {
      en: 'A client could not reach a DataNode while writing or reading a block',
      zh: '客户端读写数据块时连不上某个 DataNode',
    },
    read: pipeline,
  }),
  statementSignature({
    id: 'hdfs/datanode-name-unresolved',
    code: 'network.dns_hostname',
    literals: ['Datanode denied communication with namenode', 'UnresolvedAddressException'],
    pattern: [
      /Datanode denied communication with namenode because hostname cannot be resolved \(ip=(?<ip>[\d.]{7,15}), hostname=(?<host>[\w.-]{1,253})\)/,
      /Datanode denied communication with namenode/,
      /UnresolvedAddressException/,
    ],
    observedFrom: OWN_STATE,
    rank: 74,
    seenIn: 'hadoop DatanodeManager.registerDatanode 2.x/3.x, java.nio',
    say: (groups) => ({
      en: `A host name could not be resolved${groups.host ? `: ${groups.host}` : ''}`,
      zh: `主机名无法解析${groups.host ? `：${groups.host}` : ''}`,
    }),
    read: (groups) => ({ keys: present({ host: groups.host }) }),
  }),
];

/** Alluxio says "safe mode" too; and a NameNode that only just started says it of itself. */
function safeMode(record: TextRecord): Details {
  const lowResources = /[Rr]esources are low on NN/.test(record.text);
  const manual = /It was turned on manually/.test(record.text);
  const why = lowResources
    ? { en: ', by itself because the disk of its metadata is nearly full', zh: '，原因是元数据所在磁盘空间不足' }
    : manual
      ? { en: ', turned on by hand', zh: '，由人工开启' }
      : { en: '', zh: '' };
  const refused = /Cannot [a-z ]{3,40} (\/\S{1,500})\.\s{0,2}Name ?node is in safe mode/.exec(record.text);
  return {
    ...(refused ? { completeStatement: 'hdfs_safe_mode_refusal' } : {}),
    values: present({ reason: lowResources ? 'resources_low' : manual ? 'manual' : undefined }),
    statement: {
      en: `The NameNode is in safe mode${why.en}: it refuses every change of the file system`,
      zh: `NameNode 处于安全模式${why.zh}：拒绝对文件系统的任何修改`,
    },
  };
}

function lease(groups: Groups): Details {
  return { keys: present({ path: groups.path }) };
}

function missingBlock(groups: Groups, record: TextRecord): Details {
  const located = /(?:Block locations|nodes = |Dead nodes): ?\[?[^\n]{0,40}?Datanode(?:Info)?/.test(record.text);
  const cannotConnect = /ConnectException|ConnectTimeoutException|SocketTimeoutException|NoRouteToHost/.test(
    record.text,
  );
  const keys = present({ path: groups.path });
  if (cannotConnect) {
    return {
      keys,
      code: 'network.datanode_unreachable',
      inferredOnly: true,
      statement: {
        en: 'A block could not be read because its DataNodes could not be reached',
        zh: '数据块读不到，因为连不上它所在的 DataNode',
      },
    };
  }
  return {
    keys,
    values: present({ block: groups.block, missingBlocks: wholeOf(groups.count) }),
    ...(located ? { inferredOnly: true } : {}),
  };
}

function datanodes(groups: Groups, record: TextRecord): Details {
  const live = wholeOf(groups.live) ?? 0;
  const excluded = groups.excluded === 'no' ? 0 : (wholeOf(groups.excluded) ?? 0);
  const values = { liveDatanodes: live, excludedDatanodes: excluded };
  if (live === 0) {
    return {
      values,
      ...(/\bFile \/\S{1,500} could only be/.test(record.text) ? { completeStatement: 'no_datanode_running' } : {}),
      statement: { en: 'No DataNode is registered with the NameNode', zh: '没有任何 DataNode 注册到 NameNode' },
    };
  }
  if (excluded >= live) {
    return {
      values,
      code: 'network.datanode_unreachable',
      statement: {
        en: `All ${live} DataNodes live, but the client excluded each of them: it cannot reach their data port`,
        zh: `${live} 个 DataNode 都活着，但客户端把它们全部排除：连不上它们的数据端口`,
      },
    };
  }
  return {
    values,
    inferredOnly: true,
    statement: {
      en: `${live} DataNodes are registered, yet none could take the block: full, overloaded or excluded by the placement rules`,
      zh: `已注册 ${live} 个 DataNode，但都不能接收该块：磁盘满、过载或被放置策略排除`,
    },
  };
}

function pipeline(groups: Groups, record: TextRecord): Details {
  const survived = record.level === 'warn' || record.level === 'info';
  return { keys: present({ host: groups.host }), values: survived ? { retried: 1 } : {} };
}
