import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
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
   * The same faster, where it is possible: the next chunk is read while one is worked on, into one of two buffers used in
   * turn. A chunk holds only until the next one is asked for.
   */
  openReused?(signal?: AbortSignal): AsyncIterable<Buffer>;
  /** Where it lies on this machine, for a part that is a file of its own. */
  realPath?: string;
  /** Stored bytes at a place, `null` when they are not there (any more). Absent where only reading through is possible. */
  readAt?(offset: number, length: number): Promise<Buffer | null>;
}

/** A file of the platform as a part. Wrapping is not undone here: every codec is known by content later. */
export function partOfFile(file: PlatformFile): LogPart {
  return {
    source: file.source,
    baseName: path.posix.basename(file.path),
    storedBytes: file.storedBytes,
    realPath: file.realPath,
    open: (signal) => createReadStream(file.realPath, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) }),
    openReused: (signal) => reusedChunks(file.realPath, signal),
    readAt: async (offset, length) => await readAt(file.realPath, offset, length),
  };
}

async function readAt(realPath: string, offset: number, length: number): Promise<Buffer | null> {
  const handle = await open(realPath, 'r');
  try {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await handle.read(buffer, 0, length, offset);
    return bytesRead === length ? buffer : null;
  } finally {
    await handle.close();
  }
}

const REUSED_BYTES = 2 << 20;

async function* reusedChunks(realPath: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const handle = await open(realPath, 'r');
  let [now, other] = [Buffer.allocUnsafeSlow(REUSED_BYTES), Buffer.allocUnsafeSlow(REUSED_BYTES)];
  let reading = handle.read(now, 0, REUSED_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      signal?.throwIfAborted();
      const chunk = now.subarray(0, bytesRead);
      [now, other] = [other, now];
      reading = handle.read(now, 0, REUSED_BYTES);
      yield chunk;
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}
