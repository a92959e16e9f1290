import type { Signature } from '../signature.ts';
import { present } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { OWN_STATE } from './trusted-writers.ts';

/** Default port of Spark's external shuffle service (`spark.shuffle.service.port`, 1.2-4.x). */
const SERVICE_PORT = '7337';

/** Spark's external shuffle service: absent, forgetful, or of another kind than the job expects. */
export const SHUFFLE_SERVICE_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'shuffle-service/unsupported-manager',
    code: 'config.shuffle_service_mismatch',
    symptom: 'executor_lost',
    literals: [
      'Unsupported shuffle manager',
      'The auxService',
      'Expected SaslMessage',
      'Unexpected message type',
      'Unknown message type',
    ],
    pattern: [
      /Unsupported shuffle manager(?: of executor)?: [^\n]{0,600}?shuffleManager=(?<manager>[\w.$]{1,200})/,
      /Unsupported shuffle manager/,
      /The auxService: ?(?<manager>\w{1,60}) does not exist/,
      /Expected SaslMessage, received something else/,
      /IllegalArgumentException: (?:Unexpected message type|Unknown message type): -?\d{1,6}/,
    ],
    observedFrom: OWN_STATE,
    rank: 86,
    seenIn:
      'spark ExternalShuffleBlockResolver < 3.1 (SPARK-33037), hadoop InvalidAuxServiceException, spark SaslMessage; question q015',
    say: (groups) => ({
      en: `The shuffle service of the node does not fit the job${groups.manager ? ` (${groups.manager})` : ''}: another version, another name or other security`,
      zh: `节点上的 shuffle 服务与作业不匹配${groups.manager ? `（${groups.manager}）` : ''}：版本、名称或安全设置不同`,
    }),
    read: (groups) => ({
      values: present({ shuffleManager: groups.manager }),
      ...(groups.manager?.includes('.') ? { completeStatement: 'unsupported_shuffle_manager' } : {}),
    }),
  }),
  statementSignature({
    id: 'shuffle-service/cannot-register',
    code: 'shuffle.external_service_unavailable',
    symptom: 'executor_lost',
    literals: ['Unable to register with external shuffle server', 'Failed to connect to external shuffle server'],
    pattern: [
      /Unable to register with external shuffle server due to ?: ?(?<why>[^\n]{0,200})/,
      /Failed to connect to external shuffle server, will retry (?<left>\d{1,4}) more times/,
    ],
    observedFrom: OWN_STATE,
    rank: 68,
    seenIn: 'spark BlockManager.registerWithExternalShuffleServer 1.x-4.x; capture celeborn-007',
    say: {
      en: 'An executor could not register with the external shuffle service of its host: the service is down, hung or not installed there',
      zh: 'executor 无法向本机的 external shuffle service 注册：服务没运行、卡住或没安装',
    },
  }),
  statementSignature({
    id: 'shuffle-service/executor-unknown',
    code: 'shuffle.external_service_unavailable',
    symptom: 'fetch_failed',
    literals: ['Exception: Executor is not registered (appId=', 'ExternalShuffleBlockHandler', 'ExternalBlockHandler'],
    pattern: [
      /Exception: Executor is not registered \(appId=(?<app>[\w-]{1,60}), execId=(?<executor>\d{1,7})\)/,
      /(?:ExternalShuffleBlockHandler|ExternalBlockHandler)[\s\S]{0,240}?(?:NullPointerException|Unable to load|Failed to load)/,
    ],
    observedFrom: OWN_STATE,
    rank: 66,
    seenIn:
      'spark ExternalShuffleBlockResolver 1.x-4.x (the bare INFO line is printed whenever an executor is cleaned up; captures slow-*)',
    say: (groups) => ({
      en: `The shuffle service no longer knows executor ${groups.executor ?? ''}: it was restarted without its state, or lost it`,
      zh: `shuffle 服务已不认识 executor ${groups.executor ?? ''}：它重启后没有恢复状态，或状态丢失`,
    }),
    read: (groups) => ({ keys: present({ executorId: groups.executor, applicationId: groups.app }) }),
  }),
  statementSignature({
    id: 'shuffle-service/port-silent',
    code: 'shuffle.external_service_unavailable',
    symptom: 'fetch_failed',
    literals: [
      'Failed to connect to',
      'Connection refused: ',
      'Timed out connecting to',
      'Connection from ',
      ' timed out (',
    ],
    pattern: new RegExp(
      `(?:Failed to connect to|Connection refused:|Connection from|Timed out connecting to|Connecting to) ?/?(?<host>[\\w.-]{1,253})(?:/[\\d.]{7,15})?:${SERVICE_PORT}\\b`,
    ),
    observedFrom: OWN_STATE,
    rank: 57,
    seenIn: 'spark TransportClientFactory, port 7337 = spark.shuffle.service.port',
    say: (groups) => ({
      en: `The external shuffle service of ${groups.host} did not answer (port ${SERVICE_PORT})`,
      zh: `${groups.host} 上的 external shuffle service 没有响应（端口 ${SERVICE_PORT}）`,
    }),
    read: (groups) => ({ keys: present({ host: groups.host }) }),
  }),
  statementSignature({
    id: 'shuffle-service/push-merge',
    code: 'shuffle.external_service_unavailable',
    symptom: 'slow',
    echo: true,
    literals: [
      'Pushing block shufflePush',
      'shuffle push of block',
      'fallback to fetch original blocks',
      'Failed to get the meta of push-merged block',
    ],
    pattern: [
      /Pushing block shufflePush\S{1,80} (?:to [^\n]{1,120} )?failed/,
      /Failed to get the meta of push-merged block[^\n]{0,200}/,
      /fallback to fetch original blocks/,
    ],
    observedFrom: OWN_STATE,
    rank: 20,
    seenIn: 'spark ShuffleBlockPusher, PushBasedFetchHelper 3.2+',
    say: {
      en: 'Push-based merging of shuffle blocks failed in part; the original blocks are fetched instead (slower, not wrong)',
      zh: '推送合并 shuffle 部分失败，改为直接拉取原始块（更慢，但结果不受影响）',
    },
  }),
];
