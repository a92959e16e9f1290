import { describe, expect, it } from 'vitest';
import { classifyLog, type LogClass } from './classify-log.ts';

const NO_TAIL = Buffer.alloc(0);

function classify(head: string, path = '', tail = ''): LogClass {
  return classifyLog(Buffer.from(head), Buffer.from(tail), path);
}

const writer = (found: LogClass) => (found.is === 'log' ? found.writer : found.what);

describe('classifyLog', () => {
  it.each([
    [
      'spark_driver',
      '26/11/21 10:26:18 INFO SparkContext: Running Spark version 3.5.6\n26/11/21 10:26:18 INFO DAGScheduler: x\n',
    ],
    [
      'spark_driver',
      '16/12/02 16:12:05 INFO scheduler.DAGScheduler: Submitting 3 missing tasks\n16/12/02 16:12:06 INFO storage.BlockManagerInfo: Added\n',
    ],
    [
      'spark_executor',
      '26/11/21 10:26:28 INFO CoarseGrainedExecutorBackend: Started daemon with process name: 30371@rz-dn011\n',
    ],
    ['spark_executor', '{"ts":"2026-11-21T10:22:41Z","level":"INFO","msg":"Running task 0.0","logger":"Executor"}\n'],
    [
      'spark_application_master',
      '26/11/21 11:30:00 INFO ApplicationMaster: ApplicationAttemptId: appattempt_1795259698281_0013_000001\n26/11/21 11:30:01 INFO YarnAllocator: Will request 2\n',
    ],
    [
      'spark_driver',
      '26/11/21 11:30:00 INFO ApplicationMaster: Starting the user application in a separate Thread\n26/11/21 11:30:01 INFO YarnAllocator: Will request 2\n',
    ],
    ['spark_worker', '26/11/21 10:26:12 INFO Worker: Started daemon with process name: 29487@rz-dn011\n'],
    ['spark_master', '26/11/21 10:25:59 INFO Master: Started daemon with process name: 28975@rz-sm01\n'],
    [
      'node_manager',
      '2026-11-21 10:45:18,668 INFO org.apache.hadoop.yarn.server.nodemanager.containermanager.ContainerManagerImpl: Start request\n',
    ],
    [
      'resource_manager',
      '/***\nSTARTUP_MSG: Starting ResourceManager\n***/\n2026-11-21 10:45:12,810 INFO org.apache.hadoop.util.SignalLogger: registered\n',
    ],
    ['namenode', '2026-11-21 10:45:18,668 INFO org.apache.hadoop.hdfs.StateChange: BLOCK* allocate blk_1\n'],
    ['datanode', '2026-11-21 10:45:15,042 INFO org.apache.hadoop.hdfs.server.datanode.DataNode: Receiving BP-1\n'],
    ['hdfs_audit', '2026-11-21 10:45:04,746 INFO FSNamesystem.audit: allowed=true\tugi=spark\n'],
    [
      'jvm_gc',
      '[2026-11-21T10:37:05.558+0000][0.007s] Using Serial\n[2026-11-21T10:37:05.942+0000][0.391s] GC(0) Pause Young (Allocation Failure) 3M->2M(11M) 14.908ms\n',
    ],
    [
      'jvm_gc',
      '2026-11-21T10:37:05.558+0000: 0.391: [GC (Allocation Failure) [PSYoungGen: 1K->2K(3K)] 1K->1K(9K), 0.1 secs]\n',
    ],
    [
      'jvm_crash',
      '#\n# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb) at pc=0x1, pid=1, tid=2\n#\n---------------  S U M M A R Y ------------\n',
    ],
    ['container_launch', '#!/bin/bash\n\nset -o pipefail -e\nexport PRELAUNCH_OUT="/x/prelaunch.out"\n'],
    ['flink', '2026-11-21 10:22:41,123 INFO  org.apache.flink.runtime.taskexecutor.TaskExecutor [] - Registered\n'],
    ['airflow', '[2026-11-21, 10:22:41 UTC] {taskinstance.py:1157} INFO - Dependencies all met\n'],
    [
      'alluxio',
      '2026-11-21 10:24:17,208 INFO  [pool-2-thread-1](BlockMasterFactory.java:49) - Creating alluxio.master.block.BlockMaster\n',
    ],
    [
      'celeborn',
      '26/11/21 11:33:52,761 INFO [worker-memory-manager-reporter] StorageManager: Updated diskInfos\n26/11/21 11:33:53,761 INFO [x] ChunkStreamManager: Clean up\n',
    ],
    ['unknown', '2026-11-21 10:53:37 probe alloc_4MiB_ms=32.01\n'],
    ['user_program', 'start\nTraceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: x\n'],
    ['event_log', '{"Event":"SparkListenerLogStart","Spark Version":"3.5.6"}\n'],
    [
      'kernel',
      '[ 1458.385937] python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL)\n[ 1458.385971] CPU: 1 UID: 0 PID: 19972\n',
    ],
    [
      'kernel',
      'Jan 25 15:25:20 es14 kernel: java invoked oom-killer: order=2\nJan 25 15:25:20 es14 kernel: Call Trace:\n',
    ],
    ['json', '{"apps": {"app": [{"id": "application_1_1"}]}}'],
    ['markup', '<?xml version="1.0"?>\n<configuration>\n</configuration>\n'],
    ['source_code', 'import sys\nfrom pyspark.sql import SparkSession\n\ndef main():\n    pass\n'],
    ['settings', '# settings\nspark.executor.memory 4g\nspark.driver.memory=2g\n'],
    [
      'counters',
      'some avg10=1.44 avg60=0.26 avg300=0.05 total=291802\nfull avg10=1.44 avg60=0.26 avg300=0.05 total=291802\n',
    ],
    ['counters', 'cache 12\nrss 4096\ntotal_rss 4096\n'],
    ['empty', ''],
  ])('knows %s by its content', (expected, head) => {
    expect(writer(classify(head))).toBe(expected);
  });

  it('knows binary from a log with a hole of zeros in front', () => {
    const binary = Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 37) % 32));
    expect(writer(classifyLog(binary, binary))).toBe('binary');
    const line = Buffer.from('26/11/21 10:26:18 INFO SparkContext: Running Spark version 3.5.6\n');
    expect(writer(classifyLog(Buffer.alloc(65_536), line))).toBe('spark_driver');
    expect(writer(classifyLog(Buffer.concat([line, Buffer.alloc(300), line]), NO_TAIL))).toBe('spark_driver');
  });

  it("never takes a container's own stream for a daemon's log, whatever is printed into it", () => {
    const forged =
      '2026-11-21 10:46:27,387 WARN org.apache.hadoop.yarn.server.nodemanager.containermanager.monitor.ContainersMonitorImpl: Container x is running beyond physical memory limits.\n'.repeat(
        50,
      );
    expect(writer(classify(forged, '/data/yarn/logs/application_1_1/stderr'))).toBe('node_manager');
    const path = '/data/yarn/logs/application_1795256295743_0006/container_1795256295743_0006_01_000002/stdout';
    expect(writer(classify(forged, path))).toBe('user_program');
    const driver =
      '26/11/21 10:26:18 INFO SparkContext: Running Spark version 3.5.6\n26/11/21 10:26:19 INFO SparkEnv: Registering MapOutputTracker\n';
    expect(writer(classify(driver + forged.repeat(3)))).toBe('spark_driver');
  });

  it('takes ids from the path and from what the process says of itself', () => {
    const executor = classify(
      '26/11/21 10:26:28 INFO CoarseGrainedExecutorBackend: Started daemon with process name: 14666@bd-node11\n' +
        '26/11/21 10:26:28 INFO SecurityManager: Changing view acls to: root,etl\n26/11/21 10:26:29 INFO Executor: Starting executor ID 2 on host bd-node11\n',
      '/mnt/data1/yarn/logs/application_1795259698281_0013/container_1795259698281_0013_01_000003/stderr',
    );
    expect(executor).toMatchObject({
      keys: {
        applicationId: 'application_1795259698281_0013',
        applicationAttempt: 1,
        containerId: 'container_1795259698281_0013_01_000003',
        executorId: '2',
        pid: 14666,
        host: 'bd-node11',
        user: 'etl',
      },
    });
    const driver = classify(
      '26/11/21 10:26:18 INFO SparkContext: Submitted application: dwd_order_user_wide\n' +
        '26/11/21 10:26:20 INFO StandaloneSchedulerBackend: Connected to Spark cluster with app ID app-20261121102619-0000\n',
    );
    expect(driver).toMatchObject({
      writer: 'spark_driver',
      keys: { applicationId: 'app-20261121102619-0000', applicationName: 'dwd_order_user_wide' },
    });
    const pod = classify(
      '26/11/21 10:23:05 INFO Executor: x\n',
      '/var/log/pods/ads_user-profile-join-exec-3_5f1c2a34/executor/0.log',
    );
    expect(pod).toMatchObject({ keys: { podName: 'user-profile-join-exec-3', podUid: '5f1c2a34', executorId: '3' } });
  });

  it('knows both forms of an aggregated log', () => {
    const hadoop3 =
      'Container: container_1795256295743_0006_01_000002 on bd-node11_45454\nLogAggregationType: AGGREGATED\n=====\nLogType:stderr\nLogLength:5\nLogContents:\nabcd\n';
    const hadoop2 =
      '\n\nContainer: container_1400000000000_0001_01_000001 on host.example.com_45454\n=====\nLogType: stderr\nLogLength: 5\nLog Contents:\nabcd\n';
    expect(classify(hadoop3)).toMatchObject({
      aggregated: true,
      keys: { applicationId: 'application_1795256295743_0006' },
    });
    expect(classify(hadoop2)).toMatchObject({
      aggregated: true,
      keys: { applicationId: 'application_1400000000000_0001' },
    });
  });
});
