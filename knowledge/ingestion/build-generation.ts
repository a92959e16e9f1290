import { randomBytes } from 'node:crypto';
import type { Connection, Table } from '@lancedb/lancedb';
import type { Embedder } from '../embeddings/embedder.ts';
import { EmbeddingError } from '../embeddings/embedder.ts';
import { rowsOfDocuments } from './copy-rows.ts';
import { embedRows } from './embed-rows.ts';
import { readPointer, tableNames, writePointer } from './index-pointer.ts';
import { chunkSchema, createChunkIndexes, FILES_SCHEMA, INDEX_SCHEMA_VERSION, TERMS_SCHEMA } from './index-schema.ts';
import type { KnownFile } from './plan-update.ts';
import { readAll } from './read-all.ts';
import type { ChunkRow } from './read-source.ts';
import { countTerms, type TermCounts, writeTerms } from './term-counts.ts';
import type { Generation, WriteResult, WriteWork } from './write-work.ts';
import { IndexBusyError } from './writer-lock.ts';

/** Rows that are written at once. */
const BATCH = 2_000;

/**
 * Builds a whole index beside the old one and makes it the index by one commit at the end. Documents that cannot be read, or
 * whose folder cannot be looked at, are taken over from the old index as they are.
 */
export async function buildGeneration(old: Generation | null, work: WriteWork): Promise<WriteResult> {
  const { options, db, plan, known } = work;
  const { location, embedder = null, signal, onProgress } = options;
  const generation = `${Date.now().toString(36)}${randomBytes(3).toString('hex')}`;
  const names = tableNames(generation);
  const result: WriteResult = { failed: [], notes: [], same: 0, documents: 0, chunks: 0, embedded: 0 };
  const states: KnownFile[] = [];
  const takenOver: KnownFile[] = [];
  const rows = rowWriter(db, names.chunks, embedder, reusable(old, embedder), signal);
  for await (const { file, read, state } of readAll(work, true)) {
    const { documentId } = file;
    states.push(state);
    if (read.outcome === 'read') {
      if (known.get(documentId)?.hash === read.hash) result.same += 1;
      result.notes.push(...read.notes.map((text) => ({ documentId, text })));
      await rows.add(read.rows);
    } else if (read.outcome === 'failed') {
      result.failed.push({ documentId, text: read.reason });
      if (state.chunks > 0) takenOver.push(state);
    }
  }
  states.push(...plan.untouched);
  takenOver.push(...plan.untouched.filter(({ chunks }) => chunks > 0));
  if (old !== null)
    for await (const copied of rowsOfDocuments(
      old.chunks,
      takenOver.map(({ documentId }) => documentId),
    ))
      await rows.add(copied);
  const { table, counts, dimension, embedded, chunks } = await rows.end();
  onProgress?.({ phase: 'writing', done: 0, total: chunks });
  // The batches become one piece before they are indexed: a search then opens one file instead of many.
  await table.optimize();
  await createChunkIndexes(table);
  const terms = await db.createEmptyTable(names.terms, TERMS_SCHEMA);
  await writeTerms(terms, counts, await table.version());
  const files = await db.createEmptyTable(names.files, FILES_SCHEMA);
  if (states.length > 0) await files.add(states.map((state) => ({ ...state })));
  signal?.throwIfAborted();
  const before = await readPointer(db, location);
  if ((before?.generation ?? null) !== (old?.pointer.generation ?? null) && old !== null)
    throw new IndexBusyError('another process built the index meanwhile');
  await writePointer(db, location, {
    generation,
    schemaVersion: INDEX_SCHEMA_VERSION,
    embedding: embedder === null ? null : { model: embedder.model, dimension },
    retired: before === null ? [] : [...before.retired, { generation: before.generation, atMs: Date.now() }],
  });
  onProgress?.({ phase: 'writing', done: chunks, total: chunks });
  for (const made of [table, terms, files]) made.close();
  return {
    ...result,
    embedded,
    chunks,
    documents: states.filter((state) => state.chunks > 0).length,
  };
}

/** The old table, when its vectors are of the same model. */
function reusable(old: Generation | null, embedder: Embedder | null): Table | null {
  const before = old?.pointer.embedding ?? null;
  if (old === null || before === null || embedder === null || before.model !== embedder.model) return null;
  return embedder.dimension === null || embedder.dimension === before.dimension ? old.chunks : null;
}

interface RowWriter {
  add(rows: readonly ChunkRow[]): Promise<void>;
  /** Writes the rest. The table is there even when no row came. */
  end(): Promise<{ table: Table; counts: TermCounts; dimension: number; embedded: number; chunks: number }>;
}

/** Writes rows in batches into a table that is made with the first, since only its vectors tell their length. */
function rowWriter(
  db: Connection,
  name: string,
  embedder: Embedder | null,
  old: Table | null,
  signal: AbortSignal | undefined,
): RowWriter {
  const counts: TermCounts = new Map();
  let waiting: ChunkRow[] = [];
  let table: Table | null = null;
  let dimension = embedder?.dimension ?? 0;
  let embedded = 0;
  let chunks = 0;
  const made = async () => {
    table ??= await db.createEmptyTable(name, chunkSchema(embedder === null ? null : dimension));
    return table;
  };
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    const full = await embedRows(batch, embedder, old, signal);
    if (embedder !== null && dimension === 0) dimension = full.rows[0]?.vector?.length ?? 0;
    if (embedder !== null && full.rows.some(({ vector }) => vector?.length !== dimension))
      throw new EmbeddingError('the embedding server gives vectors of different lengths');
    embedded += full.embedded;
    chunks += batch.length;
    for (const row of batch) countTerms(counts, row);
    await (await made()).add(full.rows as unknown as Record<string, unknown>[]);
  };
  return {
    async add(rows) {
      waiting.push(...rows);
      if (waiting.length >= BATCH) await flush();
    },
    async end() {
      if (waiting.length > 0) await flush();
      if (embedder !== null && dimension === 0) dimension = (await embedder.embed(['length'], signal))[0]?.length ?? 0;
      return { table: await made(), counts, dimension, embedded, chunks };
    },
  };
}
