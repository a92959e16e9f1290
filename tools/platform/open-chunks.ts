import { createReadStream } from 'node:fs';
import { createGunzip, zstdDecompressSync } from 'node:zlib';
import type { PlatformFile } from './platform.ts';
import { zstdFrames } from './zstd-frames.ts';

export interface OpenOptions {
  signal?: AbortSignal;
  /** Stop after this many decompressed bytes; the reader notices by the byte count. */
  maxBytes?: number;
  /** First byte to read; honoured for files that are not wrapped. */
  start?: number;
}

const CHUNK_BYTES = 1 << 20;

/**
 * The content of a file in chunks, with the capture's own wrapping (`.gz`, `.zst`) undone. A codec the writer itself used
 * (a compressed event log) is not touched. A damaged end of a wrapped file ends the stream with an error after what was
 * readable has been given out.
 */
export async function* openChunks(file: PlatformFile, options: OpenOptions = {}): AsyncGenerator<Buffer> {
  let left = options.maxBytes ?? Number.POSITIVE_INFINITY;
  const chunks = await unwrapped(file, options);
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    if (chunk.length >= left) {
      yield chunk.subarray(0, left);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

async function unwrapped(file: PlatformFile, options: OpenOptions): Promise<AsyncIterable<Buffer>> {
  const plain = createReadStream(file.realPath, {
    highWaterMark: CHUNK_BYTES,
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

async function* zstdChunks(stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const frame of zstdFrames(stored)) yield zstdDecompressSync(frame, { maxOutputLength: 1 << 30 });
}
