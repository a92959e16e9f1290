import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { openChunks } from '../../platform/open-chunks.ts';
import type { PlatformFile } from '../../platform/platform.ts';

/** One stored part of an event log, wherever its bytes lie: a file, or an entry of an archive. */
export interface LogPart {
  /** The name evidence uses. */
  source: string;
  /** Last part of its name as stored: tells parts of a rolling log and whether it is in progress. */
  baseName: string;
  /** Size as stored. */
  storedBytes: number;
  /** The stored bytes from the beginning; each call begins anew. */
  open(signal?: AbortSignal): AsyncIterable<Buffer>;
  /**
   * The same faster, where it is possible: into one small buffer that is used again and again. A chunk holds only until the
   * next one is asked for.
   */
  openReused?(signal?: AbortSignal): AsyncIterable<Buffer>;
  /** Where it lies on this machine, for a part that is a file of its own. */
  realPath?: string;
}

/** A file of the platform as a part. Wrapping is not undone here: every codec is known by content later. */
export function partOfFile(file: PlatformFile): LogPart {
  const named = { source: file.source, baseName: path.posix.basename(file.path), storedBytes: file.storedBytes };
  // Of a file of another machine nothing but a stream is there: it is fetched as far as it is read.
  if (file.lazy) {
    const asStored = { ...file, wrapping: 'none' as const };
    return { ...named, open: (signal) => openChunks(asStored, signal ? { signal } : {}) };
  }
  // Every file is looked into: thousands of small ones must not cost thousands of large buffers.
  const highWaterMark = Math.min(1 << 20, Math.max(4 << 10, file.storedBytes + 1));
  return {
    ...named,
    realPath: file.realPath,
    open: (signal) => createReadStream(file.realPath, { highWaterMark, ...(signal ? { signal } : {}) }),
    openReused: (signal) => reusedChunks(file.realPath, signal),
  };
}

/** A piece of a file, `null` when it is not there (any more). */
export function readPiece(file: number, offset: number, length: number): Buffer | null {
  const buffer = Buffer.allocUnsafe(length);
  return readSync(file, buffer, 0, length, offset) === length ? buffer : null;
}

/** Small enough to stay in the processor's cache between being read and being looked at. */
const REUSED_BYTES = 256 << 10;
/** The event loop gets its turn after this many bytes. */
const TURN_BYTES = 8 << 20;

/** Read by blocking calls: a file in the page cache is read faster than a promise is kept. */
async function* reusedChunks(realPath: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const file = openSync(realPath, 'r');
  const buffer = Buffer.allocUnsafeSlow(REUSED_BYTES);
  let sinceTurn = 0;
  try {
    for (;;) {
      const bytesRead = readSync(file, buffer, 0, REUSED_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      sinceTurn += bytesRead;
      if (sinceTurn < TURN_BYTES) continue;
      sinceTurn = 0;
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    }
  } finally {
    closeSync(file);
  }
}
