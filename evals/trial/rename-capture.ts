import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { decodeZstdFrames } from '../../tools/platform/decode-zstd-frames.ts';
import { type Renaming, renamingOf } from './renaming.ts';

/** A renamed copy of a capture in a temporary folder. */
export interface RenamedCapture {
  folder: string;
  /** Gives any other text about the capture its new names. */
  rename(text: string): string;
  remove(): void;
}

/**
 * Copies a capture (a folder with `capture/` inside, or the capture itself) with other applications, hosts, users, queues, paths and times, all consistent, decided by the seed. The
 * platform's own words (classes, messages, file names that the kernel fixes) stay. Codecs are undone and done again.
 *
 * @param saidOfIt questions and truth: jobs that only they name are renamed as well
 */
export async function renameCapture(of: string, saidOfIt: string, seed: number): Promise<RenamedCapture> {
  const inner = path.join(of, 'capture');
  const source = existsSync(inner) ? inner : of;
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const contents = new Map<string, { text: string; codec: Codec }>();
  for (const entry of files) {
    const file = path.join(entry.parentPath, entry.name);
    contents.set(path.relative(source, file), await decode(readFileSync(file)));
  }
  const hosts = existsSync(path.join(source, 'hosts')) ? readdirSync(path.join(source, 'hosts')) : [];
  const renaming = renamingOf({
    seed,
    hosts,
    question: saidOfIt,
    texts: [...contents.values()].map(({ text }) => text),
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-renamed-'));
  for (const [name, { text, codec }] of contents) {
    const target = path.join(folder, renamePath(name, renaming));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, encode(codec === 'binary' ? text : renaming.text(text), codec));
  }
  return {
    folder,
    rename: (text) => Buffer.from(renaming.text(Buffer.from(text).toString('latin1')), 'latin1').toString('utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function renamePath(name: string, renaming: Renaming): string {
  return renaming.text(`/${name}`).slice(1);
}

/** First bytes of a zstd frame (RFC 8878 §3.1.1). */
const ZSTD_MAGIC = 0xfd2fb528;

type Codec = 'none' | 'gzip' | 'zstd' | 'binary';

/** Contents as Latin-1, which keeps every byte. */
async function decode(bytes: Buffer): Promise<{ text: string; codec: Codec }> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { text: gunzipSync(bytes).toString('latin1'), codec: 'gzip' };
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === ZSTD_MAGIC) {
    const parts: Buffer[] = [];
    for await (const part of decodeZstdFrames(chunksOf(bytes), { state: 'whole' })) parts.push(part);
    return { text: Buffer.concat(parts).toString('latin1'), codec: 'zstd' };
  }
  return { text: bytes.toString('latin1'), codec: bytes.subarray(0, 4096).includes(0) ? 'binary' : 'none' };
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function encode(text: string, codec: Codec): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  if (codec === 'gzip') return gzipSync(bytes, { level: 1 });
  if (codec === 'zstd') return zstdCompressSync(bytes);
  return bytes;
}
