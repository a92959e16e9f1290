import { open } from 'node:fs/promises';
import { openChunks } from './open-chunks.ts';
import type { PlatformFile } from './platform.ts';

const DEFAULT_MAX_BYTES = 8 << 20;

/** The beginning of a file as text (UTF-8, bad bytes replaced), at most `maxBytes` after unwrapping. */
export async function readText(
  file: PlatformFile,
  maxBytes = DEFAULT_MAX_BYTES,
): Promise<{ text: string; truncated: boolean }> {
  const head = await readHead(file, maxBytes + 1);
  const truncated = head.length > maxBytes;
  return { text: head.subarray(0, maxBytes).toString('utf8'), truncated };
}

/** The first bytes of a file after unwrapping; shorter when the file is, empty when it cannot be unwrapped at all. */
export async function readHead(file: PlatformFile, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const chunk of openChunks(file, { maxBytes: bytes })) parts.push(chunk);
  } catch (error) {
    if (file.wrapping === 'none') throw error;
  }
  return Buffer.concat(parts);
}

/** The last bytes of a file; for wrapped files the whole is read through with bounded memory. */
export async function readTail(file: PlatformFile, bytes: number): Promise<Buffer> {
  if (file.wrapping === 'none') return tailOfPlain(file, bytes);
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of openChunks(file)) {
      tail =
        chunk.length >= bytes ? Buffer.from(chunk.subarray(-bytes)) : Buffer.concat([tail, chunk]).subarray(-bytes);
    }
  } catch {
    // What could be unwrapped before the damage is the tail we have.
  }
  return tail;
}

async function tailOfPlain(file: PlatformFile, bytes: number): Promise<Buffer> {
  const handle = await open(file.realPath, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, bytes);
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
