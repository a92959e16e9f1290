import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeZstdFrames } from './decode-zstd-frames.ts';
import type { DecodingEnd } from './decoding.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Buffer,
  size = 1000,
): Promise<{ text: string; state: DecodingEnd['state']; largest: number }> {
  const parts: Buffer[] = [];
  const end: DecodingEnd = { state: 'whole' };
  for await (const chunk of decodeZstdFrames(inPieces(bytes, size), end)) parts.push(chunk);
  const largest = Math.max(0, ...parts.map(({ length }) => length));
  return { text: Buffer.concat(parts).toString(), state: end.state, largest };
}

describe('decodeZstdFrames', () => {
  const texts = ['first frame '.repeat(5000), 'x', 'third '.repeat(40_000)];
  const stream = Buffer.concat(texts.map((text) => zstdCompressSync(text)));

  it('gives every frame, however the bytes arrive', async () => {
    for (const size of [1, 7, 100, 1 << 20]) {
      expect(await read(stream, size)).toMatchObject({ text: texts.join(''), state: 'whole' });
    }
  });

  it('calls an incomplete last frame cut and gives what stands before it: a running application has one', async () => {
    const { text, state } = await read(stream.subarray(0, stream.length - 3));
    expect(text.startsWith(texts.slice(0, 2).join(''))).toBe(true);
    expect(texts.join('').startsWith(text)).toBe(true);
    expect(state).toBe('cut');
  });

  it('skips skippable frames', async () => {
    const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('abc')]);
    expect(await read(Buffer.concat([skippable, stream]))).toMatchObject({ text: texts.join(''), state: 'whole' });
  });

  it('calls damaged what is no zstd, and gives the frames before it', async () => {
    const plain = Buffer.from('this is plain text, not zstd at all');
    expect(await read(plain)).toMatchObject({ text: '', state: 'damaged' });
    expect(await read(Buffer.concat([stream, plain]))).toMatchObject({ text: texts.join(''), state: 'damaged' });
  });

  it('gives a frame that holds very much in pieces, never at once', async () => {
    const { text, state, largest } = await read(zstdCompressSync(Buffer.alloc(80 << 20, 'a')));
    expect([text.length, state]).toEqual([80 << 20, 'whole']);
    expect(largest).toBeLessThanOrEqual(32 << 20);
  });
});
