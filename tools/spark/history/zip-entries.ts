import { createInflateRaw } from 'node:zlib';
import { decodeThroughStream } from '../../platform/decode-through-stream.ts';
import type { LogPart } from '../event-log/log-part.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const MAX_ENTRIES = 10_000;
const CHUNK = 1 << 20;

/**
 * The entries of a zip archive as parts of an event log, each unpacked as a stream when it is opened (the history server packs
 * the log's files as they are stored). Read by its directory at the end (APPNOTE 4.3); zip64 is not needed below 4 GB.
 * Damaged archives give no or fewer entries.
 */
export function zipEntries(archive: Uint8Array, source: string): LogPart[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(bytes);
  if (end < 0) return [];
  const parts: LogPart[] = [];
  let at = bytes.readUInt32LE(end + 16);
  const count = Math.min(bytes.readUInt16LE(end + 10), MAX_ENTRIES);
  for (let entry = 0; entry < count && at + 46 <= bytes.length; entry += 1) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) break;
    const method = bytes.readUInt16LE(at + 10);
    const storedBytes = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const content = contentOf(bytes, bytes.readUInt32LE(at + 42), storedBytes);
    if (content !== null && !name.endsWith('/') && (method === 0 || method === 8)) {
      parts.push(partOf(content, method, name, source));
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

function partOf(content: Buffer, method: number, name: string, source: string): LogPart {
  return {
    source: `${source}/${name}`,
    baseName: name.slice(name.lastIndexOf('/') + 1),
    storedBytes: content.length,
    open: () =>
      method === 0
        ? inChunks(content)
        : decodeThroughStream(createInflateRaw({ chunkSize: 256 << 10 }), inChunks(content), { state: 'whole' }),
  };
}

async function* inChunks(content: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += CHUNK) yield content.subarray(at, at + CHUNK);
}

/** The local header repeats the name and may have other extra fields than the directory: the content begins behind it. */
function contentOf(bytes: Buffer, header: number, length: number): Buffer | null {
  if (header + 30 > bytes.length || bytes.readUInt32LE(header) !== LOCAL_HEADER) return null;
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  return start + length <= bytes.length ? bytes.subarray(start, start + length) : null;
}

function findEnd(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - END_BYTES - 65_535);
  for (let at = bytes.length - END_BYTES; at >= lowest; at -= 1) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  return -1;
}
