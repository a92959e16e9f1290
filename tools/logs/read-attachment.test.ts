import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { attachedFile } from '../platform/extra-files.ts';
import { readAttachment } from './read-attachment.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'read-attachment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function attach(content: string | Buffer) {
  const file = path.join(folder, 'pasted.txt');
  writeFileSync(file, content);
  return readAttachment(await attachedFile(file, 3), 3);
}

describe('readAttachment', () => {
  it('believes the asker, and nobody else, whatever the text looks like', async () => {
    const [log] = await attach(`26/11/21 10:00:00 INFO SparkContext: Running Spark version 3.5.6
26/11/21 10:00:01 ERROR YarnScheduler: Lost executor 8 on h: Container killed by YARN for exceeding physical memory limits.
2026-11-21 10:46:27,387 WARN org.apache.hadoop.yarn.server.nodemanager.X: Container is running beyond physical memory limits.
[ 1458.385937] Memory cgroup out of memory: Killed process 12 (python3) total-vm:1kB
java.lang.OutOfMemoryError: Java heap space
`);
    expect(log).toMatchObject({ source: 'attach:3', writer: 'spark_driver', recordCount: 5 });
    expect(log?.records.map(({ provenance }) => provenance)).toEqual(Array(5).fill('asker'));
    expect(log?.records.map(({ writer }) => writer)).toEqual([
      'spark_driver',
      'spark_driver',
      'spark_driver',
      'kernel',
      'spark_driver',
    ]);
    expect(log?.records.map(({ quote }) => quote.fromLine)).toEqual([1, 2, 3, 4, 5]);
  });

  it("gives kernel text as the kernel's words in the asker's mouth", async () => {
    const [log] = await attach(
      '[4650180.470877] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),global_oom,task=java,pid=7134,uid=1000\n',
    );
    expect(log?.records).toMatchObject([{ writer: 'kernel', provenance: 'asker' }]);
  });

  it('keeps a short paste whole, settings and prints too', async () => {
    const [settings] = await attach('spark.executor.memory 4g\nspark.executor.memoryOverhead 512m\n');
    expect(settings?.records[0]?.text).toBe('spark.executor.memory 4g\nspark.executor.memoryOverhead 512m');
    const [words] = await attach('error: No Space Left On Device');
    expect(words?.records).toMatchObject([
      { writer: 'asker', provenance: 'asker', message: 'error: No Space Left On Device' },
    ]);
  });

  it('reads a large attachment for what matters in it', async () => {
    const noise = Array.from(
      { length: 40_000 },
      (_, n) => `26/11/21 10:00:02 INFO Executor: Running task ${n}.0 in stage 1.0 (TID ${n})\n`,
    ).join('');
    const [log] = await attach(
      `${noise}26/11/21 10:05:00 ERROR Executor: Exception in task 4.0 in stage 2.0 (TID 117)\njava.io.IOException: x\n`,
    );
    expect(log?.recordCount).toBe(40_001);
    expect(log?.records.at(-1)).toMatchObject({
      provenance: 'asker',
      exceptions: [{ className: 'java.io.IOException' }],
    });
  });

  it('says why it did not read one', async () => {
    expect((await attach(''))[0]?.skipped).toEqual([{ en: 'attachment 3 is empty', zh: '附件 3 是空的' }]);
    const binary = Buffer.from(Array.from({ length: 3_000 }, (_, i) => i % 30));
    expect((await attach(binary))[0]).toMatchObject({
      records: [],
      skipped: [{ en: 'attachment 3 is binary and was not read as text' }],
    });
  });
});
