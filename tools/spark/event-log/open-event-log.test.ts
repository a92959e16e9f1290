import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { lz4BlockStream, lzfStream, snappyStream } from '../fixtures/encode-blocks.ts';
import { tinyLog } from '../fixtures/tiny-log.ts';
import { detectCodec } from './detect-codec.ts';
import type { LogPart } from './log-part.ts';
import { openEventLog } from './open-event-log.ts';

const text = Buffer.from(`${tinyLog(400).join('\n')}\n`);

/** Stored bytes given out in pieces, so that every boundary of a format falls into the middle of a piece somewhere. */
function partOf(stored: Buffer, piece = stored.length): LogPart {
  return {
    source: 'x',
    baseName: 'x',
    storedBytes: stored.length,
    async *open() {
      for (let at = 0; at < stored.length; at += piece) yield stored.subarray(at, at + piece);
    },
  };
}

async function opened(stored: Buffer, piece?: number) {
  const log = await openEventLog(partOf(stored, piece));
  const chunks: Buffer[] = [];
  for await (const chunk of log.chunks) chunks.push(Buffer.from(chunk));
  return { content: Buffer.concat(chunks), codecs: log.codecs, end: log.end() };
}

function framesOf(content: Buffer, bytes: number): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at < content.length; at += bytes) frames.push(zstdCompressSync(content.subarray(at, at + bytes)));
  return Buffer.concat(frames);
}

const skippable = Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('abc')]);

const PACKED: readonly (readonly [string, string, Buffer])[] = [
  ['nothing', '', text],
  ['gzip', 'gzip', gzipSync(text)],
  [
    'gzip of several members',
    'gzip',
    Buffer.concat([gzipSync(text.subarray(0, 5_000)), gzipSync(text.subarray(5_000))]),
  ],
  ['zstd in one frame', 'zstd', zstdCompressSync(text)],
  ['zstd with a frame for each flush', 'zstd', framesOf(text, 3_000)],
  ['zstd with a skippable frame in front', 'zstd', Buffer.concat([skippable, framesOf(text, 50_000)])],
  ['lz4 blocks', 'lz4_block', lz4BlockStream(text)],
  [
    'lz4 blocks stored raw, and two streams joined',
    'lz4_block',
    Buffer.concat([lz4BlockStream(text.subarray(0, 70_000), { raw: true }), lz4BlockStream(text.subarray(70_000))]),
  ],
  ['lz4 blocks without an end (still open)', 'lz4_block', lz4BlockStream(text, { end: false })],
  ['snappy', 'snappy_xerial', snappyStream(text)],
  [
    'snappy streams joined',
    'snappy_xerial',
    Buffer.concat([snappyStream(text.subarray(0, 999)), snappyStream(text.subarray(999))]),
  ],
  ['lzf', 'lzf', lzfStream(text)],
  ['lzf stored raw', 'lzf', lzfStream(text, { raw: true })],
  ['zstd inside a gzip', 'gzip,zstd', gzipSync(framesOf(text, 9_000))],
];

describe('openEventLog', () => {
  it.each(PACKED)('undoes %s, known by content', async (_, codecs, stored) => {
    for (const piece of [stored.length, 65_536, 997]) {
      const { content, codecs: found, end } = await opened(stored, piece);
      expect(content.equals(text)).toBe(true);
      expect(found.join()).toBe(codecs);
      expect(end).toBe('whole');
    }
  });

  it.each(PACKED.filter(([, codec]) => codec !== ''))(
    'gives what is whole of %s that was cut anywhere, never wrong bytes',
    async (_, __, stored) => {
      let most = 0;
      for (let step = 1; step <= 40; step += 1) {
        const cut = Math.max(9, Math.floor((stored.length * step) / 41));
        const { content, end } = await opened(stored.subarray(0, cut));
        expect(text.subarray(0, content.length).equals(content)).toBe(true);
        if (content.length < text.length) expect(['cut', 'damaged', 'whole']).toContain(end);
        most = Math.max(most, content.length);
      }
      expect(most).toBeGreaterThan(text.length / 2);
    },
  );

  it.each(PACKED.filter(([, codec]) => codec !== ''))(
    'ends quietly on %s with damaged bytes',
    async (_, __, stored) => {
      const random = lcg(7);
      for (let round = 0; round < 30; round += 1) {
        const damaged = Buffer.from(stored);
        for (let hit = 0; hit < 5; hit += 1) damaged[40 + random(damaged.length - 40)] = random(256);
        const { content } = await opened(damaged, 4_096);
        expect(content.length).toBeLessThan(text.length * 20);
      }
    },
  );

  it('reads all frames where Node alone stops after the first', async () => {
    const stored = framesOf(text, 1_000);
    const { content } = await opened(stored);
    expect(content.length).toBe(text.length);
  });

  it('stops at a bomb', async () => {
    const line = gzipSync(Buffer.alloc(8 << 20, 'a'));
    const bomb = gzipSync(Buffer.concat(Array.from({ length: 100 }, () => line)), { level: 9 });
    const log = await openEventLog(partOf(bomb));
    let given = 0;
    for await (const chunk of log.chunks) given += chunk.length;
    expect(log.codecs).toEqual(['gzip', 'gzip']);
    expect(log.end()).toEqual({ maxBytes: 256 << 20, limit: 'ratio' });
    expect(given).toBeLessThanOrEqual(256 << 20);
  }, 60_000);

  it('closes what it opened when the reader stops early', async () => {
    for (const [, , stored] of PACKED) {
      let closed = false;
      const part: LogPart = {
        ...partOf(stored),
        async *open() {
          try {
            for (let at = 0; at < stored.length; at += 100) yield stored.subarray(at, at + 100);
          } finally {
            closed = true;
          }
        },
      };
      const log = await openEventLog(part);
      for await (const chunk of log.chunks) if (chunk.length > 0) break;
      await log.close();
      expect(closed).toBe(true);
    }
  });
});

describe('detectCodec', () => {
  it('takes JSON and short heads for plain text', () => {
    expect(detectCodec(Buffer.from('{"Event":"SparkListenerLogStart"}'))).toBe('none');
    expect(detectCodec(Buffer.from([0x1f]))).toBe('none');
    expect(detectCodec(Buffer.alloc(0))).toBe('none');
    expect(detectCodec(Buffer.from('ZV7'))).toBe('none');
  });
});

/** A small random generator, so that a failure can be seen again. */
function lcg(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}
