import { describe, expect, it } from 'vitest';
import { type Prefix, parsePrefix } from './parse-prefix.ts';

const at = (iso: string) => Date.parse(iso);

type Expected = Partial<Omit<Prefix, 'at'>> & { at?: string | null };

/** Lines of the layouts that the platform's components write: from the captures and questions where named, else typed from the layout's pattern. */
const LAYOUTS: readonly (readonly [what: string, line: string, expected: Expected])[] = [
  [
    'Spark default (capture slow-001)',
    '26/11/21 10:26:18 INFO SparkContext: Running Spark version 3.5.6',
    { at: '2026-11-21T10:26:18Z', level: 'info', logger: 'SparkContext', message: 'Running Spark version 3.5.6' },
  ],
  [
    'Spark with milliseconds and thread (question q027)',
    '26/01/04 01:44:36,396 WARN [push-server-6-14] TransportChannelHandler: Exception in connection from /10.91.215.109:27112',
    { at: '2026-01-04T01:44:36.396Z', level: 'warn', thread: 'push-server-6-14', logger: 'TransportChannelHandler' },
  ],
  [
    'Hadoop (capture yarn-001)',
    '2026-11-21 10:45:18,396 INFO SecurityLogger.org.apache.hadoop.ipc.Server: Auth successful for x (auth:SIMPLE)',
    { at: '2026-11-21T10:45:18.396Z', logger: 'SecurityLogger.org.apache.hadoop.ipc.Server' },
  ],
  [
    'Hadoop with thread, class and method',
    '2026-11-21 10:46:27,387 [IPC Server handler 3 on 8020] WARN  org.x.Y (Foo.java:run(12)) - slow',
    { level: 'warn', thread: 'IPC Server handler 3 on 8020', logger: 'org.x.Y', message: 'slow' },
  ],
  [
    'logger with a bracketed suffix (capture cache-204)',
    '26/11/21 10:32:27 INFO BackfillJoin(low): Started with pid 10895',
    { logger: 'BackfillJoin(low)', message: 'Started with pid 10895' },
  ],
  [
    'a time without a level (capture cache-206)',
    '2026-11-21 10:53:37 probe alloc_4MiB_ms=32.01',
    { at: '2026-11-21T10:53:37Z', level: 'none', logger: '', message: 'probe alloc_4MiB_ms=32.01' },
  ],
  [
    'class and line (question q016)',
    '2022-05-23 13:45:06 ERROR Executor:94 - Exception in task 0.0 in stage 15.0 (TID 11)',
    { level: 'error', logger: 'Executor:94', message: 'Exception in task 0.0 in stage 15.0 (TID 11)' },
  ],
  [
    'level first, time in brackets (question q003)',
    'INFO  [2017-09-06T02:48:34.399Z] org.apache.spark.scheduler.DAGScheduler: Executor lost: 2 (epoch 1)',
    { at: '2017-09-06T02:48:34.399Z', level: 'info', logger: 'org.apache.spark.scheduler.DAGScheduler' },
  ],
  [
    'milliseconds since start (question q010)',
    '26873 [main] INFO  org.apache.spark.scheduler.DAGScheduler  - Job 0 failed: collect',
    { at: null, level: 'info', thread: 'main', logger: 'org.apache.spark.scheduler.DAGScheduler' },
  ],
  [
    'level and logger only (question q028)',
    'ERROR ShuffleClientImpl: Push data to xx.xx.xx.xx:xxxx failed for shuffle 12',
    { at: null, level: 'error', logger: 'ShuffleClientImpl' },
  ],
  [
    'Flink log4j 2 (question q024)',
    'ERROR akka.remote.EndpointWriter   [] - dropping message [class x]',
    { level: 'error', logger: 'akka.remote.EndpointWriter', message: 'dropping message [class x]' },
  ],
  [
    'Airflow (question q040)',
    '[2023-02-12 17:18:26,109] {scheduler_job.py:721} INFO - Exited execute loop',
    { at: '2023-02-12T17:18:26.109Z', level: 'info', logger: 'scheduler_job.py:721', message: 'Exited execute loop' },
  ],
  [
    'Airflow with a named zone (question q041)',
    '[2026-05-30, 15:25:33 CEST] {sched.py:151} ERROR - Detected zombie job: {}',
    { at: '2026-05-30T13:25:33Z', level: 'error' },
  ],
  [
    'Alluxio',
    '2026-11-21 10:22:41,123 WARN  [main](Foo.java:23) - slow',
    { level: 'warn', thread: 'main', logger: 'Foo.java', message: 'slow' },
  ],
  [
    'Python logging with dashes',
    '2026-11-21 10:22:41,123 - my.logger - ERROR - it broke',
    { level: 'error', logger: 'my.logger', message: 'it broke' },
  ],
  [
    'Python basic layout',
    'WARNING:py4j.clientserver:gone',
    { level: 'warn', logger: 'py4j.clientserver', message: 'gone' },
  ],
  [
    'Spring Boot with an offset',
    '2026-11-21 10:46:27.387+08:00 ERROR 1234 --- [main] c.e.Foo : broke',
    { at: '2026-11-21T02:46:27.387Z', thread: 'main', logger: 'c.e.Foo', message: 'broke' },
  ],
  ['epoch seconds', '1795255102.123 ERROR foo: x', { at: '2026-11-21T09:58:22.123Z', level: 'error', logger: 'foo' }],
  ['epoch milliseconds', '1795255102123 [main] ERROR foo - x', { at: '2026-11-21T09:58:22.123Z', thread: 'main' }],
  ['pipes', '2026-11-21 10:46:27|WARN|foo.Bar|hello', { level: 'warn', logger: 'foo.Bar', message: 'hello' }],
  [
    'JVM unified logging without a date (capture cache-208)',
    '[6.182s][warning][os,thread] Failed to start thread "Unknown thread" - pthread_create failed (EAGAIN)',
    { at: null, level: 'warn', layout: 'jvm', logger: 'os,thread' },
  ],
  [
    'JVM GC log with a date (capture cache-210)',
    '[2026-11-21T10:37:05.972+0000][0.421s] GC(3) Pause Full (Allocation Failure) 8M->8M(20M) 15.617ms',
    {
      at: '2026-11-21T10:37:05.972Z',
      layout: 'jvm',
      message: 'GC(3) Pause Full (Allocation Failure) 8M->8M(20M) 15.617ms',
    },
  ],
  [
    'Java 8 GC log',
    '2026-11-21T10:37:05.558+0800: 0.391: [Full GC (Ergonomics) 1K->1K',
    { at: '2026-11-21T02:37:05.558Z', layout: 'jvm' },
  ],
  [
    'dmesg (capture cache-201)',
    '[ 1458.385937] python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
    { at: null, layout: 'kernel', logger: 'kernel' },
  ],
  [
    'dmesg -T in Chinese (question q035)',
    '[二 9月  3 05:57:48 2024] oom-kill:constraint=CONSTRAINT_MEMCG',
    { layout: 'kernel' },
  ],
  [
    'kernel line of syslog (question q036)',
    'Jan 25 15:25:20 es14 kernel: java invoked oom-killer: order=2',
    { layout: 'kernel' },
  ],
  [
    'node manager inside diagnostics (capture yarn-003)',
    '[2026-11-21 10:46:27.486]Container exited with a non-zero exit code 1. Error file: prelaunch.err.',
    { at: '2026-11-21T10:46:27.486Z', layout: 'container' },
  ],
  [
    'colour codes',
    '\x1b[33mWARN\x1b[0m \x1b[36mfoo.Bar\x1b[m: coloured',
    { level: 'warn', logger: 'foo.Bar', message: 'coloured' },
  ],
  [
    'a console progress bar in front (question q019)',
    '[Stage 1:>                  (0 + 83) / 83]18/02/08 23:03:33 ERROR YarnScheduler: Lost executor 83 on h',
    { at: '2018-02-08T23:03:33Z', level: 'error', logger: 'YarnScheduler' },
  ],
  [
    'container runtime of Kubernetes',
    '2026-11-21T10:23:05.123456789Z stderr F 26/11/21 10:23:05 INFO ExecutorRunner: Started',
    { at: '2026-11-21T10:23:05Z', logger: 'ExecutorRunner', message: 'Started' },
  ],
  [
    'json-file driver of Docker',
    '{"log":"26/11/21 10:23:05 WARN X: hello\\n","stream":"stderr","time":"2026-11-21T10:23:05.1Z"}',
    { at: '2026-11-21T10:23:05Z', level: 'warn', logger: 'X', message: 'hello' },
  ],
  ['carriage return', '26/11/21 10:23:18 WARN Class: msg\r', { message: 'msg' }],
];

describe('parsePrefix', () => {
  it.each(LAYOUTS)('reads the layout: %s', (_what, line, expected) => {
    const prefix = parsePrefix(line);
    const { at: iso, ...rest } = expected;
    expect(prefix).toMatchObject(rest);
    if (iso !== undefined) expect(prefix?.at).toBe(iso === null ? null : at(iso));
  });

  it.each([
    ['a stack frame', '\tat org.apache.spark.Foo.bar(Foo.scala:1)'],
    ['a cause', 'Caused by: java.io.IOException: x'],
    ['an exception', 'java.lang.OutOfMemoryError: Java heap space'],
    ['a print', 'loading 12 files'],
    ['rows of numbers', '1795255102,3,4'],
    ['a date column', '2026-11-21,5,7'],
    ['a clock in data', '10:22:33 something'],
    ['JSON that is no log record', '{"user":"a","count":3}'],
    ['broken JSON', '{"ts":"2026-11-21T10:22:41Z","level":"ERR'],
    ['nothing', ''],
  ])('leaves a line alone that begins no record: %s', (_what, line) => {
    expect(parsePrefix(line)).toBeNull();
  });

  it('uses the offset only where the text names no zone', () => {
    const context = { zoneOffsetMinutes: 480 };
    expect(parsePrefix('26/11/21 10:26:18 INFO A: b', context)?.at).toBe(at('2026-11-21T02:26:18Z'));
    expect(parsePrefix('2026-11-21T10:26:18Z INFO A: b', context)?.at).toBe(at('2026-11-21T10:26:18Z'));
  });

  it('takes year and day from the reference where the layout has none', () => {
    const context = { referenceMs: at('2026-01-01T00:30:00Z') };
    expect(parsePrefix('Dec 31 23:59:50 h1 kernel: x', context)?.at).toBe(at('2025-12-31T23:59:50Z'));
    expect(parsePrefix('23:59:50.100 [main] INFO  c.e.Foo - msg', context)?.at).toBe(at('2025-12-31T23:59:50.100Z'));
    expect(parsePrefix('E0101 00:30:01.500000  42 foo.go:12] bad', context)?.at).toBe(at('2026-01-01T00:30:01.500Z'));
  });

  it('reads exceptions out of the fields of JSON layouts', () => {
    const spark4 =
      '{"ts":"2026-11-21T10:22:41.123Z","level":"ERROR","msg":"Exception in task 0.0 in stage 1.0","exception":{"class":"java.io.IOException",' +
      '"msg":"No space left on device","stacktrace":[{"class":"a.B","method":"c","file":"B.java","line":12}]},"logger":"Executor"}';
    expect(parsePrefix(spark4)).toMatchObject({
      at: at('2026-11-21T10:22:41.123Z'),
      level: 'error',
      logger: 'Executor',
      exceptions: [
        { className: 'java.io.IOException', message: 'No space left on device', frames: ['at a.B.c(B.java:12)'] },
      ],
    });
    const log4j2 =
      '{"instant":{"epochSecond":1795255102,"nanoOfSecond":5000000},"thread":"main","level":"WARN","loggerName":"x.Y","message":"m",' +
      '"thrown":{"name":"java.lang.RuntimeException","message":"outer","cause":{"name":"java.io.EOFException"}}}';
    const names = parsePrefix(log4j2)?.exceptions?.map((link) => link.className);
    expect(names).toEqual(['java.lang.RuntimeException', 'java.io.EOFException']);
  });

  it('is not led astray by hostile JSON', () => {
    const line = '{"__proto__":{"level":"ERROR"},"constructor":{"x":1},"msg":"m","ts":"2026-11-21T10:22:41Z"}';
    expect(parsePrefix(line)).toMatchObject({ level: 'none', message: 'm' });
    expect(parsePrefix(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`)).toBeNull();
  });
});
