import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { openChunks } from './open-chunks.ts';
import type { PlatformFile } from './platform.ts';

/** How a file may be stored in a capture (DESIGN §9): as it is, or wrapped. */
const STORED: readonly (readonly [suffix: string, wrapping: PlatformFile['wrapping']])[] = [
  ['', 'none'],
  ['.gz', 'gzip'],
  ['.zst', 'zstd'],
];

/**
 * A file of a capture whole, its wrapping undone.
 *
 * @param name relative to the capture's root, without the suffix of its wrapping
 * @returns null when there is no such file, `too_large` when it holds more than `maxBytes`
 * @throws when it cannot be read, or a link leads out of the capture
 */
export async function readWhole(base: string, name: string, maxBytes: number): Promise<Buffer | 'too_large' | null> {
  for (const [suffix, wrapping] of STORED) {
    const named = path.join(base, name + suffix);
    const info = await stat(named).catch(() => null);
    if (!info?.isFile()) continue;
    const realPath = await realpath(named);
    if (!realPath.startsWith((await realpath(base)) + path.sep)) throw new Error(`${name} leads out of the capture`);
    const file: PlatformFile = {
      source: name,
      realPath,
      origin: 'user',
      path: name,
      storedBytes: info.size,
      wrapping,
    };
    return await contentOf(file, maxBytes);
  }
  return null;
}

async function contentOf(file: PlatformFile, maxBytes: number): Promise<Buffer | 'too_large'> {
  if (file.wrapping === 'none' && file.storedBytes > maxBytes) return 'too_large';
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of openChunks(file, { maxBytes: maxBytes + 1 })) {
    parts.push(chunk);
    bytes += chunk.length;
  }
  return bytes > maxBytes ? 'too_large' : Buffer.concat(parts, bytes);
}
