import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { attachedFile } from '../../../tools/platform/extra-files.ts';
import { readText } from '../../../tools/platform/read-text.ts';
import { lz4BlockStream } from '../../../tools/spark/fixtures/encode-blocks.ts';
import { startFakeSlack } from '../fake-slack/fake-slack.ts';
import type { AttachedFile, UnreadFile } from './attached-file.ts';
import { fetchFile } from './fetch-file.ts';

// The beginnings of logs as Spark 3.5 writes them with its default layout and event log, shortened by hand.
const LOG = '26/11/21 10:02:11 INFO SparkContext: Running Spark version 3.5.1\n26/11/21 10:40:03 ERROR Executor: OOM\n';
const EVENTS = [
  '{"Event":"SparkListenerLogStart","Spark Version":"3.5.1"}',
  '{"Event":"SparkListenerApplicationStart","App Name":"nightly","App ID":"application_1795259698281_0006","Timestamp":1795255331000,"User":"etl"}',
  '{"Event":"SparkListenerApplicationEnd","Timestamp":1795257603000}',
  '',
].join('\n');

let serve: (request: IncomingMessage, response: ServerResponse) => void;
const asked: IncomingMessage[] = [];
const server = createServer((request, response) => {
  asked.push(request);
  serve(request, response);
});
const folder = mkdtempSync(path.join(tmpdir(), 'fetch-file-'));
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => asked.splice(0));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  rmSync(folder, { recursive: true });
});

async function fetched(name: string, given: { bytes?: number; type?: string; url?: string; maxBytes?: number } = {}) {
  const url = given.url ?? `${origin}/files-pri/T1-F1/download/x`;
  const file = { id: 'F1', name, bytes: given.bytes ?? 100, url, type: given.type ?? 'text' };
  const tools = { token: 'xoxb-1', maxBytes: given.maxBytes ?? 1 << 20, signal: new AbortController().signal };
  return await fetchFile(file, folder, { ...tools, apiUrl: `${origin}/api/`, wait: async () => undefined });
}

function giving(content: Buffer | string, type = 'text/plain') {
  serve = (_request, response) => response.writeHead(200, { 'content-type': type }).end(content);
}

function isFile(result: AttachedFile | UnreadFile): AttachedFile {
  if ('problem' in result) throw new Error(result.problem.en);
  return result;
}

async function problemOf(...given: Parameters<typeof fetched>): Promise<string> {
  const result = await fetched(...given);
  if (!('problem' in result)) throw new Error(`read: ${result.told.en}`);
  expect(result.problem.zh).toMatch(/\p{Script=Han}/u);
  expect(result.problem.zh).toContain(given[0]);
  return result.problem.en;
}

describe('fetchFile', () => {
  it('fetches text with the token and tells what was read', async () => {
    giving(LOG);
    const file = isFile(await fetched('driver.log'));
    expect(asked[0]?.headers.authorization).toBe('Bearer xoxb-1');
    expect(file).toMatchObject({ kind: 'text', name: 'driver.log' });
    expect(file.told.en).toBe('read: driver.log, 103 B, 2 lines; times in it 2026-11-21 10:02:11 to 10:40:03');
    expect(file.told.zh).toBe('已读取：driver.log，103 B，2 行；其中时间 2026-11-21 10:02:11 至 10:40:03');
    expect(readFileSync(file.path, 'utf8')).toBe(LOG);
  });

  it.each([
    ['driver.log', gzipSync(LOG)],
    ['driver.log.gz', gzipSync(LOG)],
    ['driver.log.zst', zstdCompressSync(LOG)],
    ['not-packed.gz', Buffer.from(LOG)],
    ['../../etc/日志 1.log', zstdCompressSync(LOG)],
  ])('keeps %s as it is, and it is read as an attachment, whatever its name says', async (name, stored) => {
    giving(stored, 'application/octet-stream');
    const file = isFile(await fetched(name));
    expect(path.dirname(file.path)).toBe(folder);
    expect(file.told.en).toContain('2 lines');
    expect((await readText(await attachedFile(file.path, 1))).text).toBe(LOG);
  });

  it.each([
    ['application_1795259698281_0006', Buffer.from(EVENTS)],
    ['log.zst', zstdCompressSync(EVENTS)],
    ['log.lz4', lz4BlockStream(Buffer.from(EVENTS))],
    ['log.lz4.gz', gzipSync(lz4BlockStream(Buffer.from(EVENTS)))],
  ])('hands %s over as an event log', async (name, stored) => {
    giving(stored);
    const file = isFile(await fetched(name));
    expect(file.kind).toBe('event_log');
    expect(file.told.en).toContain('(application_1795259698281_0006)');
    expect(file.told.en).toContain('3 events; 2026-11-21 10:02:11 to 10:40:03 UTC');
  });

  it('knows the login page that Slack sends where the right to read is missing', async () => {
    giving('<!DOCTYPE html><html><head><title>Slack</title></head></html>', 'text/html; charset=utf-8');
    expect(await problemOf('driver.log')).toContain('files:read');
    serve = (request, response) =>
      request.url === '/login'
        ? response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
        : response.writeHead(302, { location: '/login' }).end();
    expect(await problemOf('page.html', { type: 'html' })).toContain('files:read');
  });

  it('reads a page that somebody attached', async () => {
    giving('<html><body>stack trace</body></html>', 'text/html');
    expect(isFile(await fetched('page.html', { type: 'html' })).kind).toBe('text');
  });

  it.each([
    'http://files.slack.com/x',
    'https://files.slack.com.evil.example/x',
    'https://evilslack.com/x',
    'https://files.slack.com:8443/x',
    'https://user:pass@files.slack.com/x',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'not an address',
  ])('does not ask %s', async (url) => {
    const tools = {
      token: 'xoxb-1',
      maxBytes: 100,
      signal: new AbortController().signal,
      fetch: () => Promise.reject(new Error('asked')),
    };
    const file = { id: 'F1', name: 'a.log', bytes: 1, url, type: 'text' };
    const result = await fetchFile(file, folder, { ...tools, wait: () => Promise.reject(new Error('asked')) });
    expect(result).toMatchObject({ problem: { en: expect.stringContaining('does not lie with Slack') } });
  });

  it('follows Slack only to Slack', async () => {
    serve = (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/stolen' }).end();
    expect(await problemOf('a.log')).toContain('does not lie with Slack');
    expect(asked).toHaveLength(1);
  });

  it('stops at the limit, whatever the header says', async () => {
    serve = (_request, response) => {
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(10_000), more);
      };
      more();
    };
    expect(await problemOf('endless.log', { maxBytes: 50_000 })).toContain('larger than 48.8 KiB');
    expect(await problemOf('large.log', { bytes: 2 << 20 })).toContain('larger than 1 MiB');
    expect(asked).toHaveLength(1);
  });

  it('does not unpack a bomb without end', async () => {
    giving(gzipSync(Buffer.alloc(80 << 20, 'aaaaaaa\n')));
    expect(isFile(await fetched('bomb.gz')).told.en).toContain('more than 8,3');
  });

  it.each([
    ['chart.png', 'png', '', 'a picture'],
    ['report.pdf', 'pdf', '', 'a binary file'],
    ['core', 'binary', Buffer.from([1, 0, 2, 0]), 'a binary file'],
    ['all.bin', 'binary', Buffer.from('PK\u0003\u0004rest'), 'a binary file'],
    ['empty.log', 'text', '', 'is empty'],
    ['broken.gz', 'gzip', Buffer.from([0x1f, 0x8b, 8, 0, 9]), 'nothing in it can be unpacked'],
    ['app.lz4', 'binary', lz4BlockStream(Buffer.from(LOG)), 'event logs only'],
  ])('refuses %s by name', async (name, type, content, why) => {
    giving(content);
    const problem = await problemOf(name, { type });
    expect(problem).toContain(name);
    expect(problem).toContain(why);
  });

  it('tries again through trouble, then says so; leaves nothing behind', async () => {
    let count = 0;
    serve = (_request, response) => {
      count += 1;
      if (count === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else if (count === 2) response.destroy();
      else response.end(LOG);
    };
    expect(isFile(await fetched('a.log')).told.en).toContain('2 lines');
    serve = (_request, response) => response.writeHead(503).end();
    expect(await problemOf('b.log')).toContain('several attempts');
    serve = (_request, response) => response.writeHead(404).end();
    expect(await problemOf('c.log')).toContain('not there any more');
    expect(existsSync(path.join(folder, 'F1.part'))).toBe(false);
  });

  it('shows names without what would act on a screen, and without secrets', async () => {
    giving(LOG);
    const file = isFile(await fetched('a\u202Egol.txt password=hunter22 \n.log'));
    expect(file.name).toBe('a\\u202egol.txt password=‹masked› .log');
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    serve = () => stop.abort(new Error('cancelled'));
    const file = { id: 'F1', name: 'a.log', bytes: 1, url: `${origin}/x`, type: 'text' };
    const tools = { token: 't', maxBytes: 100, signal: stop.signal, apiUrl: origin };
    await expect(fetchFile(file, folder, tools)).rejects.toThrow('cancelled');
  });
});

describe('fetchFile from the double of Slack', () => {
  it('reads what a person attached, and says so where the right to read is missing', async () => {
    const slack = await startFakeSlack();
    try {
      const user = (await slack.addUser({ name: 'ann' })).id;
      const channel = (await slack.addChannel({ name: 'help' })).id;
      await slack.say({ channel, user, text: 'why?', files: [{ name: 'driver.log', content: LOG }] });
      const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
      const { messages } = await client.conversations.history({ channel });
      const sent = messages?.[0]?.files?.[0];
      const file = { id: sent?.id ?? '', name: sent?.name ?? '', bytes: sent?.size ?? 0, type: sent?.filetype ?? '' };
      const tools = {
        token: slack.botToken,
        maxBytes: 1000,
        signal: new AbortController().signal,
        apiUrl: slack.apiUrl,
      };
      const url = sent?.url_private_download ?? '';
      expect(isFile(await fetchFile({ ...file, url }, folder, tools)).told.en).toContain('driver.log, 103 B, 2 lines');
      await slack.setScopes(['chat:write']);
      const refused = await fetchFile({ ...file, url }, folder, tools);
      expect(refused).toMatchObject({ problem: { en: expect.stringContaining('files:read') } });
    } finally {
      await slack.close();
    }
  });
});
