import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openChunks } from './open-chunks.ts';
import type { PlatformFile } from './platform.ts';
import { UnpackLimitError, unpackLimit, unpackLimitNote } from './unpack-limit.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('unpackLimit', () => {
  it('lets what packs as logs do through whole, some GiB of it too', () => {
    expect(unpackLimit(100).maxBytes).toBe(256 * MIB);
    expect(unpackLimit(160 * MIB)).toEqual({ maxBytes: 16_000 * MIB, limit: 'ratio' });
    // 6 GiB that pack 60 to 1.
    expect(unpackLimit((6 * GIB) / 60).maxBytes).toBeGreaterThan(6 * GIB);
  });

  it('stops at a size whatever the ratio', () => {
    expect(unpackLimit(GIB)).toEqual({ maxBytes: 16 * GIB, limit: 'size' });
  });

  it('says what was read, with the same figures in both languages', () => {
    const ratio = unpackLimitNote({ maxBytes: 256 * MIB, limit: 'ratio' }, 'event-log:1');
    expect(ratio.en).toBe(
      'event-log:1 unpacks to more than 100 times its size, which no log does; the first 256 MiB were read, the rest was not',
    );
    expect(ratio.zh).toBe('event-log:1 解压后超过原大小的 100 倍，正常日志不会如此；只读取了前 256 MiB，其余未读取');
    expect(unpackLimitNote(unpackLimit(GIB), 'it').en).toMatch(/^it unpacks to more than 16 GiB; /);
  });
});

describe('openChunks on a packed file that is a trap', () => {
  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('%s: gives out as much as may be, then says why it stops', async (wrapping, pack) => {
    const member = pack(Buffer.alloc(64 * MIB, 'nothing new\n'));
    const stored = Buffer.concat(Array.from({ length: 5 }, () => member));
    const realPath = path.join(folder, `trap.${wrapping}`);
    writeFileSync(realPath, stored);
    const file: PlatformFile = {
      source: 'attach:1',
      realPath,
      origin: 'attachment',
      path: realPath,
      storedBytes: stored.length,
      wrapping,
    };
    let given = 0;
    const read = async () => {
      for await (const chunk of openChunks(file)) given += chunk.length;
    };
    await expect(read()).rejects.toThrow(UnpackLimitError);
    expect(given).toBe(256 * MIB);
  });
});
