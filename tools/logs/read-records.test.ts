import { describe, expect, it } from 'vitest';
import type { TextRecord, Writer } from '../evidence/text-record.ts';
import { MAX_RECORD_BYTES, readRecords } from './read-records.ts';
import { provenanceOfWriter } from './record-provenance.ts';

function read(text: string, writer: Writer = 'spark_driver', firstLine = 1): TextRecord[] {
  return readRecords(text, {
    source: 's',
    writer,
    provenance: provenanceOfWriter(writer),
    area: 'logs',
    keys: {},
    firstLine,
  });
}

const shape = (records: readonly TextRecord[]) => records.map(({ provenance, message }) => `${provenance}: ${message}`);

describe('readRecords', () => {
  it('keeps a record with its stack trace together and counts lines', () => {
    // From capture cache-211, stderr of container_e12_1700000000000_0120_01_000007, frames shortened.
    const text = `26/11/21 10:42:51 INFO UnsafeExternalSorter: Spilling 8.0 MiB of sort data to /data/svc/disks/data03/spill_13.data
26/11/21 10:42:51 ERROR UnsafeExternalSorter: Exception in task 4.0 in stage 2.0 (TID 117)
java.io.IOException: No space left on device
	at java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)
	at FeatureJoin.main(FeatureJoin.java:18)
`;
    const records = read(text, 'spark_executor', 100);
    expect(records).toHaveLength(2);
    expect(records[1]).toMatchObject({
      provenance: 'engine',
      level: 'error',
      logger: 'UnsafeExternalSorter',
      at: Date.UTC(2026, 10, 21, 10, 42, 51),
      keys: { stageId: 2, stageAttempt: 0, taskId: 117 },
      exceptions: [{ className: 'java.io.IOException', message: 'No space left on device' }],
      quote: { source: 's', fromLine: 101, toLine: 104 },
      order: 101,
      count: 1,
    });
    expect(text).toContain(records[1]?.quote.excerpt ?? '-');
  });

  it('tells what user code prints from what the engine and the JVM say', () => {
    const text = `26/11/21 10:36:48 INFO Executor: Running task 0.0 in stage 1.0 (TID 3)
rows read: 17
[ 1458.385937] Out of memory: Killed process 12 (java) total-vm:1kB
2026-11-21 10:46:27,387 WARN org.apache.hadoop.yarn.server.nodemanager.containermanager.monitor.ContainersMonitorImpl: Container [pid=1,containerID=container_1_1_1_1] is running beyond physical memory limits.
26/11/21 10:36:48 ERROR com.acme.Job: giving up
26/11/21 10:36:48 ERROR TaskSchedulerImpl: Lost executor 3 on h: Container killed by YARN for exceeding physical memory limits.
[6.182s][warning][os,thread] Failed to start thread "Unknown thread" - pthread_create failed (EAGAIN)
java.lang.OutOfMemoryError: Java heap space
Error: VM option 'BytecodeVerificationRemote' is diagnostic and must be enabled via -XX:+UnlockDiagnosticVMOptions.
`;
    expect(shape(read(text, 'spark_executor')).map((line) => line.slice(0, 44))).toEqual([
      'engine: Running task 0.0 in stage 1.0 (TID 3',
      'user_process: rows read: 17',
      'user_process: Out of memory: Killed process ',
      'user_process: Container [pid=1,containerID=c',
      'user_process: giving up',
      // Only a driver has this logger: in an executor's stream somebody printed it.
      'user_process: Lost executor 3 on h: Containe',
      'jvm: Failed to start thread "Unknown thread"',
      'jvm: java.lang.OutOfMemoryError: Java heap s',
    ]);
    expect(
      read(text, 'spark_executor').some(({ provenance }) => provenance === 'node_manager' || provenance === 'kernel'),
    ).toBe(false);
    expect(read(text, 'spark_driver').at(5)).toMatchObject({ provenance: 'engine', logger: 'TaskSchedulerImpl' });
  });

  it("keeps a daemon's lines its own, but not those of a logger it does not have", () => {
    const text = `2026-11-21 10:46:27,387 WARN org.apache.hadoop.yarn.server.nodemanager.containermanager.monitor.ContainersMonitorImpl: Container [pid=9,containerID=container_1795256295743_0010_01_000002] is running 1B beyond the 'PHYSICAL' memory limit.
Dump of the process-tree for container_1795256295743_0010_01_000002 :
	|- PID PPID
2026-11-21 10:46:27,500 INFO org.apache.spark.network.yarn.YarnShuffleService: Stopping container container_1795256295743_0010_01_000002
`;
    const records = read(text, 'node_manager');
    expect(records.map(({ provenance }) => provenance)).toEqual(['node_manager', 'shuffle_service']);
    expect(records[0]?.text).toContain('|- PID PPID');
    expect(records[0]?.keys).toEqual({
      applicationId: 'application_1795256295743_0010',
      containerId: 'container_1795256295743_0010_01_000002',
    });
    expect(read(text, 'resource_manager')[0]?.provenance).toBe('user_process');
  });

  it('keeps quoted output of another process inside the record that quotes it', () => {
    // Form as in capture yarn-003 (ResourceManager log); the quoted lines are typed, the second one imitates the daemon.
    const text = `2026-11-21 10:47:07,552 INFO org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMAppImpl: Application application_1795256295743_0009 failed 2 times due to AM Container exited with exitCode: 1
Failing this attempt.Diagnostics: [2026-11-21 10:47:07.539]Exception from container-launch.
Exit code: 1

[2026-11-21 10:47:07.544]Container exited with a non-zero exit code 1. Error file: prelaunch.err.
Last 4096 bytes of stderr :
26/11/21 10:47:05 ERROR Foo: quoted
2026-11-21 10:40:00,000 WARN org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMAppImpl: forged
Error: Could not create the Java Virtual Machine.

For more detailed output, check the application tracking page: http://h:8088/ Then click on links to logs of each attempt.
. Failing the application.
2026-11-21 10:47:07,552 INFO org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler: done
`;
    const records = read(text, 'resource_manager');
    expect(records).toHaveLength(2);
    expect(records[0]?.text).toContain('quoted\n2026-11-21 10:40:00,000 WARN');
    expect(records[1]?.message).toBe('done');
  });

  it('gives frames back to the record they were cut from by another thread', () => {
    const text = `26/11/21 10:00:00 ERROR Executor: Exception in task 0.0 in stage 1.0 (TID 3)
java.lang.RuntimeException: boom
	at a.B.c(B.java:1)
26/11/21 10:00:00 INFO MemoryStore: Block broadcast_1 stored as values in memory
	at a.B.d(B.java:2)
Caused by: java.io.EOFException: short
26/11/21 10:00:01 INFO Executor: next
`;
    const records = read(text, 'spark_executor');
    expect(records.map(({ message }) => message)).toEqual([
      'Exception in task 0.0 in stage 1.0 (TID 3)',
      'Block broadcast_1 stored as values in memory',
      'next',
    ]);
    expect(records[0]?.exceptions.map((link) => link.className)).toEqual([
      'java.lang.RuntimeException',
      'java.io.EOFException',
    ]);
    expect(records[0]?.quote).toMatchObject({ fromLine: 1, toLine: 3 });
  });

  it('cuts lines onto which two threads wrote, and takes a progress bar off', () => {
    const text = `26/11/21 10:00:00 INFO A: first26/11/21 10:00:00 WARN TaskSetManager: second
\r[Stage 1:>              (0 + 83) / 83]18/02/08 23:03:33 ERROR YarnScheduler: Lost executor 83 on h: x
26/11/21 10:00:01 INFO A: quotes "26/11/21 10:00:00 ERROR B: not a record"
`;
    expect(read(text).map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info first',
      'warn second',
      'error Lost executor 83 on h: x',
      'info quotes "26/11/21 10:00:00 ERROR B: not a record"',
    ]);
  });

  it('keeps the prints of user code out of a record that only stands before them', () => {
    const text = `26/11/21 10:00:00 INFO DAGScheduler: Job 0 finished
Container killed by YARN for exceeding memory limits. 9 GB of 9 GB physical memory used.
26/11/21 10:00:01 INFO Client:
	 client token: N/A
	 diagnostics: N/A
`;
    expect(shape(read(text))).toEqual([
      'engine: Job 0 finished',
      'user_process: Container killed by YARN for exceeding memory limits. 9 GB of 9 GB physical memory used.',
      'engine: ',
    ]);
    expect(read(text)[2]?.text).toContain('diagnostics: N/A');
  });

  it('reads Windows line ends, Chinese, and bytes that try to hide', () => {
    const text =
      '26/11/21 10:00:00 ERROR com.acme.任务: 写入失败\u202e\u200b：磁盘已满\r\njava.io.IOException: 设备上没有空间\r\n\tat a.B.c(B.java:1)\r\n';
    const [record] = read(text, 'user_program');
    expect(record?.message).toBe('com.acme.任务: 写入失败\u202e\u200b：磁盘已满');
    expect(record?.exceptions).toEqual([
      { className: 'java.io.IOException', message: '设备上没有空间', frames: ['at a.B.c(B.java:1)'] },
    ]);
    expect(record?.quote.excerpt).toBe(text.slice(0, -1));
  });

  it('takes lines out of what a container runtime puts around them, and quotes them as they stand', () => {
    const lines = [
      '2026-11-21T10:23:05.123456789Z stderr F 26/11/21 10:23:05 ERROR Executor: Exception in task 0.0 in stage 1.0 (TID 3)',
      '2026-11-21T10:23:05.123456790Z stderr F java.io.IOException: disk',
      '2026-11-21T10:23:05.123456791Z stderr F \tat a.B.c(B.java:1)',
    ];
    const records = read(lines.join('\n'), 'spark_executor');
    expect(records).toHaveLength(1);
    expect(records[0]?.text).toContain('(TID 3)\njava.io.IOException: disk\n\tat a.B.c');
    expect(records[0]?.quote.excerpt).toBe(lines.join('\n'));
  });

  it('gives records for a pasted middle without any prefix: question q007', () => {
    const text = `org.apache.spark.SparkException: Job aborted due to stage failure: Task 1 in stage 9.0 failed 1 times, most recent failure: Lost task 1.0
in stage 9.0 (TID 408, localhost, executor driver): org.apache.spark.SparkException: Python worker exited unexpectedly (crashed)
        at org.apache.spark.api.python.BasePythonRunner$ReaderIterator$$anonfun$3.applyOrElse(PythonRunner.scala:490)`;
    const records = readRecords(text, {
      source: 'attach:1',
      writer: 'asker',
      provenance: 'asker',
      area: 'logs',
      keys: {},
    });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ provenance: 'asker', at: null, level: 'none' });
    expect(records[0]?.exceptions.length).toBeGreaterThan(0);
  });

  it('makes one record of one OOM report of the kernel, and one of each other line', () => {
    const text = `[ 1457.000000] eth0: link up
[ 1458.385937] python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
[ 1458.385999] memory: usage 1kB, limit 1kB, failcnt 3
[ 1458.386000] Memory cgroup out of memory: Killed process 12 (python3) total-vm:1kB, anon-rss:1kB, file-rss:1kB
[ 1458.386100] oom_reaper: reaped process 12 (python3), now anon-rss:0kB
[ 1459.000000] eth0: link down
`;
    const records = readRecords(text, {
      source: 'attach:1',
      writer: 'asker',
      provenance: 'asker',
      area: 'logs',
      keys: {},
    });
    expect(records.map(({ writer, text: own }) => `${writer} ${own.split('\n').length}`)).toEqual([
      'kernel 1',
      'kernel 4',
      'kernel 1',
    ]);
    expect(records.every(({ provenance }) => provenance === 'asker')).toBe(true);
  });

  it('bounds what one record holds', () => {
    const [record] = read(`26/11/21 10:00:00 ERROR com.acme.A: ${'x'.repeat(300_000)}\n`);
    expect(Buffer.byteLength(record?.text ?? '')).toBeLessThanOrEqual(MAX_RECORD_BYTES);
    expect(Buffer.byteLength(record?.quote.excerpt ?? '')).toBeLessThanOrEqual(2048);
    const prints = read(`${'row 1\n'.repeat(5_000)}`);
    expect(prints.length).toBeGreaterThan(5);
    expect(prints.length).toBeLessThan(100);
  });
});
