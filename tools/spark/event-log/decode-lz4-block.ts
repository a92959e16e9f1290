import { chunkDecoder } from '../../platform/chunk-decoder.ts';
import type { ChunkReader } from '../../platform/chunk-reader.ts';
import { type DecodingEnd, MAX_BLOCK_BYTES } from '../../platform/decoding.ts';

const HEADER_BYTES = 21;
const METHOD_RAW = 0x10;
const METHOD_LZ4 = 0x20;

/**
 * The block stream of lz4-java (`LZ4BlockOutputStream`, Spark's `lz4`): not the LZ4 frame format. Each block: the words
 * `LZ4Block`, a token (method and level), stored length, decoded length, checksum (little endian, 4 bytes each). A block
 * of decoded length 0 ends one stream; another may follow. The checksum (xxHash32) is not verified: the JSON behind it is.
 */
export const decodeLz4Block = chunkDecoder(blocksOf);

async function* blocksOf(reader: ChunkReader, end: DecodingEnd): AsyncGenerator<Buffer> {
  for (;;) {
    const rest = await reader.peek(1);
    if (rest.length === 0) return;
    const header = await reader.take(HEADER_BYTES);
    if (header === null) {
      end.state = 'cut';
      return;
    }
    const method = (header[8] ?? 0) & 0xf0;
    const storedLength = header.readUInt32LE(9);
    const length = header.readUInt32LE(13);
    const known = header.toString('latin1', 0, 8) === 'LZ4Block' && (method === METHOD_RAW || method === METHOD_LZ4);
    if (!known || storedLength > MAX_BLOCK_BYTES || length > MAX_BLOCK_BYTES) {
      end.state = 'damaged';
      return;
    }
    const stored = await reader.take(storedLength);
    if (stored === null) {
      end.state = 'cut';
      return;
    }
    if (length === 0) continue;
    const block = method === METHOD_RAW ? stored : decodeBlock(stored, length);
    if (block === null || block.length !== length) {
      end.state = 'damaged';
      return;
    }
    yield block;
  }
}

/** One LZ4 block (lz4_Block_format.md): sequences of literals and a copy of earlier output. `null` when it is broken. */
function decodeBlock(stored: Buffer, length: number): Buffer | null {
  const output = Buffer.allocUnsafe(length);
  let from = 0;
  let to = 0;
  while (from < stored.length) {
    const token = stored[from] ?? 0;
    from += 1;
    let literals = token >> 4;
    if (literals === 15) {
      let more = 255;
      while (more === 255 && from < stored.length) {
        more = stored[from] ?? 0;
        from += 1;
        literals += more;
      }
    }
    if (from + literals > stored.length || to + literals > length) return null;
    stored.copy(output, to, from, from + literals);
    from += literals;
    to += literals;
    if (from >= stored.length) break;
    const distance = (stored[from] ?? 0) | ((stored[from + 1] ?? 0) << 8);
    from += 2;
    let copied = (token & 15) + 4;
    if ((token & 15) === 15) {
      let more = 255;
      while (more === 255 && from < stored.length) {
        more = stored[from] ?? 0;
        from += 1;
        copied += more;
      }
    }
    if (distance === 0 || distance > to || to + copied > length) return null;
    copyEarlier(output, to, distance, copied);
    to += copied;
  }
  return to === length ? output : null;
}

/** Copies `count` bytes that lie `distance` back; the two may overlap, which repeats them. */
export function copyEarlier(output: Buffer, to: number, distance: number, count: number): void {
  if (distance >= count) {
    output.copyWithin(to, to - distance, to - distance + count);
    return;
  }
  for (let at = to; at < to + count; at += 1) output[at] = output[at - distance] ?? 0;
}
