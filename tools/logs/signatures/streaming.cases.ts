import type { SignatureCase } from './signature-case.ts';

export const STREAMING_CASES: readonly SignatureCase[] = [
  {
    id: 'streaming/checkpoint-expired',
    code: 'streaming.checkpoint_timeout',
    seen: 'capture flow-204, JobManager log',
    by: 'flink',
    kind: 'inferred',
    values: { checkpoint: 1 },
    text: '2026-11-21 10:58:25,530 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Checkpoint 1 of job 389bbd76ed08903a46d2842c95a68b0e expired before completing.',
  },
  {
    id: 'streaming/task-manager-silent',
    code: 'streaming.taskmanager_lost',
    seen: 'question q023',
    by: 'asker',
    kind: 'inferred',
    text: 'The heartbeat of TaskManager with id timed out.',
  },
  {
    id: 'streaming/task-manager-silent',
    code: 'streaming.taskmanager_lost',
    seen: 'capture flow-214, JobManager log',
    by: 'flink',
    values: { taskManager: 'flink-tm-02:9091' },
    text: '2026-11-21 11:24:40,232 INFO  org.apache.flink.runtime.jobmaster.JobMaster                 [] - Heartbeat of TaskManager with id flink-tm-02:9091 timed out.',
  },
  {
    id: 'streaming/kafka-offset',
    code: 'streaming.kafka_offset',
    seen: 'typed from spark sql-kafka',
    text: '25/05/05 12:00:00 ERROR MicroBatchExecution: Query failed\njava.lang.IllegalStateException: Cannot fetch offset 1200 (GroupId: g, TopicPartition: t-0). \nSome data may have been lost because they are not available in Kafka any more; either the\n data was aged out by Kafka or the topic may have been deleted before all the data in the\n topic was processed.',
  },
  {
    id: 'streaming/network-buffers',
    code: 'streaming.network_buffers',
    seen: 'typed from flink NetworkBufferPool',
    by: 'flink',
    completeStatement: 'insufficient_network_buffers',
    values: { wantedBuffers: 513, freeBuffers: 100 },
    text: '2026-11-21 11:24:40,232 WARN  org.apache.flink.runtime.taskmanager.Task                    [] - x switched from DEPLOYING to FAILED\njava.io.IOException: Insufficient number of network buffers: required 513, but only 100 available. The total number of network buffers is currently set to 2048 of 32768 bytes each.',
  },
  {
    id: 'streaming/recovery-suppressed',
    code: null,
    seen: 'capture flow-205, JobManager log',
    by: 'flink',
    text: '2026-11-21 11:06:20,000 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph       [] - Job x switched from state FAILING to FAILED.\norg.apache.flink.runtime.JobException: Recovery is suppressed by FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=2, backoffTimeMS=2000)',
  },
  {
    id: 'streaming/kafka-offset',
    code: 'streaming.kafka_offset',
    seen: 'typed from spark sql-kafka KafkaSource',
    text: "25/05/05 12:00:00 ERROR MicroBatchExecution: Query failed\njava.lang.IllegalStateException: Partition t-0's offset was changed from 500 to 100, some data may have been missed.",
  },
  {
    id: 'streaming/task-manager-silent',
    code: 'streaming.taskmanager_lost',
    seen: 'typed from flink netty PartitionRequestClientFactory',
    by: 'flink',
    text: "org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connecting to remote task manager 'h1/10.0.0.1:41111' has failed. This might indicate that the remote task manager has been lost.",
  },
];
