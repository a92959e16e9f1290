import type { Signature } from '../signature.ts';
import { present } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { OWN_STATE, OWN_STATE_AND_PROGRAM } from './trusted-writers.ts';

/** Tokens, Kerberos and permissions. */
export const SECURITY_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'security/token-gone',
    code: 'security.kerberos_token_expired',
    literals: [
      "can't be found in cache",
      'is expired',
      'Token has expired',
      'InvalidToken',
      'Invalid AMRMToken',
      'has expired',
    ],
    pattern: [
      /[tT]oken \((?:token for \S{1,80}: )?(?<kind>\w{1,40}(?:_TOKEN|_DELEGATION_TOKEN)?)[^\n]{0,300}?\) (?:can't be found in cache|is expired)/,
      /(?<kind>HDFS_DELEGATION_TOKEN|HIVE_DELEGATION_TOKEN|RM_DELEGATION_TOKEN|kms-dt)[^\n]{0,300}?(?:can't be found in cache|is expired)/,
      /[tT]oken[^\n]{0,200}(?:can't be found in cache|is expired, current time)/,
      /SecretManager\$InvalidToken\)?:?[^\n]{0,200}/,
      /Invalid AMRMToken from appattempt_\w{1,60}/,
      /Token has expired/,
    ],
    unless: /Auth failed for [^\n]{0,120}not found in AMRMTokenSecretManager/,
    observedFrom: OWN_STATE,
    rank: 86,
    seenIn: 'hadoop AbstractDelegationTokenSecretManager 2.x/3.x, AMRMTokenSecretManager',
    say: (groups) => ({
      en: `The ${groups.kind ?? 'delegation token'} that the process carries has expired or was cancelled`,
      zh: `进程携带的 ${groups.kind ?? '委托令牌'} 已过期或被取消`,
    }),
    read: (groups, record) => ({
      values: present({ tokenKind: groups.kind }),
      ...(groups.kind && /sequenceNumber=\d|token \d{1,20} for|owner=/.test(record.text)
        ? { completeStatement: 'delegation_token_expired' }
        : {}),
    }),
  }),
  statementSignature({
    id: 'security/local-output-refused',
    code: 'security.permission_denied',
    literals: ['Mkdirs failed to create file:'],
    // RawLocalFileSystem makes every missing parent and says only that it could not: no right on the parent, a file in the
    // way, or a file system mounted read-only.
    pattern: /Mkdirs failed to create file:(?<path>\/[^\s(]{1,400}\/_temporary\b[^\s(]{0,300})/,
    unless: /No space left on device|Read-only file system/,
    observedFrom: OWN_STATE,
    rank: 80,
    inferredOnly: true,
    seenIn:
      'parquet ParquetFileWriter, hadoop FileOutputCommitter and ChecksumFileSystem 2.x/3.x on a local path (Spark 3.5.6)',
    say: (groups) => ({
      en: `A directory could not be made on the local file system (${groups.path}): the process has no right to write there`,
      zh: `无法在本地文件系统上创建目录（${groups.path}）：进程在那里没有写权限`,
    }),
    read: (groups) => ({ keys: present({ path: groups.path }) }),
  }),
  statementSignature({
    id: 'security/not-authenticated',
    code: 'security.kerberos_auth',
    literals: [
      'GSS initiate failed',
      'No valid credentials provided',
      'Client cannot authenticate via',
      'SIMPLE authentication is not enabled',
      'Login failure for',
      'Clock skew too great',
      'Server not found in Kerberos database',
      'Unable to obtain password from user',
      'Unable to obtain Password from user',
      "Can't get Master Kerberos principal",
      'fall back to SIMPLE auth',
      'can be issued only with kerberos',
      'Pre-authentication information was invalid',
      'Failed to find any Kerberos tgt',
      'Checksum failed',
      'kinit: ',
      "Can't get Kerberos realm",
      'Cannot locate default realm',
    ],
    pattern: [
      /Failed to find any Kerberos tgt/,
      /Clock skew too great[^\n]{0,80}/,
      /Server not found in Kerberos database[^\n]{0,120}/,
      /Client cannot authenticate via: ?\[[\w, ]{1,60}\]/,
      /SIMPLE authentication is not enabled\.\s{1,4}Available: ?\[[\w, ]{1,60}\]/,
      /Login failure for [^\n]{1,200}/,
      /Unable to obtain [pP]assword from user/,
      /Can't get Master Kerberos principal for use as renewer/,
      /Server asks us to fall back to SIMPLE auth/,
      /Delegation Token can be issued only with kerberos or web authentication/,
      /Pre-authentication information was invalid/,
      /GSS initiate failed|No valid credentials provided/,
      /(?:LoginException|KrbException)[^\n]{0,80}Checksum failed/,
      /(?:^|\n)kinit: [^\n]{1,200}/,
      /Can't get Kerberos realm|Cannot locate default realm/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 85,
    seenIn: 'JDK krb5 / jgss 8-21, hadoop UserGroupInformation, SaslRpcClient 2.x/3.x, MIT kinit',
    say: {
      en: 'The process has no valid Kerberos login: ticket, keytab, clock or security setting is missing or wrong',
      zh: '进程没有有效的 Kerberos 登录：票据、keytab、时钟或安全设置缺失或错误',
    },
  }),
  statementSignature({
    id: 'security/handshake-failed',
    code: 'security.kerberos_auth',
    literals: [
      'Exception while bootstrapping client',
      'Expected SaslMessage, received something else',
      'digest response format violation',
    ],
    // A client makes this handshake only with spark.authenticate or encryption; a peer that closes it has no such setting,
    // another secret, or is going down.
    pattern: [
      /Exception while bootstrapping client after \d{1,9} ms/,
      /Expected SaslMessage, received something else[^\n]{0,120}/,
      /DIGEST-MD5: digest response format violation[^\n]{0,80}/,
    ],
    observedFrom: [],
    rank: 72,
    inferredOnly: true,
    seenIn:
      'spark network TransportClientFactory, SaslMessage 1.6-4.x (recorded: spark.authenticate on one side only, 3.5.6)',
    say: {
      en: 'The two sides do not agree on authentication: spark.authenticate, its secret or encryption differs between client and server',
      zh: '两端的认证设置不一致：客户端与服务端的 spark.authenticate、密钥或加密设置不同',
    },
  }),
  statementSignature({
    id: 'security/permission-denied',
    code: 'security.permission_denied',
    literals: [
      'is not whitelisted',
      'User is banned',
      'is banned',
      'ermission denied',
      'AccessDenied',
      'Access Denied',
      'Access denied',
      'cannot submit applications to queue',
      'does not have permission to submit',
      'is not allowed to impersonate',
      'HiveAccessControlException',
      'InvalidAccessKeyId',
      'SignatureDoesNotMatch',
      'Unable to load AWS credentials',
      'No AWS Credentials provided',
      '权限不够',
      'does not have privileges',
      '403 Forbidden',
    ],
    pattern: [
      /Requested user (?<user>[\w.@-]{1,80}) is (?:not whitelisted|banned)/,

      /Permission denied: user=(?<user>[\w.@/-]{1,80}), access=(?<access>\w{1,20}), inode="(?<path>[^"\n]{1,500})"/,
      /Permission denied: user \[(?<user>[\w.@/-]{1,80})\] does not have \[(?<access>\w{1,20})\] privilege on \[(?<path>[^\]\n]{1,300})\]/,
      /User (?<user>[\w.@/-]{1,80}) (?:cannot submit applications to queue|does not have permission to submit \S{1,60} to queue) (?<queue>[\w.:-]{1,200})/,
      /User: (?<user>[\w.@/-]{1,160}) is not allowed to impersonate (?<other>[\w.@/-]{1,80})/,
      /(?:AccessControlException|AccessDeniedException|HiveAccessControlException)(?:: (?<what>[^\n]{1,300}))?/,
      /FileNotFoundException: (?<path>\/\S{1,400}) \((?:Permission denied|权限不够)\)/,
      /\[Errno 13\] Permission denied(?:: '(?<path>[^'\n]{1,400})')?/,
      /(?:Error Code: |<Code>)(?<access>AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch)/,
      /(?:Unable to load AWS credentials from any provider|No AWS Credentials provided by|Access denied for user '(?<user>[^'\n]{1,80})'@|\(Permission denied\)|does not have privileges)/,
      /Status Code: 403|403 Forbidden/,
    ],
    observedFrom: OWN_STATE_AND_PROGRAM,
    rank: 84,
    seenIn:
      'hadoop FSPermissionChecker 1.x-3.x, ranger, capacity / fair scheduler, java.io and Python, AWS SDK; question q018',
    say: (groups) => ({
      en: groups.queue
        ? `User ${groups.user} may not use queue ${groups.queue}`
        : `Access was denied${groups.user ? ` to user ${groups.user}` : ''}${groups.access ? ` (${groups.access})` : ''}${groups.path ? ` at ${groups.path}` : ''}`,
      zh: groups.queue
        ? `用户 ${groups.user} 无权使用队列 ${groups.queue}`
        : `访问被拒${groups.user ? `：用户 ${groups.user}` : ''}${groups.access ? `（${groups.access}）` : ''}${groups.path ? `，${groups.path}` : ''}`,
    }),
    read: (groups) => ({
      keys: present({ user: groups.user, path: groups.path, queue: groups.queue }),
      values: present({ access: groups.access }),
      ...(groups.queue ? { completeStatement: 'yarn_queue_acl_refusal' } : {}),
      ...(groups.user && groups.access && groups.path?.startsWith('/')
        ? { completeStatement: 'hdfs_permission_refusal' }
        : {}),
    }),
  }),
];
