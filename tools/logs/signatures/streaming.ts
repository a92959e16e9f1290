import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { statementSignature } from './statement-signature.ts';
import { OWN_STATE } from './trusted-writers.ts';

/** Flink and Kafka, mostly for pasted text. */
export const STREAMING_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'streaming/checkpoint-expired',
    code: 'streaming.checkpoint_timeout',
    literals: ['expired before completing', 'Checkpoint Coordinator is suspending'],
    pattern: /Checkpoint (?:(?<checkpoint>\d{1,12}) of job (?<job>[0-9a-f]{8,40}) )?expired before completing/,
    observedFrom: OWN_STATE,
    rank: 52,
    inferredOnly: true,
    seenIn: 'flink CheckpointCoordinator 1.4-1.20; capture flow-204',
    say: {
      en: 'A checkpoint was not finished within its timeout: back-pressure, or slow state storage',
      zh: '检查点在超时前没有完成：反压，或状态存储慢',
    },
    read: (groups) => ({ values: present({ checkpoint: wholeOf(groups.checkpoint), job: groups.job }) }),
  }),
  statementSignature({
    id: 'streaming/task-manager-silent',
    code: 'streaming.taskmanager_lost',
    symptom: 'heartbeat_late',
    literals: [
      'remote task manager has been lost',
      'eartbeat of TaskManager',
      'remote task manager was lost',
      'is no longer reachable',
      'closed by remote task manager',
    ],
    pattern: [
      /[hH]eartbeat of TaskManager with id (?<id>\S{0,120}?)\s?timed out/,
      /remote task manager (?:was|has been) lost|closed by remote task manager/,
      /TaskManager with id (?<id>\S{1,120}) is no longer reachable/,
    ],
    observedFrom: [],
    rank: 38,
    inferredOnly: true,
    seenIn:
      'flink HeartbeatManager, netty CreditBasedPartitionRequestClientHandler 1.5-1.20; captures flow-212, flow-214, question q023',
    say: {
      en: 'A TaskManager was not heard of in time: killed, in a long collection, frozen or cut off',
      zh: 'TaskManager 超时无心跳：被杀、长时间 GC、被冻结或网络中断',
    },
    read: (groups) => ({ values: present({ taskManager: groups.id || undefined }) }),
  }),
  statementSignature({
    id: 'streaming/kafka-offset',
    code: 'streaming.kafka_offset',
    literals: [
      'offset was changed from',
      'OffsetOutOfRange',
      'Offsets out of range',
      'Some data may have been lost because they are not available in Kafka',
      'Cannot fetch offset',
      'failOnDataLoss',
    ],
    pattern: [
      /OffsetOutOfRange(?:Exception)?[^\n]{0,200}|Offsets out of range[^\n]{0,200}|Some data may have been lost because they are not available in Kafka|Cannot fetch offset \d{1,20}[^\n]{0,120}/,
      /offset was changed from \d{1,20} to \d{1,20}/,
    ],
    observedFrom: OWN_STATE,
    rank: 80,
    seenIn: 'kafka-clients 0.10-3.x, spark sql-kafka KafkaDataConsumer 2.x-4.x',
    say: {
      en: 'The offsets that the job wants are no longer in Kafka (retention passed, or the topic was made anew)',
      zh: '作业要读的 offset 在 Kafka 中已不存在（超过保留期，或主题被重建）',
    },
  }),
  statementSignature({
    id: 'streaming/network-buffers',
    code: 'streaming.network_buffers',
    literals: ['nsufficient number of network buffers'],
    pattern:
      /[Ii]nsufficient number of network buffers: required (?<wanted>\d{1,9}), but only (?<free>\d{1,9}) available|[Ii]nsufficient number of network buffers/,
    observedFrom: OWN_STATE,
    rank: 84,
    seenIn: 'flink NetworkBufferPool 1.2-1.20',
    say: (groups) => ({
      en: `Too few network buffers for this parallelism${groups.wanted ? `: ${groups.wanted} needed, ${groups.free} free` : ''}`,
      zh: `网络缓冲区不够当前并行度使用${groups.wanted ? `：需要 ${groups.wanted}，剩余 ${groups.free}` : ''}`,
    }),
    read: (groups) => ({
      values: present({ wantedBuffers: wholeOf(groups.wanted), freeBuffers: wholeOf(groups.free) }),
      ...(groups.wanted ? { completeStatement: 'insufficient_network_buffers' } : {}),
    }),
  }),
  statementSignature({
    id: 'streaming/recovery-suppressed',
    code: null,
    symptom: 'application_failed',
    literals: ['Recovery is suppressed by', 'Exceeded checkpoint tolerable failure threshold'],
    pattern: /Recovery is suppressed by [^\n]{1,200}|Exceeded checkpoint tolerable failure threshold/,
    observedFrom: OWN_STATE,
    rank: 14,
    seenIn: 'flink ExecutionFailureHandler, CheckpointFailureManager 1.9-1.20; captures flow-204, flow-205',
    say: {
      en: 'The job was not restarted again; the failure before this one is the cause',
      zh: '作业不再重启；原因在此前的失败里',
    },
  }),
];
