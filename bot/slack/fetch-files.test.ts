import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncomingFile } from '../cases/inbox/incoming.ts';
import { filesFetcher } from './fetch-files.ts';
import { type FileRoom, openFileRoom } from './files/file-room.ts';

// The beginning of a driver's log as Spark 3.5 writes it with its default layout, shortened by hand.
const LOG = '26/11/21 10:02:11 INFO SparkContext: Running Spark version 3.5.1\n26/11/21 10:40:03 ERROR Executor: OOM\n';

const asked: (string | undefined)[] = [];
const server = createServer((request, response) => {
  asked.push(request.headers.authorization);
  response.writeHead(200, { 'content-type': 'text/plain' }).end(LOG);
});
const folder = mkdtempSync(path.join(tmpdir(), 'fetch-files-'));
let room: FileRoom;
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  room = await openFileRoom(folder);
});
afterAll(async () => {
  await room.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  rmSync(folder, { recursive: true });
});

const fileOf = (at: number, more: Partial<IncomingFile> = {}): IncomingFile => ({
  id: `F000000${at}`,
  name: `driver-${at}.log`,
  bytes: LOG.length,
  url: `${origin}/files-pri/T1-F${at}/driver.log`,
  type: 'text',
  ...more,
});
const fetched = (files: readonly IncomingFile[], signal = new AbortController().signal) =>
  filesFetcher(room, { token: 'xoxb-1', maxBytes: 1 << 20, apiUrl: `${origin}/api/` })('k1', files, signal);
/** Folders of questions that are open in the room. */
const open = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /question-\w+$/.test(name));

describe('files of a message', () => {
  it('are fetched with the token of the bot, one note each, and taken away when asked', async () => {
    const { files, notes, remove } = await fetched([fileOf(1), fileOf(2)]);
    expect(files.map(({ kind, name }) => [kind, name])).toEqual([
      ['text', 'driver-1.log'],
      ['text', 'driver-2.log'],
    ]);
    expect(files.map((file) => readFileSync(file.path, 'utf8'))).toEqual([LOG, LOG]);
    expect(new Set(files.map((file) => file.path)).size).toBe(2);
    expect(notes).toHaveLength(2);
    expect(asked).toEqual(['Bearer xoxb-1', 'Bearer xoxb-1']);
    expect(open()).toHaveLength(1);
    await remove();
    expect(open()).toEqual([]);
  });

  it('that cannot be read are told, the others are read all the same', async () => {
    const { files, notes, remove } = await fetched([fileOf(1, { name: 'screen.png', type: 'png' }), fileOf(2)]);
    expect(files.map(({ name }) => name)).toEqual(['driver-2.log']);
    expect(notes.map(({ en }) => en)).toEqual([
      expect.stringContaining('screen.png was not read: it is a picture'),
      expect.stringContaining('driver-2.log'),
    ]);
    await remove();
  });

  it('beyond ten are not fetched, and that is told in both languages', async () => {
    const before = asked.length;
    const { files, notes, remove } = await fetched(Array.from({ length: 12 }, (_, at) => fileOf(at)));
    expect([files.length, asked.length - before]).toEqual([10, 10]);
    expect(notes.at(-1)).toEqual({
      en: expect.stringContaining('12 came') as string,
      zh: expect.stringContaining('共 12 个文件') as string,
    });
    await remove();
  });

  it('leave nothing behind when the question is taken back meanwhile', async () => {
    await expect(fetched([fileOf(1)], AbortSignal.abort(new Error('taken back')))).rejects.toThrow();
    expect(open()).toEqual([]);
  });

  it('that are none open no folder', async () => {
    const before = asked.length;
    const { files, notes, remove } = await fetched([]);
    expect([files, notes, asked.length - before, open()]).toEqual([[], [], 0, []]);
    await remove();
  });
});
