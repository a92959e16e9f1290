import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { eventLine, taskLines, tinyLog } from './fixtures/tiny-log.ts';
import { SPARK_READ_RUN } from './spark-read-run.ts';

let folder: string;
let platform: Platform;
const signal = new AbortController().signal;
const ID = 'application_1700000000000_0001';

/** The tiny log with a task that failed, as attempt `attempt` of the application. */
function failedLog(attempt: string): string {
  const reason = {
    Reason: 'ExceptionFailure',
    'Class Name': 'java.io.IOException',
    Description: 'No space left on device',
    'Stack Trace': [],
    'Full Stack Trace': 'java.io.IOException: No space left on device\n\tat a.B.c(B.java:1)',
  };
  const lines = tinyLog().map((line) => (line.includes('ApplicationStart') ? withAttempt(line, attempt) : line));
  lines.splice(-3, 0, ...Object.values(taskLines(77, { reason })));
  return `${lines.join('\n')}\n`;
}

function withAttempt(line: string, attempt: string): string {
  const event = JSON.parse(line) as Record<string, unknown>;
  const timestamp = Number(event.Timestamp) + Number(attempt) * 1_000;
  return eventLine('SparkListenerApplicationStart', { ...event, Timestamp: timestamp, 'App Attempt ID': attempt });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-read-run-'));
  mkdirSync(path.join(folder, 'hdfs/history'), { recursive: true });
  writeFileSync(path.join(folder, 'hdfs/history', `${ID}_1`), failedLog('1'));
  writeFileSync(path.join(folder, 'hdfs/history', `${ID}_2`), failedLog('2'));
  platform = await openCapture(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('reads the latest attempt with findings of the rules and the texts for the signatures', async () => {
  const outcome = await SPARK_READ_RUN.run({ run: ID }, { platform, signal });
  if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
  expect(outcome.value.facts.application).toMatchObject({ id: ID, attempt: '2' });
  expect(outcome.value.findings).toMatchObject([
    {
      rule: 'spark/failed-tasks',
      symptom: 'task_failed',
      keys: { exceptionClass: 'java.io.IOException', applicationAttempt: 2 },
    },
  ]);
  expect(outcome.value.records.map(({ message }) => message)).toEqual(['java.io.IOException: No space left on device']);
});

test('an attempt can be asked for, and a run by its handle', async () => {
  const attempt = await SPARK_READ_RUN.run({ run: ID, attempt: '1' }, { platform, signal });
  expect(attempt).toMatchObject({ outcome: 'ok', value: { facts: { application: { attempt: '1' } } } });
  const handle = await SPARK_READ_RUN.run({ run: `hdfs/history/${ID}_1` }, { platform, signal });
  expect(handle).toMatchObject({ outcome: 'ok', value: { facts: { application: { attempt: '1' } } } });
});

test('an unknown run is no data, and says how many are known; a path is only a name', async () => {
  for (const run of ['application_1700000000000_9999', '../../etc/passwd']) {
    const outcome = await SPARK_READ_RUN.run({ run }, { platform, signal });
    expect(outcome).toMatchObject({
      outcome: 'no_data',
      looked: { en: expect.stringContaining('none of the 2 known') },
    });
  }
  expect(await SPARK_READ_RUN.run({ run: ID, attempt: '9' }, { platform, signal })).toMatchObject({
    outcome: 'no_data',
  });
});

test('the input is checked', () => {
  expect(SPARK_READ_RUN.input.safeParse({ run: '' }).success).toBe(false);
  expect(SPARK_READ_RUN.input.safeParse({ run: ID, path: '/etc' }).success).toBe(false);
  expect(SPARK_READ_RUN.input.safeParse({ run: ID, attempt: '1' }).success).toBe(true);
});
