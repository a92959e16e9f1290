import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../evidence/finding.ts';
import { programEnd } from './program-end.ts';
import { readLog } from './read-log.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'program-end-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

async function endOf(text: string): Promise<Finding | null> {
  count += 1;
  const realPath = path.join(folder, `${count}.log`);
  writeFileSync(realPath, text);
  const file = {
    source: `hosts/gw01/${count}.log`,
    realPath,
    origin: 'host',
    host: 'gw01',
    path: '/srv/logs/a.log',
  } as const;
  const [log] = await readLog({ ...file, storedBytes: Buffer.byteLength(text), wrapping: 'none' }, { literals: [] });
  return log ? programEnd(log) : null;
}

// Cut from the log of a real run on a standalone cluster (Spark 3.5.6, Java 17): every job had succeeded.
const HEAD = `26/11/21 14:46:28 INFO SparkContext: Running Spark version 3.5.6
26/11/21 14:46:30 INFO StandaloneSchedulerBackend: Connected to Spark cluster with app ID app-20261121144631-0009
26/11/21 14:46:38 INFO DAGScheduler: Job 0 finished: count at a.py:5, took 0.793954 s
`;
const TRACEBACK = `Traceback (most recent call last):
  File "/srv/jobs/rt_kafka_dump.py", line 5, in <module>
    df = spark.read.format("kafka").load()
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/spark/python/lib/pyspark.zip/pyspark/errors/exceptions/captured.py", line 185, in deco
pyspark.errors.exceptions.captured.AnalysisException: Failed to find data source: kafka. Please deploy the application.
`;
const STOPPED = `26/11/21 14:46:41 INFO SparkContext: Invoking stop() from shutdown hook
26/11/21 14:46:41 INFO SparkContext: SparkContext is stopping with exitCode 0.
26/11/21 14:46:41 INFO SparkContext: Successfully stopped SparkContext
26/11/21 14:46:41 INFO ShutdownHookManager: Shutdown hook called
`;

describe('programEnd', () => {
  it('tells of an error that nobody caught, with the line that says it and the time of the end', async () => {
    const end = await endOf(HEAD + TRACEBACK + STOPPED);
    expect(end).toMatchObject({
      symptom: 'application_failed',
      kind: 'observed',
      at: Date.UTC(2026, 10, 21, 14, 46, 41),
      values: { final: 'true' },
      keys: { applicationId: 'app-20261121144631-0009', host: 'gw01' },
    });
    expect(end?.evidence[0]).toMatchObject({ fromLine: 9, provenance: 'user_process' });
    expect(end?.evidence[0]?.excerpt).toMatch(
      /^pyspark\.errors\.exceptions\.captured\.AnalysisException: Failed to find/,
    );
  });

  it('shows the Java error behind the wrapper that py4j puts around it', async () => {
    const wrapped = TRACEBACK.replace(
      /pyspark\.errors[^\n]*\n$/,
      'py4j.protocol.Py4JJavaError: An error occurred while calling o40.collectToPython.\n: java.lang.OutOfMemoryError: Java heap space\n\n',
    );
    const end = await endOf(HEAD + wrapped + STOPPED);
    expect(end?.evidence[0]?.excerpt).toContain('\n: java.lang.OutOfMemoryError: Java heap space');
  });

  it('knows the end of a Java program', async () => {
    const end = await endOf(
      `${HEAD}Exception in thread "main" org.apache.spark.SparkException: Executor memory must be a positive number\n\tat org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)\n`,
    );
    expect(end?.statement.en).toContain('Executor memory must be a positive number');
  });

  it('knows a driver whose JVM crashed', async () => {
    // Cut from the log of a real run (Spark 3.5.6, Java 17, local mode): the banner stands behind a print of the job.
    const banner = `[Row(count=1000)]
#
# A fatal error has been detected by the Java Runtime Environment:
#
#  SIGSEGV (0xb) at pc=0x00007f876c0d2f94, pid=833, tid=882
#
# Problematic frame:
# V  [libjvm.so+0xed2f94]  Unsafe_PutLong+0x124
`;
    expect(await endOf(HEAD + banner)).toMatchObject({ symptom: 'application_failed', keys: { pid: 833 } });
  });

  it('takes the word of whoever started the program for no sign that it went on', async () => {
    expect(await endOf(`${HEAD}${TRACEBACK}${STOPPED}job failed, rc=1\n`)).not.toBeNull();
  });

  it.each([
    [
      'a job began afterwards',
      `${TRACEBACK}26/11/21 14:46:40 INFO DAGScheduler: Got job 1 (count at a.py:9) with 2 output partitions\n${STOPPED}`,
    ],
    [
      'the program printed on afterwards',
      `${TRACEBACK}26/11/21 14:46:40 INFO CodeGenerator: Code generated in 9.1 ms\nfalling back to the files of yesterday\n${STOPPED}`,
    ],
    ['a function caught and printed it', `${TRACEBACK.replace('<module>', 'load_stream')}${STOPPED}`],
    [
      'a logger told it',
      `26/11/21 14:46:40 WARN Loader: gave up\n${TRACEBACK}`.replace('\nTraceback', ': Traceback') + STOPPED,
    ],
    ['nothing failed', STOPPED],
  ])('is silent when %s', async (_when, rest) => {
    expect(await endOf(HEAD + rest)).toBeNull();
  });

  it('is silent about an error inside a Python worker that the driver only quotes', async () => {
    const quoted = `26/11/21 14:46:40 WARN TaskSetManager: Lost task 0.0 in stage 0.0 (TID 0) (wk01 executor 0): org.apache.spark.api.python.PythonException: Traceback (most recent call last):
  File "/opt/spark/python/lib/pyspark.zip/pyspark/worker.py", line 1247, in main
    process()
KeyError: 95
`;
    expect(await endOf(HEAD + quoted + STOPPED)).toBeNull();
  });

  it('survives an endless traceback without an end', async () => {
    const frames = '  File "/srv/a.py", line 1, in <module>\n'.repeat(3000);
    expect(await endOf(`${HEAD}Traceback (most recent call last):\n${frames}`)).toBeNull();
  });
});
