import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform, PlatformFile } from '../../../tools/platform/platform.ts';
import { readLines } from './read-lines.ts';

const LARGE_BYTES = 200 << 20;
const HEAD = 'first line\n';
const SECOND = `second ${'\u00e9'.repeat(300_000)}`;

let folder: string;
let platform: Platform;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-'));
  const realPath = path.join(folder, 'large.log');
  const file = openSync(realPath, 'w');
  writeSync(file, `${HEAD}${SECOND}\nthird\n`);
  // A hole: one line of 200 MB that takes no room on the disk.
  ftruncateSync(file, LARGE_BYTES);
  closeSync(file);
  const large: PlatformFile = {
    source: 'large.log',
    realPath,
    origin: 'attachment',
    path: realPath,
    storedBytes: LARGE_BYTES,
    wrapping: 'none',
  };
  platform = { files: async () => ({ files: [large], skipped: [] }) } as unknown as Platform;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const offsetOf = { second: HEAD.length, third: HEAD.length + Buffer.byteLength(SECOND) + 1 };

describe('readLines', () => {
  it('reads a line at its offset whole, characters that lie across two reads included', async () => {
    const [text] = await readLines(platform, [
      { source: 'large.log', fromLine: 2, toLine: 2, offset: offsetOf.second },
    ]);
    expect(text).toBe(SECOND);
  });

  it('reads several lines at an offset', async () => {
    const [text] = await readLines(platform, [{ source: 'large.log', fromLine: 1, toLine: 2, offset: 0 }]);
    expect(text).toBe(HEAD + SECOND);
  });

  it('reads no more of a line without an end than a citation may have, in linear time', async () => {
    const from = offsetOf.third + 'third\n'.length;
    const before = performance.now();
    const [text] = await readLines(platform, [{ source: 'large.log', fromLine: 4, toLine: 4, offset: from }]);
    expect(text?.length).toBe(16 << 20);
    // Searched anew with each piece, as it once was, 64 MiB of the line took six seconds.
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('says null for a source that is not there', async () => {
    expect(await readLines(platform, [{ source: 'other.log', fromLine: 1, toLine: 1 }])).toEqual([null]);
  });
});
