import type { SignatureCase } from './signature-case.ts';

export const ATTEMPT_CASES: readonly SignatureCase[] = [
  {
    id: 'attempt/executor-failures-maximum',
    code: null,
    seen: 'capture yarn-003, ApplicationMaster',
    values: { failureLimit: 4 },
    text: '26/11/21 10:47:01 INFO ApplicationMaster: Final app status: FAILED, exitCode: 11, (reason: Max number of executor failures (4) reached)',
  },
  {
    id: 'attempt/excluded-everywhere',
    code: null,
    seen: 'typed from spark 2.1-3.0 (blacklist) and 3.1+',
    text: '25/05/05 12:00:00 ERROR DAGScheduler: x\norg.apache.spark.SparkException: Job aborted due to stage failure: Aborting TaskSet 0.0 because task 0 (partition 0)\ncannot run anywhere due to node and executor excludeOnFailure.',
  },
  {
    id: 'attempt/two-attempts-one-file',
    code: 'scheduling.speculation',
    seen: 'question q011',
    by: 'asker',
    kind: 'inferred',
    text: 'org.apache.hadoop.ipc.RemoteException(org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException): \nLease mismatch on /tmp/hive/-ext-10000/ds=2016-07-22/type=2/part-00301.lzo \nowned by DFSClient_attempt_201506031520_0011_m_000189_0_-1513487243_53 \nbut is accessed by DFSClient_attempt_201506031520_0011_m_000042_0_-1275047721_57',
  },
  {
    id: 'attempt/two-attempts-one-file',
    code: 'not this',
    seen: 'near miss: a program that is no task lost its lease',
    text: 'org.apache.hadoop.ipc.RemoteException(org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException): Lease mismatch on /a/b owned by DFSClient_NONMAPREDUCE_1_1 but is accessed by DFSClient_NONMAPREDUCE_2_1',
  },
  {
    id: 'attempt/duplicate-attempt-ended',
    code: null,
    seen: 'typed from spark Executor; captures slow-015',
    by: 'spark_executor',
    text: '26/11/21 10:52:46 INFO Executor: Executor killed task 3.0 in stage 0.0 (TID 3), reason: another attempt succeeded',
  },
  {
    id: 'attempt/straggler-in-a-paste',
    code: 'skew.join_key',
    seen: 'question q014',
    by: 'asker',
    values: { durationMs: 1159002, taskCount: 200 },
    text: '17/10/24 19:20:12 INFO TaskSetManager: Finished task 110.0 in stage 830.0 (TID 605283) in 1159002 ms on node-407.example.com (200/200)',
  },
  {
    id: 'attempt/straggler-in-a-paste',
    code: 'not this',
    seen: 'near miss: the same line among the last but not the last',
    by: 'asker',
    text: '17/10/24 19:20:12 INFO TaskSetManager: Finished task 110.0 in stage 830.0 (TID 605283) in 1159002 ms on node-407.example.com (150/200)',
  },
  {
    id: 'attempt/straggler-in-a-paste',
    code: 'not this',
    seen: 'near miss: in a log of the platform the event log decides, not this line',
    text: '17/10/24 19:20:12 INFO TaskSetManager: Finished task 110.0 in stage 830.0 (TID 605283) in 1159002 ms on node-407.example.com (200/200)',
  },
];
