import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import { eventLogSource } from './event-log-source.ts';
import { HAS_SHARED, SHARED } from './fixtures/shared-data.ts';
import { tinyLog } from './fixtures/tiny-log.ts';
import type { SparkRunListing } from './source.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-source-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function sourceOf(name: string, files: Readonly<Record<string, string | Buffer>>) {
  const root = path.join(folder, name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  return eventLogSource(await openCapture(root));
}

async function listed(source: ReturnType<typeof eventLogSource>): Promise<readonly SparkRunListing[]> {
  const outcome = await source.list();
  if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const lines = tinyLog(3);
const whole = `${lines.join('\n')}\n`;

describe('eventLogSource', () => {
  it('finds logs by content, wherever they lie and whatever they are called', async () => {
    const source = await sourceOf('anywhere', {
      'hdfs/tmp/x.dat': zstdCompressSync(whole),
      'hosts/h1/var/log/some.log': '26/01/01 10:00:00 INFO Driver: {"Event":"SparkListenerLogStart"}\n',
      'hosts/h1/proc/meminfo': whole,
      'hosts/h1/opt/empty': '',
      'user/pasted.txt': 'see {"Event":"SparkListenerJobStart"}',
    });
    expect(await listed(source)).toMatchObject([
      {
        handle: 'hdfs/tmp/x.dat',
        applicationId: 'application_1700000000000_0001',
        applicationName: 'tiny',
        user: 'someone',
        startedAt: 1_700_000_000_000,
        endedAt: 1_700_000_001_300,
        inProgress: false,
        sparkVersion: '3.5.6',
        backend: 'event_log',
      },
    ]);
    expect((await source.read('hdfs/tmp/x.dat')).outcome).toBe('ok');
    expect((await source.read('hdfs/tmp/y')).outcome).toBe('no_data');
  });

  it('says what it looked at when there is none', async () => {
    const outcome = await (await sourceOf('none', { 'hdfs/a': 'text\n', 'hdfs/b': Buffer.from([0, 1, 2]) })).list();
    expect(outcome).toMatchObject({ outcome: 'no_data', looked: { en: 'none of 2 files is a Spark event log' } });
  });

  it('lists a rolling log once, in progress by its marker, and reads it across its parts', async () => {
    const dir = 'hdfs/logs/eventlog_v2_application_1700000000000_0001';
    const name = 'application_1700000000000_0001';
    const source = await sourceOf('rolling', {
      [`${dir}/appstatus_${name}.inprogress`]: '',
      [`${dir}/events_1_${name}.zstd`]: zstdCompressSync(`${lines.slice(0, 8).join('\n')}\n`),
      [`${dir}/events_2_${name}.zstd`]: zstdCompressSync(`${lines.slice(8, -1).join('\n')}\n`),
    });
    const [run, ...others] = await listed(source);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ inProgress: true, endedAt: null, applicationName: 'tiny' });
    const outcome = await source.read(run?.handle ?? '');
    if (outcome.outcome !== 'ok') throw new Error('not read');
    expect(outcome.value.tasks.length).toBe(3);
    expect(outcome.value.completeness).toMatchObject({ end: 'in_progress', missingParts: [] });
    expect(outcome.value.stages[0]?.quotes.completed?.source).toBe(`${dir}/events_2_${name}.zstd`);
  });

  it('keeps of two copies of one log the one that tells more, and lists the newest first', async () => {
    const later = whole
      .replaceAll('1700000000000_0001', '1700000000000_0002')
      .replaceAll('1700000000000,', '1700000009000,');
    const source = await sourceOf('copies', {
      'hdfs/a.inprogress': `${lines.slice(0, -2).join('\n')}\n`,
      'hdfs/a': whole,
      'hdfs/b': gzipSync(later),
    });
    expect((await listed(source)).map(({ handle }) => handle)).toEqual(['hdfs/b', 'hdfs/a']);
  });

  it('takes what the asker handed in for the asker’s word', async () => {
    const failing = whole.replace('"JobSucceeded"', '"JobFailed","Exception":{"Message":"boom"}');
    const source = await sourceOf('handed', { 'user/log': failing, 'hdfs/other': whole.replaceAll('_0001', '_0003') });
    const outcome = await source.read('user/log');
    if (outcome.outcome !== 'ok') throw new Error('not read');
    expect(outcome.value.failureTexts).toMatchObject([{ text: 'boom', provenance: 'asker' }]);
  });

  it('reads a log once', async () => {
    const source = await sourceOf('once', { 'hdfs/log': whole });
    const [one, two] = await Promise.all([source.read('hdfs/log'), source.read('hdfs/log')]);
    expect(one).toBe(two);
  });

  it('forgets a reading that was stopped', async () => {
    const source = await sourceOf('stopped', { 'hdfs/log': whole });
    await expect(source.read('hdfs/log', AbortSignal.abort())).rejects.toThrow();
    expect((await source.read('hdfs/log')).outcome).toBe('ok');
  });
});

describe.skipIf(!HAS_SHARED)('recorded captures (shared/captures)', () => {
  it('quotes of the skewed run are the places the recording proved: slow-001', async () => {
    const source = eventLogSource(await openCapture(path.join(SHARED, 'captures', 'slow-001-order-user-wide-skew')));
    const handle = 'hdfs/spark-history/app-20261121102734-0001';
    const outcome = await source.read(handle);
    if (outcome.outcome !== 'ok') throw new Error('not read');
    const task = outcome.value.keptTasks.find(({ taskId }) => taskId === 17);
    expect(task?.quote).toMatchObject({ source: handle });
    expect(task?.quote.excerpt).toContain(
      '"Task Info":{"Task ID":17,"Index":7,"Attempt":0,"Partition ID":7,"Launch Time":1795256879394',
    );
    expect(task?.metricsQuote?.excerpt).toContain('"Executor Run Time":154532,"Executor CPU Time":10512300061');
    expect(outcome.value.application.quotes.end?.excerpt).toContain('"Timestamp":1795257036805}');
  });

  it('resolves the write commit’s metrics: slow-028', async () => {
    const source = eventLogSource(
      await openCapture(path.join(SHARED, 'captures', 'slow-028-refund-by-shop-many-output-files')),
    );
    const outcome = await source.read('hdfs/spark-history/app-20261121111430-0001');
    if (outcome.outcome !== 'ok') throw new Error('not read');
    const [execution] = outcome.value.sqlExecutions;
    const write = execution?.plan?.children[0];
    expect(write?.metrics).toMatchObject({
      'number of written files': { value: 1_440, type: 'sum' },
      'job commit time': { value: 141_963, type: 'timing' },
      'task commit time': { value: 626, type: 'timing' },
    });
    expect(execution?.quotes.driverMetrics.at(-1)?.excerpt).toContain('[135,1440],[140,141963]');
    expect(outcome.value.stages.find(({ stageId }) => stageId === 1)?.scanTimeMs).toBe(4_703);
  });

  it('tells lost tasks and their executors: yarn-005', async () => {
    const source = eventLogSource(
      await openCapture(path.join(SHARED, 'captures', 'yarn-005-embedding-score-physical-limit')),
    );
    const [run] = await listed(source);
    const outcome = await source.read(run?.handle ?? '');
    if (outcome.outcome !== 'ok') throw new Error('not read');
    const { value } = outcome;
    expect(value.executors.filter(({ removalKind }) => removalKind === 'memory_limit')).toHaveLength(8);
    expect(value.application.driverContainerId).toBe('container_1795256295743_0010_01_000001');
    expect(value.executors[0]?.containerId).toBe('container_1795256295743_0010_01_000003');
    expect(value.keptTasks.filter(({ status }) => status === 'lost')).toHaveLength(8);
    expect(value.stages.at(-1)).toMatchObject({ status: 'failed', failuresByReason: { ExecutorLostFailure: 8 } });
    const lost = value.failureTexts.find(({ keys }) => keys.taskId !== undefined);
    expect(lost).toMatchObject({ count: 8, keys: { containerId: 'container_1795256295743_0010_01_000003' } });
  });

  it('reads Spark 4’s rolling zstd by default: slow-024', async () => {
    const source = eventLogSource(await openCapture(path.join(SHARED, 'captures', 'slow-024-order-skew-spark4')));
    expect((await listed(source)).map(({ sparkVersion, inProgress }) => [sparkVersion, inProgress])).toEqual([
      ['4.0.1', false],
      ['4.0.1', false],
    ]);
  });
});
