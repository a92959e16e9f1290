import type { Signature } from '../signature.ts';
import { bytesOf, present, wholeOf } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { OWN_STATE } from './trusted-writers.ts';

const SIZE = '[\\d.,]{1,14} ?[KMGTP]?i?B';

/** What passes a limit on its way through the driver: results, broadcasts, task descriptions; and spilling. */
export const DRIVER_LIMIT_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'driver-limit/result-size',
    code: 'memory.result_size',
    literals: [
      'is bigger than spark.driver.maxResultSize',
      'is bigger than local result size limit',
      'is bigger than maxResultSize',
      'is larger than maxResultSize',
    ],
    pattern: [
      new RegExp(
        `Total size of serialized results of (?<tasks>\\d{1,9}) tasks \\((?<size>${SIZE})\\) is bigger than (?:spark\\.driver\\.maxResultSize|local result size limit|maxResultSize)(?: \\((?<limit>${SIZE})\\))?`,
      ),
      new RegExp(`Result is larger than maxResultSize \\((?<size>${SIZE}) > (?<limit>${SIZE})\\)`),
    ],
    observedFrom: OWN_STATE,
    rank: 90,
    seenIn: 'spark TaskSetManager.canFetchMoreResults / Executor 1.2-4.x; capture yarn-035',
    say: (groups) => ({
      en: `Results for the driver passed spark.driver.maxResultSize${groups.size ? `: ${groups.size} of ${groups.limit ?? '?'} allowed` : ''}`,
      zh: `回传给 driver 的结果超过 spark.driver.maxResultSize${groups.size ? `：${groups.size}，上限 ${groups.limit ?? '?'}` : ''}`,
    }),
    read: (groups) => ({
      values: present({
        resultBytes: bytesOf(groups.size),
        limitBytes: bytesOf(groups.limit),
        taskCount: wholeOf(groups.tasks),
      }),
      ...(groups.size && groups.limit ? { completeStatement: 'result_size_abort' } : {}),
    }),
  }),
  statementSignature({
    id: 'driver-limit/broadcast-too-large',
    code: 'memory.broadcast_oom',
    literals: ['Not enough memory to build and broadcast', 'Cannot broadcast the table'],
    pattern: [
      /Not enough memory to build and broadcast the table/,
      /Cannot broadcast the table that is larger than (?<limit>[\d.,]{1,14} ?[KMGT]?i?B?): (?<size>[\d.,]{1,14} ?[KMGTP]?i?B)/,
      /Cannot broadcast the table (?:that is larger|over \d|with \d)[^\n]{0,120}/,
    ],
    observedFrom: OWN_STATE,
    rank: 91,
    seenIn: 'spark BroadcastExchangeExec 2.x, QueryExecutionErrors 3.x/4.x',
    say: {
      en: 'The table chosen for a broadcast join is too large to be built or sent by the driver',
      zh: '选作广播的表太大，driver 无法构建或发送',
    },
    read: (groups) => ({
      values: present({ tableBytes: bytesOf(groups.size), limitBytes: bytesOf(groups.limit) }),
      ...(groups.size && groups.limit ? { completeStatement: 'broadcast_over_maximum' } : {}),
    }),
  }),
  statementSignature({
    id: 'driver-limit/broadcast-timeout',
    code: 'memory.broadcast_oom',
    literals: ['Could not execute broadcast in', 'BroadcastExchangeExec'],
    pattern: [
      /Could not execute broadcast in (?<seconds>-?\d{1,9}) secs/,
      /Futures timed out after \[(?<seconds>\d{1,9}) seconds\][^\n]{0,200}\n(?:[^\n]{0,400}\n){0,30}?[^\n]{0,200}BroadcastExchangeExec/,
    ],
    observedFrom: OWN_STATE,
    rank: 58,
    inferredOnly: true,
    seenIn: 'spark BroadcastExchangeExec 2.x (Futures timed out), 2.3+ (Could not execute broadcast)',
    say: {
      en: 'The broadcast side was not ready within spark.sql.broadcastTimeout: too large, or its own computation was slow',
      zh: '广播侧在 spark.sql.broadcastTimeout 内没有就绪：太大，或者它自身算得太慢',
    },
    read: (groups) => ({ values: present({ timeoutSeconds: wholeOf(groups.seconds) }) }),
  }),
  statementSignature({
    id: 'driver-limit/task-over-message-size',
    code: 'config.resource_setting',
    literals: ['which exceeds max allowed', 'which exceeds spark.akka.frameSize'],
    pattern:
      /(?:Serialized task \S{1,20}|Map output statuses) (?:was|were) (?<size>\d{1,15}) bytes,? which exceeds (?:max allowed: )?(?<key>spark\.(?:rpc\.message\.maxSize|akka\.frameSize))(?: \((?<limit>\d{1,15}) bytes\))?/,
    observedFrom: OWN_STATE,
    rank: 86,
    seenIn: 'spark CoarseGrainedSchedulerBackend 1.x-4.x, MapOutputTracker 1.x',
    say: (groups) => ({
      en: `A task carries ${groups.size} bytes, more than ${groups.key} allows: a large local object travels inside it instead of a broadcast`,
      zh: `一个任务本身有 ${groups.size} 字节，超过 ${groups.key}：大对象被打进任务里，而没有用广播`,
    }),
    read: (groups) => ({
      values: present({ taskBytes: wholeOf(groups.size), limitBytes: wholeOf(groups.limit), key: groups.key }),
    }),
  }),
  statementSignature({
    id: 'driver-limit/very-large-task',
    code: 'code.inefficient_plan',
    literals: ['contains a task of very large size'],
    pattern: /Stage (?<stage>\d{1,9}) contains a task of very large size \((?<size>\d{1,12}) (?<unit>[KM]i?B)\)/,
    observedFrom: OWN_STATE,
    rank: 18,
    inferredOnly: true,
    seenIn: 'spark TaskSetManager 1.x-4.x',
    say: (groups) => ({
      en: `Each task of stage ${groups.stage} carries ${groups.size} ${groups.unit} of data with it`,
      zh: `阶段 ${groups.stage} 的每个任务都随身携带 ${groups.size} ${groups.unit} 数据`,
    }),
    read: (groups) => ({ values: present({ taskBytes: bytesOf(`${groups.size} ${groups.unit}`) }) }),
  }),
  statementSignature({
    id: 'driver-limit/spilling',
    code: 'memory.spill',
    symptom: 'slow',
    literals: [
      'spilling sort data of',
      'spilling in-memory map of',
      'Spilling in-memory batch of',
      'Spilling in-memory map of',
    ],
    pattern: new RegExp(
      `[sS]pilling (?:sort data|in-memory (?:map|batch)) of (?<size>${SIZE}) to disk \\((?<times>\\d{1,9}) {1,2}times? so far\\)`,
    ),
    observedFrom: OWN_STATE,
    rank: 30,
    seenIn: 'spark UnsafeExternalSorter, Spillable 1.x-4.x; capture slow-004',
    say: (groups) => ({
      en: `A task writes ${groups.size} of its working data to disk (spill ${groups.times})`,
      zh: `一个任务把 ${groups.size} 工作数据溢写到磁盘（第 ${groups.times} 次）`,
    }),
    read: (groups) => ({ values: present({ spilledBytes: bytesOf(groups.size), spills: wholeOf(groups.times) }) }),
  }),
];
