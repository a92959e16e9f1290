import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Smaller files gain nothing: a block of the disk is larger. */
const PACK_FROM_BYTES = 1024;
/** What is packed already: by the capture (`.gz`, `.zst`) or by the engine that wrote it. */
const PACKED = /\.(?:gz|zst|zstd|lz4|snappy|lzf|zip)$/;
/** Read by every tool that looks into a capture: stays readable without unpacking. */
const INDEX = path.join('http', 'index.tsv');

/** What was copied. */
export interface PackedCapture {
  files: number;
  /** Bytes as written. */
  bytes: number;
}

/**
 * Copies a capture, its larger files as `.gz`: evidence names a file without that suffix, so nothing that cites it changes. The same
 * bytes give the same file, whenever it is packed.
 */
export function packCapture(from: string, to: string): PackedCapture {
  const packed: PackedCapture = { files: 0, bytes: 0 };
  const entries = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(from, file);
    const bytes = readFileSync(file);
    const plain = bytes.length < PACK_FROM_BYTES || PACKED.test(name) || name === INDEX;
    const target = path.join(to, plain ? name : `${name}.gz`);
    const written = plain ? bytes : gzipSync(bytes, { level: 9 });
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, written);
    packed.files += 1;
    packed.bytes += written.length;
  }
  return packed;
}
