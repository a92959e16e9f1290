import { describe, expect, it } from 'vitest';
import type { TextRecord, Writer } from '../evidence/text-record.ts';
import { HINT_RANK, hitsSignature, matchSignatures, rankOfSignature } from './match-signatures.ts';
import { readRecords } from './read-records.ts';
import { provenanceOfWriter } from './record-provenance.ts';
import { ALL_SIGNATURES } from './signatures/index.ts';

function records(text: string, writer: Writer = 'spark_driver', keys: TextRecord['keys'] = {}): TextRecord[] {
  return readRecords(text, { source: 's', writer, provenance: provenanceOfWriter(writer), area: 'logs', keys });
}

const FULL_DISK =
  '26/11/21 10:00:00 ERROR Executor: Exception in task 4.0 in stage 2.0 (TID 117)\norg.apache.spark.memory.SparkOutOfMemoryError: error while calling spill() on x : No space left on device\n\tat org.apache.spark.memory.TaskMemoryManager.acquireExecutionMemory(TaskMemoryManager.java:219)';

describe('within one record', () => {
  it('the named cause speaks, not the exception it surfaced in', () => {
    const findings = matchSignatures(records(FULL_DISK, 'spark_executor'));
    expect(findings.map(({ code }) => code)).toEqual(['storage.disk_full_local']);
  });

  it('the cause takes over the symptom that a lesser signature saw', () => {
    const [finding] = matchSignatures(
      records(
        '26/11/21 11:41:40 ERROR X: Job aborted due to stage failure: Total size of serialized results of 3 tasks (9.2 MiB) is bigger than spark.driver.maxResultSize (8.0 MiB)',
      ),
    );
    expect(finding).toMatchObject({ code: 'memory.result_size', symptom: 'stage_failed' });
  });

  it('the excerpt is the very line that says it', () => {
    const [finding] = matchSignatures(records(FULL_DISK, 'spark_executor'));
    expect(finding?.evidence[0]).toMatchObject({ fromLine: 2, toLine: 2 });
    expect(finding?.evidence[0]?.excerpt).toMatch(
      /^org\.apache\.spark\.memory\.SparkOutOfMemoryError.*No space left on device$/,
    );
  });

  it('nothing is found in an ordinary record', () => {
    expect(
      matchSignatures(records('26/11/21 10:00:00 INFO DAGScheduler: Job 0 finished: count at X.scala:1, took 1.0 s')),
    ).toEqual([]);
  });
});

describe('keys', () => {
  it("of a driver's line about an executor are those of the executor, not of the driver", () => {
    const [finding] = matchSignatures(
      records(
        '26/11/21 11:35:41 ERROR YarnClusterScheduler: Lost executor 2 on bd-node11: Container container_1795259698281_0018_01_000003 on host: bd-node11 was preempted.',
        'spark_driver',
        {
          applicationId: 'application_1795259698281_0018',
          host: 'bd-node12',
          containerId: 'container_1795259698281_0018_01_000001',
        },
      ),
    );
    expect(finding?.keys).toMatchObject({
      applicationId: 'application_1795259698281_0018',
      host: 'bd-node11',
      executorId: '2',
      containerId: 'container_1795259698281_0018_01_000003',
    });
  });

  it("of a node manager's line keep its host", () => {
    const [finding] = matchSignatures(
      records(
        '2026-11-21 11:35:41,290 WARN org.apache.hadoop.yarn.server.nodemanager.DefaultContainerExecutor: Exit code from container container_1795259698281_0018_01_000003 is : 143',
        'node_manager',
        { host: 'bd-node11' },
      ),
    );
    expect(finding?.keys).toMatchObject({ host: 'bd-node11', containerId: 'container_1795259698281_0018_01_000003' });
  });

  it('carry the class of the exception', () => {
    const [finding] = matchSignatures(records(FULL_DISK, 'spark_executor'));
    expect(finding?.keys.exceptionClass).toBe('org.apache.spark.memory.SparkOutOfMemoryError');
  });
});

describe('provenance', () => {
  const killed =
    "Container [pid=1,containerID=container_1795256295743_0010_01_000002] is running 5B beyond the 'PHYSICAL' memory limit. Current usage: 929.2 MB of 768 MB physical memory used; 2.6 GB of 1.6 GB virtual memory used. Killing container.";
  const line = `2026-11-21 10:58:15,922 WARN org.apache.hadoop.yarn.server.nodemanager.containermanager.monitor.ContainersMonitorImpl: ${killed}`;

  it('decides what a line proves: observed, inferred or nothing', () => {
    expect(matchSignatures(records(line, 'node_manager'))[0]?.kind).toBe('observed');
    expect(matchSignatures(records(line, 'asker'))[0]).toMatchObject({
      kind: 'inferred',
      completeStatement: 'node_manager_beyond_limit',
    });
    expect(matchSignatures(records(killed, 'user_program'))).toEqual([]);
  });

  it('never calls a hint observed', () => {
    for (const { id, rank, code, observedFrom, echo } of ALL_SIGNATURES) {
      if (code !== null && rank < HINT_RANK && !echo && id !== 'driver-limit/spilling')
        expect(observedFrom, id).not.toContain('asker');
      expect(observedFrom, id).not.toContain('asker');
    }
  });
});

describe('a warning that says it is tried again', () => {
  const retried =
    '26/11/21 11:14:01 INFO Client: Retrying connect to server: bd-master01/127.0.1.10:8032. Already tried 3 time(s)';

  it('is inferred and marked, for the job may have survived it', () => {
    expect(matchSignatures(records(retried))[0]).toMatchObject({
      code: 'network.connection_timeout',
      kind: 'inferred',
      values: { retried: 1 },
    });
  });

  it('is not softened when the same record gives up', () => {
    const full =
      '26/11/21 11:14:01 WARN X: retrying; Job aborted due to stage failure: java.io.IOException: No space left on device';
    expect(matchSignatures(records(full))[0]).toMatchObject({ kind: 'observed', code: 'storage.disk_full_local' });
  });
});

describe('many records', () => {
  it('give one finding each, a record given twice only one', () => {
    const same = records(FULL_DISK, 'spark_executor');
    expect(matchSignatures([...same, ...same])).toHaveLength(1);
  });

  it('keep the count and the end of folded repeats', () => {
    const [record] = records(FULL_DISK, 'spark_executor');
    const folded = { ...(record as TextRecord), count: 7, lastAt: Date.UTC(2026, 10, 21, 10, 5) };
    expect(matchSignatures([folded])[0]).toMatchObject({ count: 7, until: Date.UTC(2026, 10, 21, 10, 5) });
  });
});

describe('the prefilter', () => {
  it('tells whether a text could match anything', () => {
    expect(hitsSignature('java.io.IOException: No space left on device')).toBe(true);
    expect(hitsSignature('26/11/21 10:00:00 INFO MemoryStore: Block broadcast_1 stored as values in memory')).toBe(
      false,
    );
  });

  it('knows the rank of its own rules only', () => {
    expect(rankOfSignature('heap/java-heap-space')).toBe(88);
    expect(rankOfSignature('memory/memcg-oom')).toBeUndefined();
  });
});

describe('hostile text', () => {
  const fillers: readonly ((literal: string) => string)[] = [
    (literal) => literal + 'a'.repeat(60_000),
    (literal) => 'a'.repeat(60_000) + literal,
    (literal) => `${literal} `.repeat(Math.ceil(60_000 / (literal.length + 1))),
    (literal) => `${literal}${'/a.b:c,d="e\' '.repeat(5000)}`,
    (literal) => `${'"'.repeat(30_000)}${literal}${'('.repeat(30_000)}`,
  ];

  it('costs every signature less than a second of work for a record of the longest size', () => {
    const [base] = records('x');
    for (const signature of ALL_SIGNATURES) {
      for (const fill of fillers) {
        const text = fill(signature.literals[0] ?? '').slice(0, 65_536);
        const record: TextRecord = { ...(base as TextRecord), text };
        const began = process.cpuUsage();
        signature.match(record);
        expect(process.cpuUsage(began).user / 1000, signature.id).toBeLessThan(1000);
      }
    }
  }, 60_000);

  it('survives keys of objects, nulls and binary in the text', () => {
    const text = '__proto__ constructor \u0000\u0001\uFFFD No space left on device toString';
    expect(matchSignatures(records(text, 'spark_executor')).map(({ code }) => code)).toEqual([
      'storage.disk_full_local',
    ]);
  });
});
