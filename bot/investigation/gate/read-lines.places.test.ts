import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform, PlatformFile } from '../../../tools/platform/platform.ts';
import { readLines } from './read-lines.ts';

const TEXT = 'first\nsecond\nthird, 三\nlast without an end';
let folder = '';
let platform: Platform;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'read-lines-'));
  await writeFile(path.join(folder, 'plain.log'), TEXT);
  await writeFile(path.join(folder, 'packed.log.gz'), gzipSync(TEXT));
  await writeFile(path.join(folder, 'cut.log.gz'), gzipSync(`${TEXT}\n`.repeat(5_000)).subarray(0, 100));
  const files = [
    file('plain.log', 'plain.log', 'none'),
    file('packed.log', 'packed.log.gz', 'gzip'),
    file('cut.log', 'cut.log.gz', 'gzip'),
    file('gone.log', 'not-there.log', 'none'),
  ];
  platform = {
    files: async () => ({ files, skipped: [] }),
    recorded: async (service: string) =>
      service === 'yarn-rm' ? [{ source: 'http/yarn-rm/a.json', body: '{\n "x": 1\n}' }] : [],
  } as unknown as Platform;
});

afterAll(async () => await rm(folder, { recursive: true, force: true }));

function file(source: string, name: string, wrapping: PlatformFile['wrapping']): PlatformFile {
  return { source, realPath: path.join(folder, name), origin: 'hdfs', path: `/${source}`, storedBytes: 100, wrapping };
}

const read = async (source: string, fromLine: number, toLine: number) =>
  (await readLines(platform, [{ source, fromLine, toLine }]))[0];

describe('places read again', () => {
  it.each(['plain.log', 'packed.log'])('are the lines named of %s, no more and no fewer', async (source) => {
    expect(await read(source, 1, 1)).toBe('first');
    expect(await read(source, 2, 3)).toBe('second\nthird, 三');
    expect(await read(source, 4, 4)).toBe('last without an end');
  });

  it('are null for lines behind the end, and for sources that are not there', async () => {
    expect(await read('plain.log', 5, 6)).toBeNull();
    expect(await read('plain.log.gz', 1, 1)).toBeNull();
    expect(await read('gone.log', 1, 1)).toBeNull();
    expect(await read('../plain.log', 1, 1)).toBeNull();
    expect(await read('', 1, 1)).toBeNull();
  });

  it('are lines of an answer too', async () => {
    expect(await read('http/yarn-rm/a.json', 2, 2)).toBe(' "x": 1');
    expect(await read('http/yarn-rm/a.json', 4, 4)).toBeNull();
    expect(await read('http/yarn-rm/b.json', 1, 1)).toBeNull();
    expect(await read('http/other/a.json', 1, 1)).toBeNull();
  });

  it('are what a damaged file still holds, and null behind it', async () => {
    expect(await read('cut.log', 1, 1)).toBe('first');
    expect(await read('cut.log', 19_999, 19_999)).toBeNull();
  });

  it('are answered in their order, whatever their sources', async () => {
    expect(
      await readLines(platform, [
        { source: 'plain.log', fromLine: 3, toLine: 3 },
        { source: 'nowhere', fromLine: 1, toLine: 1 },
        { source: 'plain.log', fromLine: 1, toLine: 2 },
      ]),
    ).toEqual(['third, 三', null, 'first\nsecond']);
  });
});
