import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { looksLikeZstd, zstdFrames } from './zstd-frames.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size = 1000): Promise<string> {
  const parts: Buffer[] = [];
  for await (const frame of zstdFrames(inPieces(bytes, size))) parts.push(zstdDecompressSync(frame));
  return Buffer.concat(parts).toString();
}

describe('zstdFrames', () => {
  const texts = ['first frame '.repeat(5000), 'x', 'third '.repeat(40_000)];
  const stream = Buffer.concat(texts.map((text) => zstdCompressSync(text)));

  it('gives every frame, however the bytes arrive', async () => {
    for (const size of [1, 7, 100, 1 << 20]) expect(await read(stream, size)).toBe(texts.join(''));
  });

  it('leaves out an incomplete last frame: a running application has one', async () => {
    expect(await read(stream.subarray(0, stream.length - 3))).toBe(texts.slice(0, 2).join(''));
  });

  it('skips skippable frames', async () => {
    const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('abc')]);
    expect(await read(Buffer.concat([skippable, stream]))).toBe(texts.join(''));
  });

  it('refuses what is no zstd', async () => {
    await expect(read(Buffer.from('this is plain text, not zstd at all'))).rejects.toThrow('not a zstd frame');
    expect(looksLikeZstd(Buffer.from('{"Event"'))).toBe(false);
    expect(looksLikeZstd(stream)).toBe(true);
  });
});
