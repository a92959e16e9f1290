import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { type FakeService, fakeService } from '../../tools/platform/fake-service.ts';
import { openLivePlatform } from '../../tools/platform/live-platform.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { writeCapture } from '../capture/write-capture.ts';
import type { Diagnosis } from './diagnosis.ts';
import { investigate } from './investigate.ts';

const ID = 'application_1795288146071_0007';
const MASTER = 'container_1795288146071_0007_01_000001';
const START = 1795288178189;

/** What a driver prints that finds no class; typed in the form of Spark 3.5 on YARN. */
const STDERR = `26/11/21 19:09:40 INFO SparkContext: Running Spark version 3.5.6
26/11/21 19:09:41 ERROR ApplicationMaster: User class threw exception: java.lang.NoClassDefFoundError: com/shop/geo/GeoHash
java.lang.NoClassDefFoundError: com/shop/geo/GeoHash
\tat com.shop.ads.Geo.main(Geo.scala:12)
Caused by: java.lang.ClassNotFoundException: com.shop.geo.GeoHash
\t... 1 more
`;
/** Forms of answers as Hadoop 3.3.6 gave them. */
const APP = {
  id: ID,
  user: 'ads',
  name: 'geo_features',
  queue: 'root.ads',
  state: 'FAILED',
  finalStatus: 'FAILED',
  diagnostics: `Application ${ID} failed 1 times due to AM Container for appattempt_1795288146071_0007_000001 exited with  exitCode: 13`,
  applicationType: 'SPARK',
  startedTime: START,
  launchTime: START + 500,
  finishedTime: START + 3_000,
  elapsedTime: 3_000,
};
const LOGS = {
  containerLogsInfo: {
    containerLogInfo: [{ fileName: 'stderr', fileSize: String(STDERR.length), lastModifiedTime: '' }],
    logAggregationType: 'AGGREGATED',
    containerId: MASTER,
    nodeId: 'bd-node11_45454',
  },
};
const ATTEMPTS = {
  appAttempts: {
    appAttempt: [
      {
        id: 1,
        startTime: START,
        finishedTime: START + 3_000,
        containerId: MASTER,
        nodeHttpAddress: 'bd-node11:8042',
        nodeId: 'bd-node11:45454',
        appAttemptId: 'appattempt_1795288146071_0007_000001',
      },
    ],
  },
};
const section = `Container: ${MASTER} on bd-node11_45454\nLogAggregationType: AGGREGATED\n${'='.repeat(68)}\nLogType:stderr\nLogLastModifiedTime:Sat Nov 21 19:09:41 +0000 2026\nLogLength:${STDERR.length}\nLogContents:\n${STDERR}\nEnd of LogType:stderr\n${'*'.repeat(71)}\n\n`;
const escaped = STDERR.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;');
const page = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html>\n<td class="content">\n<p>\n            Log Type: stderr\n<p>\n            Log Upload Time: Sat Nov 21 19:09:41 +0000 2026\n<p>\n            Log Length: ${STDERR.length}\n<pre>${escaped}</pre>\n</td>\n</html>\n`;

const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-container-logs-'));
let manager: FakeService;
let rest: FakeService;
let pages: FakeService;

beforeAll(async () => {
  manager = await fakeService((asked, response) => {
    const at = asked.split('?')[0] ?? '';
    const body = at.endsWith('/appattempts')
      ? ATTEMPTS
      : at.endsWith(ID)
        ? { app: APP }
        : at.endsWith('/apps')
          ? { apps: { app: [APP] } }
          : null;
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  });
  rest = await fakeService((asked, response) => {
    const isList = asked.startsWith('/ws/v1/history/aggregatedlogs');
    response.setHeader('content-type', isList ? 'application/json' : 'text/plain');
    response.end(isList ? JSON.stringify(LOGS) : section);
  });
  pages = await fakeService((asked, response) => {
    const isLog = asked.startsWith('/jobhistory/logs/') && asked.includes('/stderr/');
    response.writeHead(isLog ? 200 : 404, { 'content-type': 'text/html' }).end(isLog ? page : '<html>404</html>');
  });
});
afterAll(async () => {
  await Promise.all([manager.close(), rest.close(), pages.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const live = (history: string | null): Platform =>
  openLivePlatform({
    services: { 'yarn-rm': manager.url, ...(history === null ? {} : { 'yarn-history': history }) },
    eventLogs: null,
    hostsDir: null,
    httpTimeoutMs: 5_000,
    httpMaxBytes: 8 << 20,
    now: START + 60_000,
  });
const ask = async (platform: Platform): Promise<Diagnosis> =>
  await investigate({ question: `why did ${ID} fail?`, platform, language: 'auto', attachments: [] });

describe('a run whose container logs are reached through YARN alone', () => {
  it('is explained by its own log, cited in the answer that gave it, and replays from a capture', async () => {
    const platform = live(rest.url);
    const diagnosis = await ask(platform);
    expect(diagnosis.rootCauses[0]).toMatchObject({ code: 'dependency.class_missing' });
    const cited = diagnosis.evidence.find(({ source }) => source.startsWith('http/yarn-history/'));
    expect(cited?.excerpt).toContain('ClassNotFoundException: com.shop.geo.GeoHash');
    const target = path.join(folder, 'capture');
    await writeCapture(platform, target);
    const again = await ask(await openCapture(target));
    expect(again.rootCauses[0]?.code).toBe('dependency.class_missing');
    expect(again.evidence.some(({ source }) => source.startsWith('http/yarn-history/'))).toBe(true);
  });

  it('is explained by the pages of an older history server as well', async () => {
    const diagnosis = await ask(live(pages.url));
    expect(diagnosis.rootCauses[0]?.code).toBe('dependency.class_missing');
    const cited = diagnosis.evidence.find(({ source }) => source.startsWith('http/yarn-history/'));
    expect(cited?.excerpt).toContain('ClassNotFoundException: com.shop.geo.GeoHash');
  });

  it('is not explained without them: nothing else says why', async () => {
    const diagnosis = await ask(live(null));
    expect(diagnosis.rootCauses[0]?.code).not.toBe('dependency.class_missing');
  });
});
