import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maskCapture } from './mask-capture.ts';
import { privateWords } from './private-words.ts';

const PRIVATE = 'one\nspark.x.password=hunter2secret anna@corp.example.org\nthree\n';

let folder = '';
let [from, to] = ['', ''];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-mask-capture-'));
  [from, to] = [path.join(folder, 'from'), path.join(folder, 'to')];
  mkdirSync(path.join(from, 'hosts/a'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, bytes: Buffer | string) => writeFileSync(path.join(from, 'hosts/a', name), bytes);
const masked = (name: string) => readFileSync(path.join(to, 'hosts/a', name));

describe('maskCapture', () => {
  it('looks into texts, packed or not, keeps their packing and every line', async () => {
    put('plain.log', PRIVATE);
    put('packed.log.gz', gzipSync(PRIVATE));
    put('events.zstd', zstdCompressSync(PRIVATE));
    const { files, unread } = await maskCapture(from, to, privateWords([]));
    expect([files, unread]).toEqual([3, []]);
    const inner = [masked('plain.log'), gunzipSync(masked('packed.log.gz')), zstdDecompressSync(masked('events.zstd'))];
    for (const text of inner)
      expect(text.toString()).toBe('one\nspark.x.password=‹masked› someone@example.com\nthree\n');
  });

  it('keeps bytes that are no UTF-8, and what is clean byte for byte', async () => {
    const latin = Buffer.concat([Buffer.from([0xe9, 0x0a]), Buffer.from('--password hunter2secret\n')]);
    const clean = gzipSync('nothing private\n', { level: 1 });
    put('latin.log', latin);
    put('clean.log.gz', clean);
    await maskCapture(from, to, privateWords([]));
    expect(masked('latin.log')).toEqual(
      Buffer.concat([Buffer.from([0xe9, 0x0a]), Buffer.from('--password ‹masked›\n')]),
    );
    expect(masked('clean.log.gz')).toEqual(clean);
  });

  it('says what it did not look into, and follows no link', async () => {
    put('events.lz4', 'LZ4Block');
    put('zone', Buffer.from([0x54, 0x5a, 0x00, 0x01]));
    writeFileSync(path.join(folder, 'elsewhere'), 'secret');
    symlinkSync(path.join(folder, 'elsewhere'), path.join(from, 'hosts/a/link'));
    const { files, unread } = await maskCapture(from, to, privateWords([]));
    expect([files, unread.sort()]).toEqual([2, ['hosts/a/events.lz4', 'hosts/a/zone']]);
  });

  it('refuses names that hold a secret, or that become one', async () => {
    put('password=hunter2secret.log', 'x');
    await expect(maskCapture(from, to, privateWords([]))).rejects.toThrow('a secret in its name');
    rmSync(path.join(from, 'hosts/a/password=hunter2secret.log'));
    put('anna.log', 'x');
    put('bert.log', 'x');
    await expect(maskCapture(from, to, privateWords(['anna', 'bert']))).rejects.toThrow('somebody.log');
  });
});
