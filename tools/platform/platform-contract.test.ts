import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNodeCollector } from '../host/collector/node-collector.ts';
import { openCapture } from './capture-platform.ts';
import { type FakeService, replayingService } from './fake-service.ts';
import { openLivePlatform } from './live-platform.ts';
import { openChunks } from './open-chunks.ts';
import type { Platform, PlatformFile } from './platform.ts';
import { readHead, readTail, readText } from './read-text.ts';

const TOKEN = 'a-token-of-some-length';
const LONG = Array.from({ length: 30_000 }, (_, line) => `2026-11-21 10:00:00,000 INFO line ${line}\n`).join('');
const KERNEL = '[   12.000001] Memory cgroup out of memory: Killed process 7 (java)\n';

let folder = '';
let capture = '';
const closing: (() => Promise<void>)[] = [];

function put(name: string, content: string | Buffer): void {
  const file = path.join(capture, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-contract-'));
  capture = path.join(folder, 'capture');
  put('hosts/n1/proc/meminfo', 'MemTotal: 1 kB\n');
  put('hosts/n1/sys/fs/cgroup/memory/hadoop-yarn/memory.limit_in_bytes', '1024\n');
  put('hosts/n1/dmesg.txt', KERNEL);
  put('hosts/n1/var/log/nm.log', LONG);
  put('hosts/n1/var/log/old.log.zst', zstdCompressSync('packed by the collector of logs\n'));
  put('hosts/n1/var/log/small.log', 'one line\n');
  symlinkSync('/etc', path.join(capture, 'hosts/n1/var/log/link'));
  put('http/yarn-rm/apps.json', '{"apps":{"app":[{"id":"a"}]}}');
  put('http/yarn-rm/apps-before.json', '{"apps":null}');
  put('http/yarn-rm/gone.txt', '{"RemoteException":{"message":"not found"}}');
  put('http/yarn-rm/failed.txt', 'TimeoutError: timed out after 6.0s\n');
  const at = (minute: number) => `20261121T10${minute}00Z`;
  put(
    'http/index.tsv',
    [
      'at\tservice\trequest\tstatus\tfile',
      `${at(10)}\tyarn-rm\t/ws/v1/cluster/apps?a=1&b=2\t200\thttp/yarn-rm/apps-before.json`,
      `${at(11)}\tyarn-rm\t/ws/v1/cluster/apps?a=1&b=2\t200\thttp/yarn-rm/apps.json`,
      `${at(12)}\tyarn-rm\t/ws/v1/cluster/apps/x\t404\thttp/yarn-rm/gone.txt`,
      `${at(13)}\tyarn-rm\t/ws/v1/cluster/hung\t0\thttp/yarn-rm/failed.txt`,
      '',
    ].join('\n'),
  );
});

afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  rmSync(folder, { recursive: true, force: true });
});

const hosts = () => path.join(capture, 'hosts');

async function liveOver(more: Partial<Parameters<typeof openLivePlatform>[0]>, services = {}): Promise<Platform> {
  const recorded = await openCapture(capture);
  const rm: FakeService = await replayingService(recorded, 'yarn-rm');
  closing.push(rm.close);
  return openLivePlatform({
    services: { 'yarn-rm': rm.url, ...services },
    eventLogs: null,
    hostsDir: null,
    httpTimeoutMs: 2_000,
    httpMaxBytes: 1 << 20,
    now: Date.now(),
    ...more,
  });
}

async function throughCollector(): Promise<Platform> {
  const collector = await startNodeCollector({
    address: '127.0.0.1',
    port: 0,
    token: TOKEN,
    root: path.join(hosts(), 'n1'),
    logFolders: ['/var/log'],
    kernelMessages: async () => KERNEL,
  });
  closing.push(collector.close);
  return await liveOver({}, { 'node@n1': { url: collector.url, token: TOKEN } });
}

/** Every backend of the platform; what differs by nature is named where it is tested. */
const BACKENDS: Readonly<Record<string, () => Promise<Platform>>> = {
  'a capture': () => openCapture(capture),
  'the live platform, hosts as folders (services: a fake that replays over HTTP on loopback)': () =>
    liveOver({ hostsDir: hosts() }),
  'the live platform, hosts through wherefore node': throughCollector,
};

describe.each(Object.entries(BACKENDS))('%s', (_name, open) => {
  let platform: Platform;
  const file = async (source: string): Promise<PlatformFile> => {
    const { files } = await platform.files();
    return files.find((one) => one.source === source) as PlatformFile;
  };

  beforeAll(async () => {
    platform = await open();
  });

  it('names the files of hosts by host and path, packing undone, links not followed', async () => {
    const { files } = await platform.files();
    const found = files.map(({ source, host, path: onHost, origin, wrapping }) => [
      source,
      host,
      onHost,
      origin,
      wrapping,
    ]);
    expect(found.toSorted()).toEqual([
      ['hosts/n1/dmesg.txt', 'n1', '/dmesg.txt', 'host', 'none'],
      ['hosts/n1/proc/meminfo', 'n1', '/proc/meminfo', 'host', 'none'],
      [
        'hosts/n1/sys/fs/cgroup/memory/hadoop-yarn/memory.limit_in_bytes',
        'n1',
        '/sys/fs/cgroup/memory/hadoop-yarn/memory.limit_in_bytes',
        'host',
        'none',
      ],
      ['hosts/n1/var/log/nm.log', 'n1', '/var/log/nm.log', 'host', 'none'],
      ['hosts/n1/var/log/old.log', 'n1', '/var/log/old.log', 'host', 'zstd'],
      ['hosts/n1/var/log/small.log', 'n1', '/var/log/small.log', 'host', 'none'],
    ]);
    // Walked once: what a reader notes of a file is noted of the file that the next one sees.
    expect((await platform.files()).files[0]).toBe(files[0]);
  });

  it('gives the same bytes of them: head, tail, whole, unpacked', async () => {
    const log = await file('hosts/n1/var/log/nm.log');
    expect(log.storedBytes).toBe(LONG.length);
    expect((await readTail(log, 50)).toString()).toBe(LONG.slice(-50));
    expect((await readHead(log, 50)).toString()).toBe(LONG.slice(0, 50));
    const parts: Buffer[] = [];
    for await (const chunk of openChunks(log)) parts.push(Buffer.from(chunk));
    expect(Buffer.concat(parts).toString() === LONG).toBe(true);
    const later: Buffer[] = [];
    for await (const chunk of openChunks(log, { start: 1000, maxBytes: 100 })) later.push(Buffer.from(chunk));
    expect(Buffer.concat(later).toString()).toBe(LONG.slice(1000, 1100));
    expect((await readText(await file('hosts/n1/var/log/old.log'))).text).toBe('packed by the collector of logs\n');
    expect((await readText(await file('hosts/n1/dmesg.txt'))).text).toBe(KERNEL);
  });

  it('knows its services, and answers whatever the order of parameters', async () => {
    expect(await platform.services()).toEqual(['yarn-rm']);
    const [one, other] = await Promise.all(
      ['/ws/v1/cluster/apps?a=1&b=2', '/ws/v1/cluster/apps?b=2&a=1'].map((request) => platform.get('yarn-rm', request)),
    );
    expect(one).toMatchObject({ service: 'yarn-rm', status: 200, body: '{"apps":{"app":[{"id":"a"}]}}' });
    expect(other).toEqual(one);
    expect(await platform.get('yarn-rm', '/ws/v1/cluster/apps/x')).toMatchObject({ status: 404 });
  });

  it('tells what failed, and what is not configured, apart', async () => {
    expect(await platform.get('yarn-rm', '/ws/v1/cluster/hung')).toMatchObject({ miss: 'unreachable' });
    for (const service of ['prometheus', 'node@n1', 'constructor'])
      expect(await platform.get(service, '/x')).toMatchObject({ miss: 'not_configured' });
  });

  it('shows everything that was answered, and the failed request with status 0', async () => {
    const answers = await platform.recorded('yarn-rm');
    const latest = new Map(answers.map(({ request, status }) => [request, status]));
    expect(Object.fromEntries(latest)).toEqual({
      '/ws/v1/cluster/apps?a=1&b=2': 200,
      '/ws/v1/cluster/apps/x': 404,
      '/ws/v1/cluster/hung': 0,
    });
    expect(answers.map(({ at }) => at)).toEqual(answers.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(new Set(answers.map(({ source }) => source)).size).toBe(answers.length);
    for (const { source } of answers) expect(source).toMatch(/^http\/yarn-rm\//);
    expect(await platform.recorded('prometheus')).toEqual([]);
  });

  it('gives bytes of what was answered well, and of nothing else', async () => {
    const bytes = await platform.getBytes?.('yarn-rm', '/ws/v1/cluster/apps?a=1&b=2');
    expect(Buffer.from(bytes ?? []).toString()).toBe('{"apps":{"app":[{"id":"a"}]}}');
    expect(await platform.getBytes?.('prometheus', '/x')).toBeNull();
  });
});
