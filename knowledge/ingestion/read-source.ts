import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { DocumentLimits } from '../documents/limits.ts';
import { readDocument } from '../documents/read-document.ts';
import type { Chunk } from './chunk.ts';
import { chunkDocument } from './chunk-document.ts';
import { type IndexedColumns, withIndexedColumns } from './indexed-columns.ts';

/** One document to read, as it is handed to a reader; plain data, since it crosses to another thread. */
export interface ReadOrder {
  file: string;
  /** Path inside the collection. */
  path: string;
  documentId: string;
  collection: string;
  /** The commit whose content the file has, if any. */
  commit: string | null;
  url: string;
  audience: readonly string[];
  limits: DocumentLimits;
  /** SHA-256 of the content that the index has; the same again is not read. */
  knownHash: string | null;
  /** Digest of what else the rows depend on; only handed through. */
  settings: string;
}

/** A row of the index but for its vector. */
export type ChunkRow = Chunk & IndexedColumns;

/** What became of a document: read, not read because its content is known, or not readable. */
export type ReadSource = { hash: string } & (
  | { outcome: 'read'; rows: ChunkRow[]; notes: string[] }
  | { outcome: 'known' }
  | { outcome: 'failed'; reason: string }
);

/** Reads one document and cuts it into rows. */
export async function readSource(order: ReadOrder): Promise<ReadSource> {
  const { limits } = order;
  let bytes: Uint8Array;
  try {
    bytes = await bytesOf(order.file, limits.fileBytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { hash: '', outcome: 'failed', reason: `the file cannot be read (${code})` };
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash === order.knownHash) return { hash, outcome: 'known' };
  const { document, failed } = await readDocument(bytes, order.path, limits, order.audience);
  if (failed !== undefined) return { hash, outcome: 'failed', reason: failed };
  const name = order.path.slice(order.path.lastIndexOf('/') + 1);
  const chunks = await chunkDocument(document, {
    documentId: order.documentId,
    collection: order.collection,
    runbook: name.slice(0, name.lastIndexOf('.')),
    version: order.commit ?? `sha256:${hash.slice(0, 12)}`,
    url: order.url,
  });
  if (chunks.length === 0) return { hash, outcome: 'failed', reason: 'holds no text' };
  return {
    hash,
    outcome: 'read',
    rows: withIndexedColumns(chunks),
    notes: [...document.notes],
  };
}

/** A file's content, at most one byte more than the limit, whatever it grows to meanwhile. */
async function bytesOf(file: string, most: number): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, most) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } finally {
    await handle.close();
  }
}
