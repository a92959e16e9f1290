import { chunkDecoder } from '../../platform/chunk-decoder.ts';
import type { ChunkReader } from '../../platform/chunk-reader.ts';
import type { DecodingEnd } from '../../platform/decoding.ts';
import { copyEarlier } from './decode-lz4-block.ts';

/**
 * The chunks of ning's compress-lzf (`LZFOutputStream`, Spark's `lzf`): `ZV`, a type, the stored length (2 bytes big endian),
 * for type 1 the decoded length (2 bytes big endian), then the bytes; type 0 is stored as it is.
 */
export const decodeLzf = chunkDecoder(blocksOf);

async function* blocksOf(reader: ChunkReader, end: DecodingEnd): AsyncGenerator<Buffer> {
  for (;;) {
    const rest = await reader.peek(1);
    if (rest.length === 0) return;
    const header = await reader.take(5);
    if (header === null) {
      end.state = 'cut';
      return;
    }
    const type = header[2];
    if (header.toString('latin1', 0, 2) !== 'ZV' || (type !== 0 && type !== 1)) {
      end.state = 'damaged';
      return;
    }
    const decodedLength = type === 1 ? ((await reader.take(2))?.readUInt16BE(0) ?? null) : 0;
    const stored = decodedLength === null ? null : await reader.take(header.readUInt16BE(3));
    if (stored === null || decodedLength === null) {
      end.state = 'cut';
      return;
    }
    const block = type === 0 ? stored : decodeBlock(stored, decodedLength);
    if (block === null) {
      end.state = 'damaged';
      return;
    }
    yield block;
  }
}

/** One LZF block: runs of literals (control < 32) and copies of earlier output. `null` when it is broken. */
function decodeBlock(stored: Buffer, length: number): Buffer | null {
  const output = Buffer.allocUnsafe(length);
  let from = 0;
  let to = 0;
  while (from < stored.length) {
    const control = stored[from] ?? 0;
    from += 1;
    if (control < 32) {
      const count = control + 1;
      if (from + count > stored.length || to + count > length) return null;
      stored.copy(output, to, from, from + count);
      from += count;
      to += count;
      continue;
    }
    let count = control >> 5;
    if (count === 7) {
      count += stored[from] ?? 0;
      from += 1;
    }
    count += 2;
    const distance = (((control & 0x1f) << 8) | (stored[from] ?? 0)) + 1;
    from += 1;
    if (distance > to || to + count > length) return null;
    copyEarlier(output, to, distance, count);
    to += count;
  }
  return to === length ? output : null;
}
