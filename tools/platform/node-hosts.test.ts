import { mkdirSync, mkdtempSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NodeCollector, startNodeCollector } from '../host/collector/node-collector.ts';
import { type FakeAnswer, type FakeService, fakeService } from './fake-service.ts';
import { openLivePlatform } from './live-platform.ts';
import type { Platform, PlatformFile } from './platform.ts';
import { readHead, readTail } from './read-text.ts';
import { unreadNotes } from './unread-files.ts';

const TOKEN = 'a-token-of-some-length';
let root = '';
let collector: NodeCollector;
const open: FakeService[] = [];

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'wherefore-host-'));
  mkdirSync(path.join(root, 'var/log'), { recursive: true });
  collector = await startNodeCollector({
    address: '127.0.0.1',
    port: 0,
    token: TOKEN,
    root,
    logFolders: ['/var/log'],
    kernelMessages: async () => 'x\n',
  });
});
afterEach(async () => {
  await collector.close();
  await Promise.all(open.splice(0).map((service) => service.close()));
  rmSync(root, { recursive: true, force: true });
});

function platformOf(url: string, token: string, nodeBudget?: { calls: number; bytes: number; ms: number }): Platform {
  return openLivePlatform({
    services: { 'node@h1': { url, token } },
    eventLogs: null,
    hostsDir: null,
    httpTimeoutMs: 2_000,
    httpMaxBytes: 1 << 20,
    now: Date.now(),
    ...(nodeBudget ? { nodeBudget } : {}),
  });
}

const put = (name: string, content: string) => writeFileSync(path.join(root, 'var/log', name), content);
const logOf = (files: readonly PlatformFile[], name: string) =>
  files.find(({ source }) => source.endsWith(name)) as PlatformFile;

/** A relay that counts what goes through it. */
async function counted(): Promise<{ url: string; bytes: () => number; logs: () => number }> {
  let bytes = 0;
  const relay: FakeAnswer = (target, response, request) => {
    void fetch(collector.url + target, { headers: { authorization: request.headers.authorization ?? '' } }).then(
      async (answer) => {
        const body = Buffer.from(await answer.arrayBuffer());
        if (target.startsWith('/v1/log?')) bytes += body.length;
        response.writeHead(answer.status).end(body);
      },
    );
  };
  const service = await fakeService(relay);
  open.push(service);
  return {
    url: service.url,
    bytes: () => bytes,
    logs: () => service.asked.filter(({ path: target }) => target.startsWith('/v1/log?')).length,
  };
}

describe('a log of a host with a collector', () => {
  it('is fetched only as far as it is read, and each piece once', async () => {
    put('a.log', 'x'.repeat(3 << 20));
    put('b.log', 'never read');
    const { url, bytes, logs } = await counted();
    const { files } = await platformOf(url, TOKEN).files();
    expect([files.length > 0, logs()]).toEqual([true, 0]);
    const log = logOf(files, 'a.log');
    await Promise.all([readHead(log, 4096), readHead(log, 8192), readTail(log, 100)]);
    expect([logs(), bytes()]).toEqual([2, 512 << 10]);
    await readHead(log, 4 << 20);
    expect(bytes()).toBe(3 << 20);
    const before = logs();
    await readHead(log, 4 << 20);
    expect(logs()).toBe(before);
  });

  it('of 50 GB is read at its end, and that is told', async () => {
    put('huge.log', 'begin\n');
    truncateSync(path.join(root, 'var/log/huge.log'), 50 * 2 ** 30);
    const { files, skipped } = await platformOf(collector.url, TOKEN).files();
    expect(logOf(files, 'huge.log').storedBytes).toBe(64 << 20);
    expect(skipped.map(({ en }) => en)).toContain(
      'of 1 log of node@h1 only the last 64 MiB were read (/var/log/huge.log)',
    );
    expect((await readTail(logOf(files, 'huge.log'), 10)).length).toBe(10);
  });

  it('that is gone when it is read is told, and nothing else is lost', async () => {
    put('a.log', 'a');
    put('b.log', 'b');
    const { files } = await platformOf(collector.url, TOKEN).files();
    unlinkSync(path.join(root, 'var/log/a.log'));
    expect((await readHead(logOf(files, 'a.log'), 10)).length).toBe(0);
    expect((await readHead(logOf(files, 'b.log'), 10)).toString()).toBe('b');
    expect(unreadNotes(files).map(({ en }) => en)).toEqual(['1 file could not be read (hosts/h1/var/log/a.log)']);
  });

  it('is one of 10,000: the latest 2,000 are read, the others counted', async () => {
    for (let number = 0; number < 10_000; number += 1) put(`app-${number}.log`, `line ${number}\n`);
    const { files, skipped } = await platformOf(collector.url, TOKEN).files();
    expect(files.filter(({ path: name }) => name.startsWith('/var/log/'))).toHaveLength(2_000);
    const told = skipped.map(({ en }) => en);
    expect(told).toContain('node@h1 left out 5,000 files beyond its limits');
    expect(told.join()).toContain('3,000 logs of node@h1 were left out: the latest 2,000 are read');
  }, 60_000);

  it('stands beside the kernel’s messages, or a sentence on why they do not', async () => {
    const blind = await startNodeCollector({
      address: '127.0.0.1',
      port: 0,
      token: TOKEN,
      root,
      logFolders: ['/var/log'],
      kernelMessages: async () => null,
    });
    const { files, skipped } = await platformOf(blind.url, TOKEN).files();
    await blind.close();
    expect(files.some(({ path: name }) => name === '/dmesg.txt')).toBe(false);
    expect(skipped.map(({ en }) => en)).toEqual([
      "node@h1 may not read the kernel's messages (/dev/kmsg): it has to run as root or with CAP_SYSLOG",
    ]);
  });

  it('ends with the budget of a question', async () => {
    put('a.log', 'x'.repeat(3 << 20));
    const { files } = await platformOf(collector.url, TOKEN, { calls: 3, bytes: 1 << 30, ms: 60_000 }).files();
    expect((await readHead(logOf(files, 'a.log'), 10)).length).toBe(10);
    expect((await readTail(logOf(files, 'a.log'), 10)).length).toBe(0);
    expect(unreadNotes(files)).toHaveLength(1);
  });
});

describe('a collector that is none', () => {
  const notes = async (url: string, token = TOKEN) => {
    const { files, skipped } = await platformOf(url, token).files();
    expect(files).toEqual([]);
    return skipped.map(({ en }) => en);
  };

  it('costs one sentence: wrong token, nobody there, another server, hostile paths', async () => {
    expect(await notes(collector.url, 'another-token-of-length')).toEqual([
      'node@h1 answered with status 401: its token is another one',
    ]);
    const closed = await fakeService(() => undefined);
    await closed.close();
    expect(await notes(closed.url)).toEqual(['node@h1 refused the connection']);
    const answers: Record<string, string> = {
      html: '<html>a login page</html>',
      hostile: JSON.stringify({
        at: 1,
        files: [{ path: '/../../../../etc/passwd', text: 'x', bytes: 1, modifiedAt: 1 }],
        leftOut: 0,
        unreadable: 0,
      }),
    };
    for (const body of Object.values(answers)) {
      const fake = await fakeService((_path, response) => response.end(body));
      open.push(fake);
      expect(await notes(fake.url)).toEqual(['node@h1 is no collector']);
    }
  });
});
