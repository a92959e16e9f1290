import { createZstdDecompress, zstdDecompressSync } from 'node:zlib';
import { chunkDecoder } from './chunk-decoder.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { decodeThroughStream } from './decode-through-stream.ts';
import type { DecodingEnd } from './decoding.ts';

const FRAME_MAGIC = 0xfd2fb528;
/** A frame of at most this many stored bytes is gathered and decoded in one call; a larger one is streamed. */
const WHOLE_FRAME_BYTES = 1 << 20;
/** What one call may give out; a frame that holds more is streamed instead. */
const WHOLE_FRAME_OUTPUT = 32 << 20;

/**
 * zstd with any number of frames. Spark closes a frame with every flush, and Node's own stream stops after the first frame
 * (nodejs/node#64741), so the frames are walked here (RFC 8878 §3.1: magic, header, block headers, optional checksum). An
 * incomplete last frame gives out its complete blocks and ends the stream as `cut`.
 */
export const decodeZstdFrames = chunkDecoder(framesOf);

async function* framesOf(reader: ChunkReader, end: DecodingEnd): AsyncGenerator<Buffer> {
  while (end.state === 'whole') {
    const head = await reader.peek(5);
    if (head.length === 0) return;
    if (head.length < 5) return cut(end);
    const magic = head.readUInt32LE(0);
    if (magic >>> 4 === 0x184d2a5) {
      if (!(await skipFrame(reader))) return cut(end);
    } else if (magic === FRAME_MAGIC) yield* decodeFrame(reader, end);
    else end.state = 'damaged';
  }
}

function cut(end: DecodingEnd): void {
  end.state = 'cut';
}

async function skipFrame(reader: ChunkReader): Promise<boolean> {
  const head = await reader.take(8);
  let left = head === null ? -1 : head.readUInt32LE(4);
  while (left > 0) {
    const skipped = await reader.some(left);
    if (skipped === null) return false;
    left -= skipped.length;
  }
  return left === 0;
}

async function* decodeFrame(reader: ChunkReader, end: DecodingEnd): AsyncGenerator<Buffer> {
  const walked = { complete: false };
  const parts = partsOfFrame(reader, walked);
  const gathered: Buffer[] = [];
  let length = 0;
  while (length <= WHOLE_FRAME_BYTES) {
    const { value, done } = await parts.next();
    if (done) break;
    gathered.push(value);
    length += value.length;
  }
  if (walked.complete) {
    const whole = decodeWhole(Buffer.concat(gathered, length));
    if (whole !== null) {
      yield whole;
      return;
    }
  }
  async function* all() {
    yield* gathered;
    yield* parts;
  }
  yield* decodeThroughStream(createZstdDecompress({ chunkSize: 256 << 10 }), all(), end);
  if (!walked.complete && end.state === 'whole') cut(end);
}

/** `null` when the frame is damaged or too large for one call: the stream then gives out what there is. */
function decodeWhole(frame: Buffer): Buffer | null {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: WHOLE_FRAME_OUTPUT });
  } catch {
    return null;
  }
}

/** The bytes of one frame, header and blocks apart; `walked.complete` when its end was reached. */
async function* partsOfFrame(reader: ChunkReader, walked: { complete: boolean }): AsyncGenerator<Buffer> {
  const descriptor = (await reader.peek(5))[4] ?? 0;
  const singleSegment = (descriptor & 0x20) !== 0;
  const contentSizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const header = await reader.take(5 + (singleSegment ? 0 : 1) + dictionaryBytes + contentSizeBytes);
  if (header === null) return;
  yield header;
  for (;;) {
    const block = await reader.take(3);
    if (block === null) return;
    const described = block.readUIntLE(0, 3);
    const type = (described >> 1) & 3;
    const content = await reader.take(type === 1 ? 1 : described >> 3);
    if (content === null) return;
    yield block;
    if (content.length > 0) yield content;
    if ((described & 1) === 1) break;
  }
  if ((descriptor & 4) !== 0) {
    const checksum = await reader.take(4);
    if (checksum === null) return;
    yield checksum;
  }
  walked.complete = true;
}
