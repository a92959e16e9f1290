import { describe, expect, it } from 'vitest';
import type { Writer } from '../evidence/text-record.ts';
import { milestoneLiterals, milestoneOf } from './milestones.ts';
import { readRecords } from './read-records.ts';
import { provenanceOfWriter } from './record-provenance.ts';

function milestone(line: string, writer: Writer = 'spark_driver') {
  const keys = { applicationId: 'application_1_1', host: 'driverhost', containerId: 'container_1_1_01_000001' };
  const [record] = readRecords(line, {
    source: 's',
    writer,
    provenance: provenanceOfWriter(writer),
    area: 'logs',
    keys,
  });
  return record ? milestoneOf(record) : null;
}

const C = 'container_1795259698281_0010_01_000003';

describe('milestoneOf', () => {
  it.each([
    // From captures yarn-001, yarn-023, slow-001.
    [
      '26/11/21 10:45:16 INFO YarnClientImpl: Submitted application application_1795256295743_0006',
      'application_submitted',
      {},
      { applicationId: 'application_1795256295743_0006' },
    ],
    [
      `26/11/21 10:45:16 INFO YarnAllocator: Launching container ${C} on host bd-node12 for executor with ID 1 for ResourceProfile Id 0`,
      'container_allocated',
      {},
      { containerId: C, host: 'bd-node12', executorId: '1' },
    ],
    [
      `26/11/21 10:46:29 INFO YarnAllocator: Completed container ${C} on host: bd-node11 (state: COMPLETE, exit status: 1)`,
      'container_finished',
      { exitCode: 1 },
      { containerId: C, host: 'bd-node11' },
    ],
    ['26/11/21 10:26:18 INFO SparkContext: Running Spark version 3.5.6', 'context_started', { version: '3.5.6' }, {}],
    [
      '26/11/21 10:26:18 INFO DAGScheduler: Got job 0 (parquet at NativeMethodAccessorImpl.java:0) with 1 output partitions',
      'job_started',
      { partitions: 1 },
      { jobId: 0 },
    ],
    [
      '26/11/21 10:26:18 INFO DAGScheduler: Job 2 finished: parquet at NativeMethodAccessorImpl.java:0, took 97.166825 s',
      'job_finished',
      { durationMs: 97_167 },
      { jobId: 2 },
    ],
    [
      '26/11/21 10:26:18 INFO FileFormatWriter: Write Job 3f1c committed. Elapsed time: 231 ms.',
      'write_committed',
      { durationMs: 231 },
      {},
    ],
    [
      '26/11/21 10:26:18 INFO InMemoryFileIndex: It took 155 ms to list leaf files for 1 paths.',
      'listing_finished',
      { durationMs: 155, paths: 1 },
      {},
    ],
    [
      '17/10/24 19:01:57 ERROR YarnScheduler: Lost executor 8 on node-7.example.com: Executor heartbeat timed out after 124251 ms',
      'executor_removed',
      {},
      { executorId: '8', host: 'node-7.example.com' },
    ],
  ])('reads %s', (line, kind, values, keys) => {
    const found = milestone(line);
    expect(found?.kind).toBe(kind);
    expect(found?.values).toMatchObject(values);
    expect(found?.keys).toMatchObject(keys);
  });

  it("does not put the driver's own place on what it tells of an executor", () => {
    const found = milestone(
      '26/11/21 10:00:00 INFO YarnSchedulerBackend$YarnDriverEndpoint: Registered executor NettyRpcEndpointRef(spark-client://Executor) (10.0.0.9:52300) with ID 1,  ResourceProfileId 0',
    );
    expect(found?.keys).toEqual({ applicationId: 'application_1_1', host: '10.0.0.9', executorId: '1' });
    expect(milestone('26/11/21 10:26:18 INFO SparkContext: Running Spark version 3.5.6')?.keys.host).toBe('driverhost');
  });

  it('believes neither a print nor another writer', () => {
    expect(milestone('Running Spark version 3.5.6')).toBeNull();
    expect(milestone('26/11/21 10:26:18 INFO com.acme.Job: Running Spark version 3.5.6')).toBeNull();
    expect(milestone('26/11/21 10:26:18 INFO SparkContext: Running Spark version 3.5.6', 'spark_executor')).toBeNull();
  });

  it("reads a daemon's banner, which begins on its second line", () => {
    const banner =
      '2026-11-21 10:00:00,000 INFO org.apache.hadoop.yarn.server.nodemanager.NodeManager: STARTUP_MSG: \n/****\nSTARTUP_MSG: Starting NodeManager\nSTARTUP_MSG:   host = h1\n****/';
    expect(milestone(banner, 'node_manager')?.kind).toBe('process_started');
  });

  it('has a literal that the scan can look for in each pattern', () => {
    for (const writer of ['spark_driver', 'spark_executor', 'node_manager', 'resource_manager'] as const) {
      expect(milestoneLiterals(writer).length).toBeGreaterThan(1);
      for (const literal of milestoneLiterals(writer)) expect(Buffer.byteLength(literal)).toBeGreaterThanOrEqual(6);
    }
  });
});
