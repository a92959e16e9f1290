import { type FileHandle, open } from 'node:fs/promises';
import { openChunks } from './open-chunks.ts';
import type { PlatformFile } from './platform.ts';
import { noteUnread } from './unread-files.ts';

const DEFAULT_MAX_BYTES = 8 << 20;
const UNKNOWN_SIZE_BYTES = 64 << 10;

/** The beginning of a file as text (UTF-8, bad bytes replaced), at most `maxBytes` after unwrapping. */
export async function readText(
  file: PlatformFile,
  maxBytes = DEFAULT_MAX_BYTES,
): Promise<{ text: string; truncated: boolean }> {
  const head = await readHead(file, maxBytes + 1);
  const truncated = head.length > maxBytes;
  return { text: head.subarray(0, maxBytes).toString('utf8'), truncated };
}

/**
 * The first bytes of a file after unwrapping; shorter when the file is. Empty when it cannot be unwrapped, or is gone or may not
 * be read: that is remembered (`unreadNotes`) and told in the answer.
 */
export async function readHead(file: PlatformFile, bytes: number): Promise<Buffer> {
  if (file.wrapping === 'none') {
    return await ofPlain(file, [0, bytes], (handle) => readHeadOf(handle, bytes));
  }
  const parts: Buffer[] = [];
  try {
    for await (const chunk of openChunks(file, { maxBytes: bytes })) parts.push(chunk);
  } catch (error) {
    noteUnread(file, error);
    // What could be unwrapped before the damage is the head we have.
  }
  return Buffer.concat(parts);
}

/** The last bytes of a file; for wrapped files the whole is read through with bounded memory. Empty like `readHead`. */
export async function readTail(file: PlatformFile, bytes: number): Promise<Buffer> {
  if (file.wrapping === 'none') {
    const from = Math.max(0, file.storedBytes - bytes);
    return await ofPlain(file, [from, file.storedBytes], (handle) => readTailOf(handle, bytes));
  }
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of openChunks(file)) {
      tail =
        chunk.length >= bytes ? Buffer.from(chunk.subarray(-bytes)) : Buffer.concat([tail, chunk]).subarray(-bytes);
    }
  } catch (error) {
    noteUnread(file, error);
    // What could be unwrapped before the damage is the tail we have.
  }
  return tail;
}

async function ofPlain(
  file: PlatformFile,
  [from, to]: readonly [number, number],
  read: (handle: FileHandle) => Promise<Buffer>,
): Promise<Buffer> {
  let handle: FileHandle | null = null;
  try {
    await file.lazy?.present(from, to);
    handle = await open(file.realPath, 'r');
    return await read(handle);
  } catch (error) {
    if (!noteUnread(file, error)) throw error;
    return Buffer.alloc(0);
  } finally {
    await handle?.close();
  }
}

async function readHeadOf(handle: FileHandle, bytes: number): Promise<Buffer> {
  const { size } = await handle.stat();
  // Files of /proc and /sys tell no size.
  const buffer = Buffer.allocUnsafe(Math.min(bytes, size > 0 ? size : UNKNOWN_SIZE_BYTES));
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === buffer.length) return buffer.subarray(0, filled);
  }
}

async function readTailOf(handle: FileHandle, bytes: number): Promise<Buffer> {
  const { size } = await handle.stat();
  const length = Math.min(size, bytes);
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, size - length);
  return buffer.subarray(0, bytesRead);
}
