import { EmbeddingError } from '../embeddings/embedder.ts';
import { embedRows, type VectorRow } from './embed-rows.ts';
import { DEFAULT_GRACE_MS } from './index-options.ts';
import type { KnownFile } from './plan-update.ts';
import { readAll } from './read-all.ts';
import type { ChunkRow } from './read-source.ts';
import { sqlText } from './sql-text.ts';
import { countAll, countTerms, mergeTerms, readTerms, type TermCounts, writeTerms } from './term-counts.ts';
import type { Generation, WriteResult, WriteWork } from './write-work.ts';

/**
 * Replaces what changed in the index, in one commit of the chunks; the counts of terms and the states of files follow. Killed
 * in between, the next run finds the files' old states, reads the same documents and writes the same rows again.
 */
export async function replaceDocuments(now: Generation, work: WriteWork): Promise<WriteResult> {
  const { options, plan } = work;
  const result: WriteResult = { failed: [], notes: [], same: 0, documents: 0, chunks: 0, embedded: 0 };
  for (const file of plan.unchanged)
    if (file.failed !== '') result.failed.push({ documentId: file.documentId, text: file.failed });
  const rows: ChunkRow[] = [];
  const states: KnownFile[] = [];
  const replaced = plan.gone.map(({ documentId }) => documentId);
  for await (const { file, read, state } of readAll(work, false)) {
    const { documentId } = file;
    states.push(state);
    if (read.outcome === 'failed') result.failed.push({ documentId, text: read.reason });
    else if (read.outcome === 'known') result.same += 1;
    else {
      rows.push(...read.rows);
      replaced.push(documentId);
      result.notes.push(...read.notes.map((text) => ({ documentId, text })));
    }
  }
  if (replaced.length > 0) {
    const old = now.pointer.embedding === null ? null : now.chunks;
    const { rows: full, embedded } = await embedRows(rows, options.embedder ?? null, old, options.signal);
    checkDimension(full, now);
    result.embedded = embedded;
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: 'writing', done: 0, total: full.length });
    await replaceRows(now, full, replaced, options.graceMs ?? DEFAULT_GRACE_MS);
    options.onProgress?.({ phase: 'writing', done: full.length, total: full.length });
  }
  if (states.length > 0 || plan.gone.length > 0) await rememberFiles(now, states, plan.gone);
  const read = new Map(states.map((state) => [state.documentId, state]));
  const kept = [...plan.unchanged, ...plan.untouched, ...read.values()];
  result.documents = kept.filter(({ chunks }) => chunks > 0).length;
  result.chunks = await now.chunks.countRows();
  return result;
}

async function replaceRows(
  { chunks, terms }: Generation,
  rows: readonly VectorRow[],
  documentIds: readonly string[],
  graceMs: number,
): Promise<void> {
  const where = `documentId IN (${documentIds.map(sqlText).join(', ')})`;
  const stored = await readTerms(terms);
  const isCounted = stored.version === (await chunks.version());
  const delta: TermCounts = isCounted ? await countAll(chunks, where, -1) : new Map();
  await chunks
    .mergeInsert('id')
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .whenNotMatchedBySourceDelete({ where })
    .execute([...rows] as unknown as Record<string, unknown>[]);
  await chunks.optimize({ cleanupOlderThan: new Date(Date.now() - graceMs) });
  const version = await chunks.version();
  if (isCounted) {
    for (const row of rows) countTerms(delta, row);
    const changed: TermCounts = new Map();
    for (const [term, by] of delta) if (by !== 0) changed.set(term, (stored.counts.get(term) ?? 0) + by);
    await mergeTerms(terms, changed, version);
  } else await writeTerms(terms, await countAll(chunks), version);
  await terms.optimize({ cleanupOlderThan: new Date(Date.now() - graceMs) });
}

async function rememberFiles(
  { files }: Generation,
  states: readonly KnownFile[],
  gone: readonly KnownFile[],
): Promise<void> {
  const merge = files.mergeInsert('documentId').whenMatchedUpdateAll().whenNotMatchedInsertAll();
  const where = `documentId IN (${gone.map(({ documentId }) => sqlText(documentId)).join(', ')})`;
  await (gone.length > 0 ? merge.whenNotMatchedBySourceDelete({ where }) : merge).execute(
    states.map((state) => ({ ...state })),
  );
  await files.optimize({ cleanupOlderThan: new Date() });
}

/** LanceDB cuts a longer vector and fills up a shorter one without a word. */
function checkDimension(rows: readonly VectorRow[], { pointer }: Generation): void {
  const { embedding } = pointer;
  if (embedding === null) return;
  const other = rows.find(({ vector }) => vector?.length !== embedding.dimension);
  if (other)
    throw new EmbeddingError(
      `the embedding server gives vectors of ${other.vector?.length ?? 0} numbers, the index has ${embedding.dimension}: build it anew`,
    );
}
