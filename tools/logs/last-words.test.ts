import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lastWords } from './last-words.ts';
import type { LogFacts } from './log-facts.ts';
import { readLog } from './read-log.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'last-words-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

async function logOf(text: string, onHost: string): Promise<LogFacts[]> {
  count += 1;
  const realPath = path.join(folder, `${count}.log`);
  writeFileSync(realPath, text);
  const source = `hosts/h${onHost}`;
  const storedBytes = Buffer.byteLength(text);
  return readLog(
    { source, realPath, origin: 'host', host: 'h', path: onHost, storedBytes, wrapping: 'none' },
    { literals: ['User application exited with'] },
  );
}

const CONTAINER = '/data/yarn/logs/application_1795273704279_0015/container_1795273704279_0015_01_000001';

// Cut from the container of a real ApplicationMaster (Spark 3.5.6 on Hadoop 3.3.6) whose program called sys.exit(7).
const MASTER = `26/11/21 15:24:36 INFO ApplicationMaster: ApplicationAttemptId: appattempt_1795273704279_0015_000001
26/11/21 15:24:40 INFO SparkContext: Running Spark version 3.5.6
26/11/21 15:25:04 ERROR ApplicationMaster: User application exited with status 7
26/11/21 15:25:04 INFO ApplicationMaster: Final app status: FAILED, exitCode: 7, (reason: User application exited with status 7)
26/11/21 15:25:04 INFO ShutdownHookManager: Shutdown hook called
`;

async function inContainer(stdout: string, master = MASTER): Promise<ReturnType<typeof lastWords>> {
  return lastWords([...(await logOf(master, `${CONTAINER}/stderr`)), ...(await logOf(stdout, `${CONTAINER}/stdout`))]);
}

describe('the exit code of a program, proven by its engine', () => {
  it('is told with the last thing the program said', async () => {
    const [finding, ...others] = await inContainer('loading\ncheck: rows=0 expected>0, abort\n');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'code.user_code', kind: 'observed', symptom: 'attempt_failed' });
    expect(finding?.statement.en).toContain('exit code 7; its last words: “check: rows=0 expected>0, abort”');
    expect(finding?.evidence.map(({ provenance }) => provenance)).toEqual(['engine', 'user_process']);
  });

  it('is left to the stack trace where there is one, and to signals', async () => {
    const trace = 'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    f()\nKeyError: 5\n';
    expect(await inContainer(trace)).toEqual([]);
    expect(await inContainer('loading\n', MASTER.replaceAll('status 7', 'status 137'))).toEqual([]);
  });

  it('says nothing of a program that said nothing', async () => {
    expect(await inContainer('')).toEqual([]);
  });
});

// Cut from the driver's log of a real run on a standalone cluster (Spark 3.5.6): its one job had succeeded.
const DRIVER = `26/11/21 14:59:06 INFO SparkContext: Running Spark version 3.5.6
26/11/21 14:59:09 INFO StandaloneSchedulerBackend: Connected to Spark cluster with app ID app-20261121145902-0021
26/11/21 14:59:19 INFO DAGScheduler: Job 0 finished: count at a.py:5, took 5.0 s
`;
const WORDS = '[DQ] FATAL row count check failed: 0 rows in dwd_order dt=2026-11-20, expected > 1\n';
const STOPPED = '26/11/21 14:59:20 INFO SparkContext: Successfully stopped SparkContext\n';

describe('a complaint as the last words, where nobody proves the exit code', () => {
  it('suggests that the program gave up', async () => {
    const [finding] = lastWords(await logOf(DRIVER + WORDS + STOPPED, '/srv/logs/a.log'));
    expect(finding).toMatchObject({ code: 'code.user_code', kind: 'inferred', values: { final: 'maybe' } });
    expect(finding?.evidence[0]).toMatchObject({ fromLine: 4, provenance: 'user_process' });
  });

  it('looks past what py4j says while its connection closes', async () => {
    const closing = '2026-11-21 14:59:19,696 INFO Closing down clientserver connection\n';
    const logged = '2026-11-21 14:59:19,690 ERROR step load_ods failed: no rows\n';
    const [finding] = lastWords(await logOf(DRIVER + logged + closing + STOPPED, '/srv/logs/a.log'));
    expect(finding?.statement.en).toContain('step load_ods failed');
  });

  it.each([
    ['the program worked on', `${WORDS}26/11/21 14:59:20 INFO DAGScheduler: Got job 1 (x) with 2 output partitions\n`],
    ['the last words are of something else', `${WORDS}26/11/21 14:59:20 INFO X: y\nall 12 partitions written\n`],
    ['the engine itself has an error to tell', `26/11/21 14:59:20 ERROR TaskSetManager: Task 0 failed\n${WORDS}`],
  ])('is silent when %s', async (_when, rest) => {
    expect(lastWords(await logOf(DRIVER + rest + STOPPED, '/srv/logs/a.log'))).toEqual([]);
  });

  it('does not take what a submitting client repeats for the words of the program', async () => {
    const client = `26/11/21 15:25:05 INFO Client: Application report for application_1795273704279_0015 (state: FINISHED)
\t diagnostics: User application exited with status 7, FAILED
26/11/21 15:25:05 INFO ShutdownHookManager: Shutdown hook called
`;
    expect(lastWords(await logOf(client, '/home/etl/a.log'))).toEqual([]);
  });
});
