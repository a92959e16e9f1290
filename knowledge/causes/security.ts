import type { Cause } from './cause.ts';

/** Causes in authentication and permission. */
export const SECURITY_CAUSES: readonly Cause[] = [
  {
    code: 'security.kerberos_token_expired',
    title: { en: 'Delegation token expired', zh: '委托令牌过期' },
    meaning: { en: 'A delegation token is expired or cancelled', zh: '委托令牌过期或被取消' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The service names the token that is expired or not known any more',
        zh: '服务指明已过期或不再认识的令牌',
      },
      provenance: ['engine', 'storage', 'resource_manager', 'node_manager'],
      completeStatements: ['delegation_token_expired'],
    },
    suggestedBy: [
      {
        en: 'A long-running job fails after days, or right after another job ended',
        zh: '长期作业在数天后失败，或在另一作业结束后立即失败',
      },
    ],
    refutedBy: [{ en: 'The token is valid and the user lacks permission', zh: '令牌有效，只是用户没有权限' }],
    remediations: [
      {
        statement: {
          en: 'Give the long-running job a keytab, so that tokens are renewed',
          zh: '为长期作业提供 keytab，以便续期令牌',
        },
        settings: ['spark.kerberos.keytab', 'spark.kerberos.principal'],
        by: 'user',
        section: 'give-the-job-a-keytab',
      },
      {
        statement: { en: 'Check renewal and the longest life of tokens', zh: '检查令牌续期和最长有效期' },
        settings: ['dfs.namenode.delegation.token.max-lifetime', 'dfs.namenode.delegation.token.renew-interval'],
        by: 'platform',
        section: 'check-renewal-and-the-longest-life-of-tokens',
      },
    ],
    standing: 'unproven',
    runbook: 'security-kerberos-token-expired',
  },
  {
    code: 'security.kerberos_auth',
    title: { en: 'Authentication missing or wrong', zh: '缺少认证或认证错误' },
    meaning: {
      en: 'Kerberos or SASL authentication is missing or wrong',
      zh: '缺少 Kerberos 或 SASL 认证，或认证错误',
    },
    responsibility: 'user',
    proof: {
      statement: {
        en: "The service or the client's security library names the missing or refused credential",
        zh: '服务或客户端安全库指明缺失或被拒绝的凭据',
      },
      provenance: ['engine', 'storage', 'resource_manager', 'jvm'],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The job works for another user or from another host', zh: '换用户或主机后作业正常' }],
    refutedBy: [{ en: 'The user was authenticated and lacks permission', zh: '用户已通过认证，只是没有权限' }],
    remediations: [
      {
        statement: {
          en: 'Get a ticket, or submit with principal and keytab',
          zh: '获取票据，或带 principal 和 keytab 提交',
        },
        settings: ['spark.kerberos.principal', 'spark.kerberos.keytab', 'spark.kerberos.access.hadoopFileSystems'],
        by: 'user',
        section: 'get-a-ticket-or-submit-with-principal-and-keytab',
      },
      {
        statement: { en: 'Check principal, key and clock of the service', zh: '检查服务的 principal、密钥和时钟' },
        settings: [],
        by: 'platform',
        section: 'check-principal-key-and-clock-of-the-service',
      },
    ],
    standing: 'unproven',
    runbook: 'security-kerberos-auth',
  },
  {
    code: 'security.permission_denied',
    title: { en: 'Permission denied', zh: '权限不足' },
    meaning: { en: 'The user may not use the file or queue', zh: '用户无权使用该文件或队列' },
    responsibility: 'shared',
    proof: {
      statement: {
        en: 'The service refuses with user, kind of access and object',
        zh: '服务拒绝访问，并给出用户、访问类型和对象',
      },
      provenance: ['storage', 'engine', 'resource_manager'],
      completeStatements: ['hdfs_permission_refusal', 'yarn_queue_acl_refusal'],
    },
    suggestedBy: [{ en: 'The same job works for another user', zh: '同一作业换用户后正常' }],
    refutedBy: [
      {
        en: 'The refusal names safe mode, quota or a read-only file system',
        zh: '拒绝原因是安全模式、配额或只读文件系统',
      },
    ],
    remediations: [
      {
        statement: {
          en: 'Write where the user may write, or ask the owner for access',
          zh: '写到有权限的位置，或向属主申请权限',
        },
        settings: ['spark.yarn.stagingDir', 'spark.yarn.queue'],
        by: 'user',
        section: 'write-where-you-may-or-ask-for-access',
      },
      {
        statement: {
          en: 'Grant the access, or correct owner and mode of the path',
          zh: '授权，或修正路径的属主和权限',
        },
        settings: ['yarn.scheduler.capacity.<queue-path>.acl_submit_applications', 'dfs.permissions.enabled'],
        by: 'platform',
        section: 'grant-the-access-or-correct-owner-and-mode',
      },
    ],
    standing: 'recorded',
    runbook: 'security-permission-denied',
  },
];
