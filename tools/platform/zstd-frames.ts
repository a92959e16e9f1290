const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC_BASE = 0x184d2a50;
/** No honest writer makes larger frames; Spark closes one with every flush. */
const MAX_FRAME_BYTES = 64 << 20;

/**
 * Splits a zstd stream into its frames. Node's own stream decompressor stops after the first frame (nodejs/node#64741), and
 * Spark writes one frame for every flush. An incomplete last frame is left out: a running application has one.
 */
export async function* zstdFrames(stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of stored) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let at = 0;
    for (;;) {
      const length = frameLength(pending, at);
      if (length === null) break;
      if (!isSkippable(pending, at)) yield pending.subarray(at, at + length);
      at += length;
    }
    pending = pending.subarray(at);
    if (pending.length > MAX_FRAME_BYTES) throw new Error('a zstd frame is larger than 64 MiB');
  }
}

/** True when the bytes begin like a zstd stream. */
export function looksLikeZstd(head: Uint8Array): boolean {
  if (head.length < 4) return false;
  const magic = Buffer.from(head.buffer, head.byteOffset, 4).readUInt32LE(0);
  return magic === FRAME_MAGIC || magic >>> 4 === SKIPPABLE_MAGIC_BASE >>> 4;
}

function isSkippable(bytes: Buffer, at: number): boolean {
  return bytes.readUInt32LE(at) >>> 4 === SKIPPABLE_MAGIC_BASE >>> 4;
}

/** Length of the frame that begins at `at` (RFC 8878 §3.1), or null while it is not complete. */
function frameLength(bytes: Buffer, at: number): number | null {
  if (bytes.length - at < 8) return null;
  if (isSkippable(bytes, at)) {
    const length = 8 + bytes.readUInt32LE(at + 4);
    return at + length <= bytes.length ? length : null;
  }
  if (bytes.readUInt32LE(at) !== FRAME_MAGIC) throw new Error('not a zstd frame');
  const descriptor = bytes[at + 4] ?? 0;
  const singleSegment = (descriptor & 0x20) !== 0;
  const contentSizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  let next = at + 5 + (singleSegment ? 0 : 1) + dictionaryBytes + contentSizeBytes;
  for (;;) {
    if (next + 3 > bytes.length) return null;
    const header = bytes.readUIntLE(next, 3);
    const runLength = ((header >> 1) & 3) === 1;
    next += 3 + (runLength ? 1 : header >> 3);
    if ((header & 1) === 1) break;
  }
  if ((descriptor & 4) !== 0) next += 4;
  return next <= bytes.length ? next - at : null;
}
