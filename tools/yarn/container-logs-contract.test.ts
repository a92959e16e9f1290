import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import { type FakeService, replayingService } from '../platform/fake-service.ts';
import { openLivePlatform } from '../platform/live-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { readText } from '../platform/read-text.ts';
import { containerLogFiles } from './container-logs.ts';
import { emptyYarnFacts } from './facts.ts';

/** Forms as a JobHistoryServer of Hadoop 3.3.6 gave them (`container-logs.test.ts`); texts shortened. */
const ID = 'application_1795288146071_0001';
const MASTER = 'container_1795288146071_0001_01_000001';
const TEXT = 'java.lang.OutOfMemoryError: Java heap space\n';
const LIST = {
  containerLogsInfo: {
    containerLogInfo: [
      { fileName: 'stderr', fileSize: '44', lastModifiedTime: 'Sat Nov 21 19:09:41 +0000 2026' },
      { fileName: 'prelaunch.err', fileSize: '0', lastModifiedTime: 'Sat Nov 21 19:09:41 +0000 2026' },
    ],
    logAggregationType: 'AGGREGATED',
    containerId: MASTER,
    nodeId: 'bd-node11_45454',
  },
};
const SECTION =
  `Container: ${MASTER} on bd-node11_45454\nLogAggregationType: AGGREGATED\n${'='.repeat(68)}\nLogType:stderr\n` +
  `LogLastModifiedTime:Sat Nov 21 19:09:41 +0000 2026\nLogLength:${TEXT.length}\nLogContents:\n${TEXT}\n` +
  `End of LogType:stderr\n${'*'.repeat(71)}\n\n`;

let folder = '';
let history: FakeService;
const backends: Record<'recorded' | 'live', () => Promise<Platform>> = {
  recorded: () => openCapture(folder),
  live: async () =>
    openLivePlatform({
      services: { 'yarn-history': { url: history.url } },
      eventLogs: null,
      hostsDir: null,
      httpTimeoutMs: 5_000,
      httpMaxBytes: 1 << 20,
      now: Date.parse('2026-11-21T10:10:00Z'),
    }),
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-logs-'));
  mkdirSync(path.join(folder, 'http/yarn-history'), { recursive: true });
  writeFileSync(path.join(folder, 'http/yarn-history/list.json'), JSON.stringify(LIST));
  writeFileSync(path.join(folder, 'http/yarn-history/stderr.txt'), SECTION);
  const row = (request: string, file: string) =>
    `20261121T101000Z\tyarn-history\t${request}\t200\thttp/yarn-history/${file}`;
  writeFileSync(
    path.join(folder, 'http/index.tsv'),
    [
      'at\tservice\trequest\tstatus\tfile',
      row(`/ws/v1/history/aggregatedlogs?appid=${ID}`, 'list.json'),
      row(`/ws/v1/history/containerlogs/${MASTER}/stderr`, 'stderr.txt'),
      '',
    ].join('\n'),
  );
  history = await replayingService(await openCapture(folder), 'yarn-history');
});
afterAll(async () => {
  await history.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['recorded', 'live'] as const)('container logs of YARN, %s', (backend) => {
  it('are the same files of the same host with the same text', async () => {
    const { files } = await containerLogFiles(await backends[backend](), emptyYarnFacts(), [ID]);
    expect(files.map(({ host, path: place }) => [host, place])).toEqual([
      ['bd-node11', `/userlogs/${ID}/${MASTER}/stderr`],
    ]);
    const [file] = files;
    expect(file ? (await readText(file)).text : '').toContain(TEXT);
  });
});
