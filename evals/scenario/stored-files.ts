import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeZstdFrames } from '../../tools/platform/decode-zstd-frames.ts';

/** One file of a capture as it is stored. */
export interface StoredFile {
  /** Relative to the capture, with the suffix of its wrapping. */
  name: string;
  /** As evidence names it: without that suffix. */
  source: string;
  storedBytes: number;
  /** What is in it; of a file that an engine packed itself (`.zstd`) too: lines are counted there (DESIGN §5). */
  read(): Promise<Buffer>;
}

/** Every file of a capture, found without the product: what checks scenarios must not depend on what they check. */
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

async function unwrapped(name: string, stored: Buffer): Promise<Buffer> {
  if (name.endsWith('.gz')) return gunzipSync(stored);
  if (!/\.zstd?$/.test(name)) return stored;
  // Engines write frame after frame, of which zlib's own function reads the first.
  const parts: Buffer[] = [];
  for await (const part of decodeZstdFrames(only(stored), { state: 'whole' })) parts.push(part);
  return Buffer.concat(parts);
}

async function* only(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}
