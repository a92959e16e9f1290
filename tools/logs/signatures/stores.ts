import type { TextRecord } from '../../evidence/text-record.ts';
import type { Signature } from '../signature.ts';
import { present } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { OWN_STATE } from './trusted-writers.ts';

/** Object stores, table formats and the metastore. */
export const STORE_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'store/object-store-throttles',
    code: 'storage.object_store_throttle',
    literals: [
      'SlowDown',
      'Slow Down',
      'reduce your request rate',
      'RequestLimitExceeded',
      'ThrottlingException',
      'TooManyRequests',
      'QpsLimitExceeded',
      'TrafficRateLimitExceeded',
      'rateLimitExceeded',
      'ServerBusy',
      'Operations per second is over the account limit',
      'ProvisionedThroughputExceeded',
      'Rate exceeded',
      'userRateLimitExceeded',
    ],
    pattern: [
      /Error Code: (?<error>SlowDown|503 Slow Down|RequestLimitExceeded)/,
      /(?<error>(?:Please )?reduce your request rate)/i,
      /\b(?<error>SlowDown|Slow Down|RequestLimitExceeded|ThrottlingException|TooManyRequests(?:Exception)?|(?:Download|Upload)?TrafficRateLimitExceeded|QpsLimitExceeded|(?:user)?[rR]ateLimitExceeded|ServerBusy|ProvisionedThroughputExceeded(?:Exception)?)\b/,
      /(?<error>Operations per second is over the account limit|Rate exceeded)/,
    ],
    observedFrom: OWN_STATE,
    rank: 82,
    seenIn: 'S3, OSS, COS, GCS, ABFS, DynamoDB error codes; AWS SDK 1.x/2.x; celeborn-alluxio-fluid.md 2.2',
    say: (groups) => ({
      en: `The object store refuses requests as too many (${groups.error})`,
      zh: `对象存储因请求过多而限流（${groups.error}）`,
    }),
    read: (groups) => ({ values: present({ errorCode: groups.error }) }),
  }),
  statementSignature({
    id: 'store/commit-conflict',
    code: 'storage.commit_conflict',
    literals: [
      'Locks on the underlying objects cannot be acquired',
      'Multiple streaming jobs detected',
      'CommitFailedException',
      'Found conflicting files',
      'ConcurrentAppendException',
      'ConcurrentDelete',
      'ConcurrentTransactionException',
      'DELTA_CONCURRENT',
      'MetadataChangedException',
      'ProtocolChangedException',
      'HoodieWriteConflictException',
      'Cannot resolve conflicts for overlapping writes',
      'Unable to acquire lock, lock object',
      'Failed to rename FileStatus',
      'Failed to rename S3AFileStatus',
    ],
    pattern: [
      /Locks on the underlying objects cannot be acquired/,

      /Multiple streaming jobs detected for \d{1,12}/,

      /(?:iceberg[\w.]{0,60}\.)?CommitFailedException(?:: (?<why>[^\n]{1,200}))?/,
      /Found conflicting files that can contain records matching[^\n]{0,200}/,
      /Concurrent(?:Append|DeleteRead|DeleteDelete|Transaction)Exception|\[?DELTA_CONCURRENT_\w{1,40}/,
      /(?:MetadataChanged|ProtocolChanged)Exception/,
      /HoodieWriteConflictException|Cannot resolve conflicts for overlapping writes|Unable to acquire lock, lock object/,
      /Failed to rename (?:S3A)?FileStatus\{[^\n]{0,400}/,
    ],
    unless: /org\.apache\.kafka[\w.]{0,80}CommitFailedException/,
    observedFrom: OWN_STATE,
    rank: 80,
    seenIn: 'iceberg 0.11-1.x, delta 0.6-3.x, hudi 0.8-0.15, hadoop FileOutputCommitter',
    say: (groups) => ({
      en: `Two writers collided at the commit${groups.why ? `: ${groups.why}` : ''}`,
      zh: `两个写入方在提交时冲突${groups.why ? `：${groups.why}` : ''}`,
    }),
  }),
  statementSignature({
    id: 'store/output-exists',
    code: 'code.user_code',
    literals: ['already exists'],
    pattern: [
      /(?:FileAlreadyExistsException: Output directory|\[PATH_ALREADY_EXISTS\] [Pp]ath|AnalysisException: path) (?<path>\S{1,500}) already exists/,
      /Output directory (?<path>\S{1,500}) already exists/,
    ],
    observedFrom: OWN_STATE,
    rank: 70,
    seenIn: 'hadoop FileOutputFormat.checkOutputSpecs, spark InsertIntoHadoopFsRelationCommand 1.x-4.x',
    say: (groups) => ({
      en: `The output ${groups.path} was already there and the job writes with "error if it exists"`,
      zh: `输出 ${groups.path} 已存在，而作业的写入方式是“存在即报错”`,
    }),
    read: (groups) => ({ keys: present({ path: groups.path?.replace(/\.$/, '') }) }),
  }),
  statementSignature({
    id: 'store/metastore',
    code: 'storage.metastore',
    literals: [
      'Version information not found in metastore',
      'Could not connect to meta store using any of the URIs',
      'Unable to instantiate org.apache.hadoop.hive',
      'Hive Schema version',
      'Another instance of Derby may have already booted',
      'Failed to get schema version',
      'HiveMetaStoreClient',
      'JDOFatal',
      'JDODataStoreException',
      'Failed to connect to the MetaStore Server',
    ],
    pattern: [
      /Version information not found in metastore/,
      /Could not connect to meta store using any of the URIs provided[^\n]{0,300}/,
      /Failed to connect to the MetaStore Server/,
      /Hive Schema version (?<wanted>[\d.]{1,12}) does not match metastore's schema version (?<found>[\d.]{1,12})/,
      /Another instance of Derby may have already booted the database/,
      /Failed to get schema version/,
      /Unable to instantiate org\.apache\.hadoop\.hive\.(?:ql\.metadata\.SessionHiveMetaStoreClient|metastore\.HiveMetaStoreClient)/,
      /(?:TTransportException|SocketTimeoutException|Read timed out)[\s\S]{0,3000}?hive\.metastore\.HiveMetaStoreClient/,
      /JDOFatal\w{0,40}Exception|JDODataStoreException/,
    ],
    observedFrom: OWN_STATE,
    rank: 81,
    seenIn: 'hive metastore 1.x-4.x (ObjectStore, HiveMetaStoreClient, RetryingMetaStoreClient), derby; question q045',
    say: {
      en: 'The metastore is unreachable, empty, or not of the version that the client expects',
      zh: 'metastore 不可达、是空库，或版本与客户端不符',
    },
    read: (groups, record) => metastore(groups, record),
  }),
];

function metastore(groups: Groups, record: TextRecord): Details {
  if (/Version information not found|Another instance of Derby/.test(record.text)) {
    return {
      values: { metastore: 'embedded' },
      statement: {
        en: 'The program opened an empty or embedded metastore of its own instead of the shared one (no hive-site.xml, or a schema that was never initialised)',
        zh: '程序打开的是自己的空/内嵌 metastore，而不是共享的那个（缺少 hive-site.xml，或 schema 从未初始化）',
      },
    };
  }
  return { values: present({ schemaWanted: groups.wanted, schemaFound: groups.found }) };
}
