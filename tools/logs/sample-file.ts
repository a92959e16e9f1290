import { open } from 'node:fs/promises';
import type { PlatformFile } from '../platform/platform.ts';
import { readHead, readTail } from '../platform/read-text.ts';

/** The beginning and, where it is not in the beginning already, the end of a file. */
export interface FileSample {
  head: Buffer;
  /** Empty when `head` is the whole file. */
  tail: Buffer;
}

/** Reads both ends of a file; a plain file is opened once, for there may be ten thousand of them. */
export async function sampleFile(file: PlatformFile, headBytes: number, tailBytes: number): Promise<FileSample> {
  if (file.wrapping !== 'none') {
    const head = await readHead(file, headBytes);
    const isWhole = head.length < headBytes;
    // The end of a packed file costs unpacking all of it.
    return { head, tail: isWhole || tailBytes === 0 ? Buffer.alloc(0) : await readTail(file, tailBytes) };
  }
  await Promise.all([
    file.lazy?.present(0, headBytes),
    tailBytes > 0 ? file.lazy?.present(Math.max(headBytes, file.storedBytes - tailBytes), file.storedBytes) : undefined,
  ]);
  const handle = await open(file.realPath, 'r');
  try {
    const { size } = await handle.stat();
    const head = await readAt(handle, 0, Math.min(size, headBytes));
    const from = Math.max(headBytes, size - tailBytes);
    return { head, tail: size <= headBytes ? Buffer.alloc(0) : await readAt(handle, from, size - from) };
  } finally {
    await handle.close();
  }
}

async function readAt(handle: Awaited<ReturnType<typeof open>>, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = length === 0 ? { bytesRead: 0 } : await handle.read(buffer, 0, length, from);
  return buffer.subarray(0, bytesRead);
}
