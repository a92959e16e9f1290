import { isUtf8 } from 'node:buffer';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { UsageError } from '../../bot/terminal/terminal-io.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { decodeZstdFrames } from '../../tools/platform/decode-zstd-frames.ts';
import type { PrivateWords } from './private-words.ts';

/** The folder of all scenarios stays under 60 MB: a capture that is larger than this was not made for one. */
const MAX_BYTES = 200 << 20;
const MAX_UNPACKED_BYTES = 1 << 30;
/** First bytes of a zstd frame (RFC 8878 §3.1.1). */
const ZSTD_MAGIC = 0xfd2fb528;

/** Files of a copy that were not looked into. */
export interface MaskedCapture {
  files: number;
  /** Names of files that are no text, or are packed in a way that this does not undo: a person has to look. */
  unread: string[];
}

/** Where the files of a capture lie: the folder itself, or `capture/` in it. */
export function captureIn(folder: string): string {
  const inner = path.join(folder, 'capture');
  return existsSync(inner) ? inner : folder;
}

/**
 * Copies a capture with what is private taken out of its texts and of the names of its files. Each line stays in its place; links to
 * elsewhere are left behind.
 *
 * @throws UsageError when it is too large, a name holds a secret, or two files would have one name
 */
export async function maskCapture(from: string, to: string, words: PrivateWords): Promise<MaskedCapture> {
  const masked: MaskedCapture = { files: 0, unread: [] };
  const entries = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  let bytes = 0;
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const stored = readFileSync(file);
    bytes += stored.length;
    if (bytes > MAX_BYTES) throw new UsageError(`${from} holds more than ${MAX_BYTES >> 20} MB: keep what decides`);
    const name = words.cleanName(path.relative(from, file));
    // Other files name it: it cannot be exchanged for something else in one place.
    if (name.split(path.sep).some((part) => maskSecrets(part) !== part))
      throw new UsageError(`a file of ${from} has a secret in its name: call it otherwise`);
    const target = path.join(to, name);
    if (existsSync(target)) throw new UsageError(`two files of the capture would be called ${name}`);
    mkdirSync(path.dirname(target), { recursive: true });
    const written = await maskStored(name, stored, words);
    if (written === null) masked.unread.push(name);
    writeFileSync(target, written ?? stored);
    masked.files += 1;
  }
  return masked;
}

/** The file's bytes, masked and packed as before; null: no text that could be read. */
async function maskStored(name: string, stored: Buffer, words: PrivateWords): Promise<Buffer | null> {
  if (/\.(?:lz4|snappy|lzf|zip)$/.test(name)) return null;
  const isGzip = stored[0] === 0x1f && stored[1] === 0x8b;
  const isZstd = stored.length >= 4 && stored.readUInt32LE(0) === ZSTD_MAGIC;
  const inner = isGzip
    ? gunzipSync(stored, { maxOutputLength: MAX_UNPACKED_BYTES })
    : isZstd
      ? await unzstd(stored)
      : stored;
  if (inner.subarray(0, 4096).includes(0)) return null;
  const masked = maskBytes(inner, words);
  if (masked.equals(inner)) return stored;
  return isGzip ? gzipSync(masked, { level: 9 }) : isZstd ? zstdCompressSync(masked) : masked;
}

/** Bytes that are no UTF-8 stay as they are. */
function maskBytes(bytes: Buffer, words: PrivateWords): Buffer {
  if (isUtf8(bytes)) return Buffer.from(words.clean(bytes.toString('utf8')));
  const masked = words.clean(bytes.toString('latin1'));
  return Buffer.from(
    masked.replace(/[^\u0000-\u00ff]/g, (sign) => Buffer.from(sign).toString('latin1')),
    'latin1',
  );
}

async function unzstd(bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of decodeZstdFrames(only(bytes), { state: 'whole' })) parts.push(part);
  return Buffer.concat(parts);
}

async function* only(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}
