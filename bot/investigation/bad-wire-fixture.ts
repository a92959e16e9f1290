import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startNodeCollector } from '../../tools/host/collector/node-collector.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { type FakeAnswer, type FakeService, fakeService, replayingService } from '../../tools/platform/fake-service.ts';
import { openLivePlatform } from '../../tools/platform/live-platform.ts';
import type { Diagnosis } from './diagnosis.ts';
import { investigate } from './investigate.ts';

const TOKEN = 'a-token-of-some-length';
/**
 * Where a server keeps others waiting: short, so that it costs a test little, and long enough for the services that are well on a
 * busy machine. The product's own limits stand in `bot/settings.ts`.
 */
export const SHORT_TIMEOUT_MS = 3_000;
/** Where nobody keeps others waiting: nothing that is well runs into it. */
const TIMEOUT_MS = 20_000;
const MAX_BYTES = 2 << 20;

/** Ways to misbehave that keep whoever asks waiting. */
export const KEEPS_WAITING: ReadonlySet<string> = new Set(['hangs', 'half a body', 'a body of 100 MB']);

/** How a server can misbehave, by name; those that cost time first. */
export const WIRE_FAULTS: Readonly<Record<string, FakeAnswer>> = {
  hangs: () => undefined,
  'half a body': (_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': 4_000 })
      .write('{"apps":{"app":[{"id":');
    setTimeout(() => response.destroy(), 20);
  },
  // No length is told: it goes on until the reader has had enough.
  'a body of 100 MB': (_, response) => void pour(response, 100),
  'answers 401': (_, response) => said(response, 401, '{"message":"Unauthorized"}'),
  'answers 403': (_, response) => said(response, 403, '{"message":"forbidden"}'),
  'answers 404': (_, response) => said(response, 404, 'not found', 'text/plain'),
  'answers 500': (_, response) => said(response, 500, '<html><title>Error 500</title></html>', 'text/html'),
  'HTML for JSON': (_, response) => said(response, 200, '<!DOCTYPE html><title>Log in</title>', 'text/html'),
  'another version': (_, response) => said(response, 200, '{"apiVersion":"v99","payload":[null,{"a":NaN}]}'),
};

function said(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

const MIB_OF_SPACES = Buffer.alloc(1 << 20, ' ');

async function pour(response: ServerResponse, mib: number): Promise<void> {
  response.setMaxListeners(2 * mib);
  response.writeHead(200, { 'content-type': 'application/json' });
  for (let sent = 0; sent < mib && !response.destroyed; sent += 1) {
    if (response.write(MIB_OF_SPACES)) continue;
    await Promise.race([once(response, 'drain'), once(response, 'close')]).catch(() => undefined);
  }
  response.end();
}

/** Services of every kind that are well; each can be replaced by one that is not. */
export interface SoundPlatform {
  /** Names of the services, the collector of the one host included. */
  services: readonly string[];
  /** Root of the host `n1`, whose collector serves `/var/log` below it. */
  root: string;
  /** What the sound service answers, with another `Date`. */
  withClock(service: string, hoursAhead: number): FakeAnswer;
  /** Asks one question with some services replaced. */
  ask(replaced: Readonly<Record<string, FakeAnswer>>, timeoutMs?: number): Promise<Answered>;
  close(): Promise<void>;
}

export interface Answered {
  diagnosis: Diagnosis;
  tookMs: number;
  /** Everything in the answer that was not read or only in part, English. */
  lines: readonly string[];
  /** Lines that name the service. */
  naming(service: string): string[];
}

const QUESTION = 'why is application_1795259698281_0013 slow?';

/** @param captures folder of the recorded captures whose answers the sound services give */
export async function openSoundPlatform(captures: string): Promise<SoundPlatform> {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-wire-'));
  const closing: (() => Promise<void>)[] = [];
  const sound: Record<string, string | { url: string; token: string }> = {};
  let now = 0;
  const replay = async (capture: string, from: string, name = from) => {
    const recorded = await openCapture(path.join(captures, capture));
    now = Math.max(now, recorded.now);
    add(name, await replayingService(recorded, from));
  };
  const add = (name: string, fake: FakeService) => {
    closing.push(fake.close);
    sound[name] = fake.url;
  };
  await replay('yarn-025-ad-feature-join-still-running', 'yarn-rm');
  await replay('slow-023-ctr-feature-still-running', 'spark-driver', 'spark-history');
  await replay('yarn-032-ods-order-load-namenode-safemode', 'hdfs-namenode');
  await replay('celeborn-009-disks-full-no-slots', 'celeborn-master@rss-m1');
  await replay('cache-103-alluxio-worker-killed', 'alluxio-master');
  add('kubernetes', await fakeService((_, response) => said(response, 200, '{"kind":"List","items":[]}')));
  add(
    'prometheus',
    await fakeService((_, response) =>
      said(response, 200, '{"status":"success","data":{"resultType":"matrix","result":[]}}'),
    ),
  );
  const root = path.join(folder, 'n1');
  mkdirSync(path.join(root, 'proc'), { recursive: true });
  writeFileSync(path.join(root, 'proc/meminfo'), 'MemTotal:       16384 kB\nMemAvailable:    8192 kB\n');
  writeFileSync(path.join(root, 'proc/diskstats'), '   8       0 sda 1 0 8 1 1 0 8 1 0 2 2\n');
  mkdirSync(path.join(root, 'var/log'), { recursive: true });
  writeFileSync(path.join(root, 'var/log/daemon.log'), '2026-11-21 11:29:00,000 INFO a line of some daemon\n');
  const collector = await startNodeCollector({
    address: '127.0.0.1',
    port: 0,
    token: TOKEN,
    root,
    logFolders: ['/var/log'],
    kernelMessages: async () => '[   12.000001] usb 1-1: new device\n',
  });
  closing.push(collector.close);
  sound['node@n1'] = { url: collector.url, token: TOKEN };

  async function ask(replaced: Readonly<Record<string, FakeAnswer>>, timeoutMs = TIMEOUT_MS): Promise<Answered> {
    const bad: FakeService[] = [];
    const services = { ...sound };
    for (const [name, answer] of Object.entries(replaced)) {
      const fake = await fakeService(answer);
      bad.push(fake);
      services[name] = name.startsWith('node@') ? { url: fake.url, token: TOKEN } : fake.url;
    }
    const platform = openLivePlatform({
      services,
      eventLogs: null,
      hostsDir: null,
      httpTimeoutMs: timeoutMs,
      httpMaxBytes: MAX_BYTES,
      now,
    });
    const from = performance.now();
    const diagnosis = await investigate({ question: QUESTION, platform, language: 'en', attachments: [] });
    const tookMs = performance.now() - from;
    await Promise.all(bad.map((fake) => fake.close()));
    const lines = [...diagnosis.notChecked.map(({ why }) => why), ...(diagnosis.skipped ?? [])];
    return { diagnosis, tookMs, lines, naming: (service) => lines.filter((line) => line.includes(service)) };
  }

  return {
    services: Object.keys(sound),
    root,
    ask,
    withClock: (service, hoursAhead) => (asked, response) => {
      const access = sound[service];
      const url = typeof access === 'string' ? access : access?.url;
      fetch(`${url}${asked}`).then(
        async (answer) => {
          response.setHeader('date', new Date(Date.now() + hoursAhead * 3_600_000).toUTCString());
          said(response, answer.status, await answer.text());
        },
        () => response.destroy(),
      );
    },
    close: async () => {
      await Promise.all(closing.map((close) => close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
