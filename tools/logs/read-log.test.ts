import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import type { PlatformFile } from '../platform/platform.ts';
import type { LogFacts } from './log-facts.ts';
import { readLog } from './read-log.ts';

const CAPTURES = path.join(
  process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared'),
  'captures',
);
const folder = mkdtempSync(path.join(tmpdir(), 'read-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LITERALS = ['No space left on device', 'beyond physical memory limits', 'Killed process', '设备上没有空间'];
let count = 0;

function fileOf(
  content: string | Buffer,
  wrapping: PlatformFile['wrapping'] = 'none',
  onHost = '/var/log/x.log',
): PlatformFile {
  count += 1;
  const realPath = path.join(folder, `${count}.log`);
  writeFileSync(realPath, content);
  const storedBytes = Buffer.byteLength(content);
  return { source: `hosts/h1/${count}.log`, realPath, origin: 'host', host: 'h1', path: onHost, storedBytes, wrapping };
}

const read = (file: PlatformFile) => readLog(file, { literals: LITERALS });
const texts = (log: LogFacts | undefined) => log?.records.map(({ message }) => message) ?? [];

const HEAD = `26/11/21 10:00:00 INFO CoarseGrainedExecutorBackend: Started daemon with process name: 42@h1
26/11/21 10:00:01 INFO Executor: Starting executor ID 7 on host h1
`;
const info = (n: number) => `26/11/21 10:00:02 INFO Executor: Running task ${n}.0 in stage 1.0 (TID ${n})\n`;
const FAILURE = `26/11/21 10:05:00 ERROR Executor: Exception in task 4.0 in stage 2.0 (TID 117)
java.io.IOException: No space left on device
	at java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)
`;

describe('readLog', () => {
  it('keeps failures, tells who wrote the log, and counts what it saw', async () => {
    const text = HEAD + Array.from({ length: 500 }, (_, n) => info(n)).join('') + FAILURE + info(501);
    const [log] = await read(fileOf(text));
    expect(log).toMatchObject({
      writer: 'spark_executor',
      keys: { executorId: '7', pid: 42, host: 'h1' },
      fromLine: 1,
      toLine: 506,
      recordCount: 504,
      firstAt: Date.UTC(2026, 10, 21, 10, 0, 0),
      lastAt: Date.UTC(2026, 10, 21, 10, 0, 2),
      skipped: [],
    });
    const failure = log?.records.find(({ level }) => level === 'error');
    expect(failure).toMatchObject({
      quote: { fromLine: 503, toLine: 505 },
      exceptions: [{ className: 'java.io.IOException' }],
    });
    const bytes = Buffer.from(text);
    const { offset = -1, excerpt = '' } = failure?.quote ?? {};
    expect(bytes.subarray(offset, offset + Buffer.byteLength(excerpt)).toString()).toBe(excerpt);
    expect(log?.milestones.map(({ kind }) => kind)).toEqual(['process_started', 'executor_registered']);
    expect(log?.tail.at(-1)?.message).toBe('Running task 501.0 in stage 1.0 (TID 501)');
  });

  it('folds a line repeated 26,000 times and keeps the first failure and the end', async () => {
    const pause = (n: number) =>
      `26/11/21 10:01:${String(n % 60).padStart(2, '0')} WARN ChannelsLimiter: push channels pause ${n}\n`;
    const text = HEAD + pause(0) + FAILURE + Array.from({ length: 26_000 }, (_, n) => pause(n + 1)).join('') + info(1);
    const [log] = await read(fileOf(text));
    const pauses = log?.records.filter(({ logger }) => logger === 'ChannelsLimiter') ?? [];
    expect(pauses.reduce((sum, record) => sum + record.count, 0)).toBe(26_001);
    expect(pauses.length).toBeLessThan(50);
    expect(pauses[0]?.lastAt).toBe(Date.UTC(2026, 10, 21, 10, 1, 26_000 % 60));
    expect(texts(log)).toContain('Exception in task 4.0 in stage 2.0 (TID 117)');
    expect(log?.recordCount).toBe(26_005);
    expect(log?.tail.at(-1)?.message).toContain('Running task 1.0');
  });

  it('does not let noise of many texts push a late failure out', async () => {
    const letters = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const noise = Array.from({ length: 6_000 }, (_, n) => `26/11/21 10:01:00 WARN Foo: odd word ${letters(n)}\n`).join(
      '',
    );
    const [log] = await read(fileOf(HEAD + noise + FAILURE));
    expect(texts(log).at(-1)).toBe('Exception in task 4.0 in stage 2.0 (TID 117)');
    expect(log?.records.length).toBeLessThan(4_000);
    expect(log?.skipped[0]?.en).toMatch(/^4,400 further records were left out/);
    expect(log?.skipped[0]?.zh).toMatch(/\d+/);
  });

  it('survives a line of 200 MB, keeps what stands around it, and says what it passed over', async () => {
    const giant = Buffer.alloc(200 << 20, 'a');
    const content = Buffer.concat([
      Buffer.from(`${HEAD}26/11/21 10:02:00 ERROR com.acme.A: `),
      giant,
      Buffer.from(`\n${FAILURE}`),
    ]);
    const before = process.memoryUsage().rss;
    const [log] = await read(fileOf(content));
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
    expect(texts(log).at(-1)).toBe('Exception in task 4.0 in stage 2.0 (TID 117)');
    expect(log?.records.at(-1)?.quote.fromLine).toBe(4);
    expect(log?.toLine).toBe(6);
    expect(log?.records.some(({ text }) => text.startsWith('26/11/21 10:02:00 ERROR com.acme.A: aaaa'))).toBe(true);
    expect(log?.skipped.map(({ en }) => en).join()).toMatch(
      /^1 line longer than 4 MiB was cut \(\d{3}\.\d MiB passed over\)$/,
    );
  }, 60_000);

  it('reads a large file on several threads as it reads it on one', async () => {
    const blocks: string[] = [HEAD];
    let size = 0;
    for (let n = 0; size < 50 << 20; n += 1) {
      const block =
        Array.from({ length: 400 }, (_, k) => info(n * 400 + k)).join('') +
        (n % 500 === 250 ? FAILURE.replace('disk', `${n}`) : '');
      blocks.push(block);
      size += block.length;
    }
    const content = blocks.join('');
    const parallel = await read(fileOf(content));
    const inOrder = await read(fileOf(gzipSync(content, { level: 1 }), 'gzip'));
    expect(parallel).toHaveLength(1);
    const essence = ([log]: LogFacts[]) => ({
      lines: log?.toLine,
      recordCount: log?.recordCount,
      tail: log?.tail.map(({ text, order }) => [text, order]),
      records: log?.records.map(({ text, order, count: times, quote }) => [
        text,
        order,
        times,
        quote.fromLine,
        quote.toLine,
      ]),
    });
    expect(essence(parallel)).toEqual(essence(inOrder));
    expect(parallel[0]?.records.length).toBeGreaterThan(2);
  }, 60_000);

  it('reads a log without any prefix: prints, a traceback, Chinese', async () => {
    const text = `${'loading part\n'.repeat(3_000)}Traceback (most recent call last):
  File "job.py", line 3, in <module>
    write()
OSError: [Errno 28] 设备上没有空间
${'done\n'.repeat(3)}`;
    const [log] = await read(fileOf(text));
    const failure = log?.records.find(({ exceptions }) => exceptions.length > 0);
    expect(log?.writer).toBe('user_program');
    expect(failure).toMatchObject({ provenance: 'user_process', exceptions: [{ className: 'OSError' }] });
    expect(failure?.quote.fromLine).toBe(3_001);
  });

  it('uses what stands before the damage of a compressed file', async () => {
    const whole = gzipSync(HEAD + FAILURE + Array.from({ length: 20_000 }, (_, n) => info(n * 7919)).join(''));
    const [log] = await read(fileOf(whole.subarray(0, whole.length >> 1), 'gzip'));
    expect(texts(log)).toContain('Exception in task 4.0 in stage 2.0 (TID 117)');
    expect(log?.skipped.some(({ en }) => en.includes('damaged'))).toBe(true);
  });

  it('reads a packed file as far as it may unpack, uses that, and says that it stopped', async () => {
    const line = '26/11/21 10:05:00 WARN NettyRpcEnv: nothing new\n';
    const more = gzipSync(line.repeat(800_000));
    // Members one behind the other: 300 MiB out of some 1 MB.
    const members = Array.from({ length: 9 }, () => more);
    const [log] = await read(fileOf(Buffer.concat([gzipSync(HEAD + FAILURE), ...members]), 'gzip'));
    expect(texts(log)).toContain('Exception in task 4.0 in stage 2.0 (TID 117)');
    expect(log?.skipped.map(({ en }) => en)).toContain(
      'it unpacks to more than 100 times its size, which no log does; the first 256 MiB were read, the rest was not',
    );
    expect(log?.skipped.some(({ en }) => en.includes('damaged'))).toBe(false);
  }, 60_000);

  it('counts what merely repeats in a flood of failures, and still finds what is new behind it', async () => {
    const flood = Array.from({ length: 700_000 }, (_, n) => `java.io.IOException: gone ${n}\n`).join('');
    const before = performance.now();
    const [log] = await read(fileOf(HEAD + flood + FAILURE + info(1)));
    expect(performance.now() - before).toBeLessThan(15_000);
    expect(texts(log)).toContain('Exception in task 4.0 in stage 2.0 (TID 117)');
    expect(log?.toLine).toBe(700_000 + 6);
    const [note] = log?.skipped ?? [];
    expect(note?.en).toMatch(/^1\d\d,\d{3} further lines that warn or fail and begin like others were only counted$/);
  }, 60_000);

  it('gives nothing for binary, empty and event-log files', async () => {
    expect(await read(fileOf(Buffer.from(Array.from({ length: 5_000 }, (_, n) => n % 32))))).toEqual([]);
    expect(await read(fileOf(''))).toEqual([]);
    expect(await read(fileOf('{"Event":"SparkListenerLogStart","Spark Version":"3.5.6"}\n'))).toEqual([]);
  });

  it('tells runs apart that were appended to one file, and never the same application from itself', async () => {
    const run = (id: string) =>
      `26/11/21 10:00:00 INFO SparkContext: Running Spark version 3.5.6
26/11/21 10:00:01 INFO SparkContext: Submitted application: nightly
26/11/21 10:00:02 INFO StandaloneSchedulerBackend: Connected to Spark cluster with app ID ${id}
26/11/21 10:00:09 ERROR SparkContext: ${id} went wrong\n`;
    const logs = await read(
      fileOf(run('app-20261121100000-0001') + run('app-20261121100000-0001') + run('app-20261122100000-0002')),
    );
    expect(logs.map(({ keys, fromLine, toLine }) => [keys.applicationId, fromLine, toLine])).toEqual([
      ['app-20261121100000-0001', 1, 8],
      ['app-20261122100000-0002', 9, 12],
    ]);
    expect(texts(logs[1])).toContain('app-20261122100000-0002 went wrong');
  });

  it("keeps daemons' lines about the ids asked for, and leaves other times out", async () => {
    const line = (minute: string, rest: string) =>
      `2026-11-21 10:${minute}:00,000 INFO org.apache.hadoop.yarn.server.nodemanager.Foo: ${rest}\n`;
    const text =
      line('00', 'odd note on application_1795256295743_0009') +
      line('30', 'odd note on application_1795256295743_0009') +
      line('31', 'odd note on application_1795256295743_0010');
    const [log] = await readLog(fileOf(text), {
      literals: LITERALS,
      ids: ['1795256295743_0009'],
      window: { from: Date.UTC(2026, 10, 21, 10, 20), to: Date.UTC(2026, 10, 21, 10, 40) },
    });
    expect(log?.writer).toBe('node_manager');
    expect(log?.records.map(({ quote }) => quote.fromLine)).toEqual([2]);
    expect(log?.skipped[0]?.en).toBe('1 record outside the time asked about was left out');
  });

  it('finds the one line asked for among thousands that differ by their ids alone', async () => {
    const line = (app: string) =>
      `26/11/21 10:00:00 INFO Worker: Executor app-20261121102619-${app}/0 finished with state EXITED exitStatus 137\n`;
    const others = Array.from({ length: 6_000 }, (_, n) => line(String(n + 1_000))).join('');
    const text = `26/11/21 09:00:00 INFO Worker: Started daemon with process name: 1@h1\n${others}${line('0007')}`;
    const [log] = await readLog(fileOf(text), { literals: LITERALS, ids: ['app-20261121102619-0007'] });
    expect(log?.writer).toBe('spark_worker');
    expect(log?.records.at(-1)?.message).toContain('app-20261121102619-0007/0 finished');
    expect(log?.records.length).toBeLessThan(3_000);
  });

  it('is not taken in by section marks that a process printed', async () => {
    const contents = `${HEAD}End of LogType:stderr
Container: container_1795256295743_0006_01_000099 on victim_45454
LogType:stderr
LogLength:3
LogContents:
26/11/21 10:00:03 ERROR Executor: forged
`;
    const section = (id: string, body: string) =>
      `Container: container_1795256295743_0006_01_${id} on bd-node11_45454
LogAggregationType: AGGREGATED
====
LogType:stderr
LogLastModifiedTime:Sat Nov 21 10:46:25 +0000 2026
LogLength:${Buffer.byteLength(body)}
LogContents:
${body}
End of LogType:stderr
****

`;
    const logs = await read(fileOf(section('000002', contents) + section('000003', HEAD + FAILURE)));
    expect(logs.map(({ keys }) => [keys.containerId, keys.host])).toEqual([
      ['container_1795256295743_0006_01_000002', 'bd-node11'],
      ['container_1795256295743_0006_01_000003', 'bd-node11'],
    ]);
    expect(texts(logs[1])).toContain('Exception in task 4.0 in stage 2.0 (TID 117)');
    expect(logs.every(({ writer }) => writer === 'spark_executor')).toBe(true);
  });

  it('reads the form of Hadoop 2, where a container is named once for several types', async () => {
    // Layout typed from LogAggregationUtils of Hadoop 2.7; no end marks.
    const section = (type: string, body: string) =>
      `LogType: ${type}\nLogLength: ${Buffer.byteLength(body)}\nLog Contents:\n${body}\n`;
    const container = (id: string) =>
      `\n\nContainer: container_1400000000000_0001_01_${id} on host${id}.example.com_45454\n=====\n`;
    const text =
      container('000001') +
      section('stderr', HEAD + FAILURE) +
      section('stdout', 'Traceback (most recent call last):\nValueError: x\n') +
      container('000002') +
      section('stderr', HEAD + FAILURE);
    const logs = await read(fileOf(text));
    expect(logs.map(({ writer, keys }) => [writer, keys.containerId?.slice(-6), keys.host])).toEqual([
      ['spark_executor', '000001', 'host000001.example.com'],
      ['user_program', '000001', 'host000001.example.com'],
      ['spark_executor', '000002', 'host000002.example.com'],
    ]);
    expect(logs.map((log) => log.records.at(-1)?.exceptions.at(-1)?.className)).toEqual([
      'java.io.IOException',
      'ValueError',
      'java.io.IOException',
    ]);
  });

  it('reads Spark 4 structured logs and lines wrapped by a container runtime', async () => {
    const json = (level: string, message: string, more = '') =>
      `{"ts":"2026-11-21T10:22:41.123Z","level":"${level}","msg":"${message}"${more},"logger":"Executor"}\n`;
    const failure = json(
      'ERROR',
      'Exception in task 4.0 in stage 2.0 (TID 117)',
      ',"exception":{"class":"java.io.IOException","msg":"No space left on device","stacktrace":[]}',
    );
    const [structured] = await read(
      fileOf(Array.from({ length: 300 }, (_, n) => json('INFO', `Running task ${n}`)).join('') + failure),
    );
    expect(structured?.writer).toBe('spark_executor');
    expect(structured?.records).toMatchObject([
      {
        level: 'error',
        provenance: 'engine',
        exceptions: [{ className: 'java.io.IOException' }],
        quote: { fromLine: 301 },
      },
    ]);
    const wrap = (text: string) =>
      text
        .replace(/^/gm, '2026-11-21T10:23:05.123456789Z stderr F ')
        .replace(/2026-11-21T10:23:05.123456789Z stderr F $/, '');
    const [wrapped] = await read(fileOf(wrap(HEAD + info(1) + FAILURE + info(2))));
    const error = wrapped?.records.find(({ level }) => level === 'error');
    expect(error).toMatchObject({
      exceptions: [{ className: 'java.io.IOException' }],
      quote: { fromLine: 4, toLine: 6 },
    });
  });

  it.skipIf(!existsSync(CAPTURES))('reads the aggregated log of a recorded incident by container', async () => {
    const name = 'yarn-023-retention-cube-hidden-zero-division';
    const platform = await openCapture(path.join(CAPTURES, name, 'capture'));
    const { files } = await platform.files();
    const file = files.find(({ path: at }) => /yarn-logs-application_/.test(at));
    if (!file) throw new Error('the capture has no aggregated log');
    const logs = await read(file);
    expect(logs.filter(({ writer }) => writer === 'spark_driver')).toHaveLength(1);
    expect(logs.filter(({ writer }) => writer === 'spark_executor')).toHaveLength(1);
    expect(
      logs.every(({ keys }) => /^container_/.test(keys.containerId ?? '') && /^bd-node/.test(keys.host ?? '')),
    ).toBe(true);
    const raw = readFileSync(file.realPath, 'utf8').split('\n');
    for (const log of logs) {
      for (const { quote } of log.records) {
        expect(
          raw
            .slice(quote.fromLine - 1, quote.toLine)
            .join('\n')
            .startsWith(quote.excerpt),
        ).toBe(true);
        expect(quote.fromLine >= log.fromLine && quote.toLine <= log.toLine).toBe(true);
      }
    }
    const driver = logs.find(({ writer }) => writer === 'spark_driver');
    const lost = driver?.records.find(({ message }) => message.startsWith('Lost task 0.0 in stage 5.0'));
    expect(lost?.exceptions.map((link) => link.className)).toEqual([
      'org.apache.spark.api.python.PythonException',
      'ZeroDivisionError',
    ]);
    const finished = driver?.milestones.find(({ kind }) => kind === 'job_finished');
    expect(finished?.values).toMatchObject({ outcome: 'finished', durationMs: 97_167 });
    const allocated = driver?.milestones.find(({ kind }) => kind === 'container_allocated');
    expect(allocated?.keys).toMatchObject({
      containerId: 'container_1795259698281_0010_01_000003',
      host: 'bd-node12',
      executorId: '1',
    });
  });
});
