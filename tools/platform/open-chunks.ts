import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { decodeZstdFrames } from './decode-zstd-frames.ts';
import type { DecodingEnd } from './decoding.ts';
import type { LazyContent } from './lazy-content.ts';
import type { PlatformFile } from './platform.ts';
import { UnpackLimitError, unpackLimit } from './unpack-limit.ts';

export interface OpenOptions {
  signal?: AbortSignal;
  /** Stop after this many decompressed bytes; the reader notices by the byte count. */
  maxBytes?: number;
  /** First byte to read; honoured for files that are not wrapped. */
  start?: number;
}

const CHUNK_BYTES = 1 << 20;
const SMALLEST_CHUNK_BYTES = 4 << 10;
/** Of a file of another machine the beginning is fetched alone: most readers look there and go. */
const FIRST_FETCH_BYTES = 256 << 10;
const MOST_FETCH_BYTES = 8 << 20;

/**
 * The content of a file in chunks, with the capture's own wrapping (`.gz`, `.zst`) undone. A codec the writer itself used
 * (a compressed event log) is not touched. A damaged end of a wrapped file ends the stream with an error after what was readable has
 * been given out, and so does one that unpacks beyond all measure.
 *
 * @throws UnpackLimitError when a wrapped file unpacks to too much, an error of the codec when it is damaged
 */
export async function* openChunks(file: PlatformFile, options: OpenOptions = {}): AsyncGenerator<Buffer> {
  let left = options.maxBytes ?? Number.POSITIVE_INFINITY;
  let given = 0;
  const most = unpackLimit(file.storedBytes);
  const chunks = await unwrapped(file, options);
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    if (file.wrapping !== 'none' && given + chunk.length > most.maxBytes) {
      yield chunk.subarray(0, Math.min(most.maxBytes - given, left));
      throw new UnpackLimitError(most);
    }
    given += chunk.length;
    if (chunk.length >= left) {
      yield chunk.subarray(0, left);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

async function unwrapped(file: PlatformFile, options: OpenOptions): Promise<AsyncIterable<Buffer>> {
  // A packed file is read through in any case.
  if (file.wrapping !== 'none') await file.lazy?.present(0, file.storedBytes);
  else if (file.lazy) return lazyChunks(file, file.lazy, options.start ?? 0);
  const plain = createReadStream(file.realPath, {
    // Thousands of small files must not cost thousands of large buffers.
    highWaterMark: Math.min(CHUNK_BYTES, Math.max(SMALLEST_CHUNK_BYTES, file.storedBytes + 1)),
    ...(file.wrapping === 'none' && options.start !== undefined ? { start: options.start } : {}),
  });
  if (file.wrapping === 'zstd') return zstdChunks(plain);
  if (file.wrapping === 'gzip') {
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
    plain.on('error', (error) => gunzip.destroy(error));
    return plain.pipe(gunzip);
  }
  return plain;
}

/** A file of another machine, fetched as far as it is read. */
async function* lazyChunks(file: PlatformFile, lazy: LazyContent, start: number): AsyncGenerator<Buffer> {
  for (let at = start, ahead = FIRST_FETCH_BYTES; at < file.storedBytes; ahead = MOST_FETCH_BYTES) {
    const end = Math.min(file.storedBytes, at + ahead);
    await lazy.present(at, end);
    yield* createReadStream(file.realPath, { start: at, end: end - 1, highWaterMark: CHUNK_BYTES });
    at = end;
  }
}

/** Bytes that end in the middle of a frame are what a writer still at work leaves: no error. */
async function* zstdChunks(stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const end: DecodingEnd = { state: 'whole' };
  yield* decodeZstdFrames(stored, end);
  if (end.state === 'damaged') throw new Error('the zstd frames are damaged');
}
