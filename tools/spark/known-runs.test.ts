import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import { tinyLog } from './fixtures/tiny-log.ts';
import { knownRuns } from './known-runs.ts';

const ID = 'application_1700000000000_0001';
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What `/applications` answers; the shape is that of a recorded driver of Spark 3.5.6, whose `lastUpdated` is its start. */
function applications(lastUpdated: number, completed = false): string {
  const attempt = {
    attemptId: '1',
    startTime: rest(1_700_000_000_000),
    endTime: completed ? rest(lastUpdated) : '1969-12-31T23:59:59.999GMT',
    lastUpdated: rest(lastUpdated),
    duration: 45_002,
    sparkUser: 'etl',
    completed,
    appSparkVersion: '3.5.6',
  };
  return JSON.stringify([{ id: ID, name: 'tiny', attempts: [attempt] }]);
}

const rest = (time: number) => new Date(time).toISOString().replace('Z', 'GMT');
const stamp = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** Backends that told of the run in a capture with its log and the answers of services. */
async function toldBy(log: readonly string[], answers: Readonly<Record<string, { at: number; body: string }>>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-known-runs-'));
  folders.push(folder);
  mkdirSync(path.join(folder, 'hdfs/history'), { recursive: true });
  mkdirSync(path.join(folder, 'http'));
  writeFileSync(path.join(folder, `hdfs/history/${ID}_1.inprogress`), `${log.join('\n')}\n`);
  const rows = Object.entries(answers).map(([service, { at, body }]) => {
    writeFileSync(path.join(folder, `http/${service}.json`), body);
    return [stamp(at), service, '/api/v1/applications', '200', `http/${service}.json`].join('\t');
  });
  writeFileSync(path.join(folder, 'http/index.tsv'), ['at\tservice\trequest\tstatus\tfile', ...rows, ''].join('\n'));
  const outcome = await knownRuns(await openCapture(folder));
  return outcome.outcome === 'ok' ? outcome.value.map(({ listing }) => listing.backend) : outcome.outcome;
}

const WHOLE = tinyLog();
const OPEN = WHOLE.filter((line) => !line.includes('SparkListenerApplicationEnd'));
const LAST = Math.max(
  ...[...OPEN.join('\n').matchAll(/"(?:Timestamp|Finish Time)":(\d{13})/g)].map(([, time]) => Number(time)),
);
const START = 1_700_000_000_000;

describe('a run that a log and a service know', () => {
  it('is told by a running driver that was asked well after the log’s last event, though it calls its start its last change', async () => {
    expect(await toldBy(OPEN, { 'spark-driver': { at: LAST + 60_000, body: applications(START) } })).toEqual(['rest']);
  });

  it('is told by its log where the driver was asked hardly later', async () => {
    expect(await toldBy(OPEN, { 'spark-driver': { at: LAST + 5_000, body: applications(START) } })).toEqual([
      'event_log',
    ]);
  });

  it('is told by its log once that has an end, whatever was asked later', async () => {
    expect(await toldBy(WHOLE, { 'spark-driver': { at: LAST + 60_000, body: applications(START) } })).toEqual([
      'event_log',
    ]);
  });

  it('is told by a history server only where its own last change is later, not because it was asked later', async () => {
    const lags = { 'spark-history': { at: LAST + 600_000, body: applications(LAST) } };
    const leads = { 'spark-history': { at: LAST + 600_000, body: applications(LAST + 60_000) } };
    expect(await toldBy(OPEN, lags)).toEqual(['event_log']);
    expect(await toldBy(OPEN, leads)).toEqual(['rest']);
  });

  it('is told once, by the freshest of several services', async () => {
    const both = {
      'spark-history': { at: LAST + 90_000, body: applications(LAST + 30_000) },
      'spark-driver': { at: LAST + 60_000, body: applications(START) },
    };
    expect(await toldBy(OPEN, both)).toEqual(['rest']);
  });
});
