import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';

/** One file of a capture as it is stored. */
export interface StoredFile {
  /** Relative to the capture, with the suffix of its wrapping. */
  name: string;
  /** As evidence names it: without that suffix. */
  source: string;
  storedBytes: number;
  /** Unwrapped. */
  read(): Buffer;
}

/** Every file of a capture, read without the product: what checks scenarios must not depend on what they check. */
export function storedFiles(capture: string): StoredFile[] {
  return readdirSync(capture, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(capture, file);
      const stored = readFileSync(file);
      return {
        name,
        source: name.replace(/\.(?:gz|zst)$/, ''),
        storedBytes: stored.length,
        read: () => unwrapped(name, stored),
      };
    });
}

function unwrapped(name: string, stored: Buffer): Buffer {
  if (name.endsWith('.gz')) return gunzipSync(stored);
  if (name.endsWith('.zst')) return zstdDecompressSync(stored);
  return stored;
}
