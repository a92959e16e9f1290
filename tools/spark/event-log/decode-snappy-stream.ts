import { uncompress } from 'snappyjs';
import { chunkDecoder } from '../../platform/chunk-decoder.ts';
import type { ChunkReader } from '../../platform/chunk-reader.ts';
import { type DecodingEnd, MAX_BLOCK_BYTES } from '../../platform/decoding.ts';

const MAGIC = Buffer.from([0x82, ...Buffer.from('SNAPPY'), 0x00]);
const HEADER_BYTES = 16;

/**
 * The stream of snappy-java (`SnappyOutputStream`, the xerial format, Spark's `snappy`): a header of magic and two versions,
 * then blocks, each with its stored length as 4 bytes big endian. A header may appear again where streams were joined.
 */
export const decodeSnappyStream = chunkDecoder(blocksOf);

async function* blocksOf(reader: ChunkReader, end: DecodingEnd): AsyncGenerator<Buffer> {
  for (;;) {
    const head = await reader.peek(MAGIC.length);
    if (head.length === 0) return;
    if (head.equals(MAGIC)) {
      if ((await reader.take(HEADER_BYTES)) === null) {
        end.state = 'cut';
        return;
      }
      continue;
    }
    const length = (await reader.take(4))?.readUInt32BE(0) ?? null;
    const stored = length === null || length > MAX_BLOCK_BYTES ? null : await reader.take(length);
    if (stored === null) {
      end.state = length !== null && length > MAX_BLOCK_BYTES ? 'damaged' : 'cut';
      return;
    }
    const block = decodeBlock(stored);
    if (block === null) {
      end.state = 'damaged';
      return;
    }
    yield block;
  }
}

function decodeBlock(stored: Buffer): Buffer | null {
  try {
    return Buffer.from(uncompress(stored, MAX_BLOCK_BYTES));
  } catch {
    return null;
  }
}
