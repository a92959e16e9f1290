import { availableParallelism } from 'node:os';
import type { Connection } from '@lancedb/lancedb';
import { buildGeneration } from './build-generation.ts';
import { documentReaders } from './document-readers.ts';
import { connectIndex, isFolder, tableOrNull } from './index-location.ts';
import { DEFAULT_GRACE_MS, DEFAULT_WAIT_MS, type IndexOptions } from './index-options.ts';
import { readPointer, tableNames, writePointer } from './index-pointer.ts';
import type { IndexReport } from './index-report.ts';
import { INDEX_SCHEMA_VERSION } from './index-schema.ts';
import { type KnownFile, planUpdate, readFiles, type UpdatePlan } from './plan-update.ts';
import { replaceDocuments } from './replace-documents.ts';
import type { Generation, WriteResult } from './write-work.ts';
import { takeWriterLock } from './writer-lock.ts';

/** Threads that read documents: the parsers keep one core each. */
const MOST_READERS = 4;
/** More changed documents than this are built beside the index: one commit has to hold them all in memory. */
const MOST_IN_ONE_COMMIT = 1_000;

/** Age at which a build on an object store that never became the index is taken for given up. */
const ORPHAN_MS = 24 * 3_600_000;

/**
 * Brings an index up to date with its collections. Unchanged files cost a look at their state. What changed is replaced in
 * one commit, so that a reader sees either all of the old or all of the new; a first build, or one for another model of
 * embeddings, is made beside and becomes the index by one commit. However a run ends, the index is as before or as after.
 *
 * @throws IndexBusyError when another process writes it, EmbeddingError when vectors cannot be had; both leave it as it is
 */
export async function updateIndex(options: IndexOptions): Promise<IndexReport> {
  const startedAt = performance.now();
  const { location, waitMs = DEFAULT_WAIT_MS, graceMs = DEFAULT_GRACE_MS, signal } = options;
  const lock = await takeWriterLock(location.uri, waitMs, signal);
  const readers = documentReaders(Math.max(1, Math.min(MOST_READERS, availableParallelism())));
  let db: Connection | null = null;
  try {
    db = await connectIndex(location);
    const now = await openGeneration(db, location);
    const known = now === null ? new Map<string, KnownFile>() : await readFiles(now.files);
    let why = reasonToRebuild(now, options);
    let plan = await planUpdate(options, known, why !== null);
    if (why === null && plan.toRead.length > MOST_IN_ONE_COMMIT && plan.toRead.length > plan.unchanged.length) {
      why = 'many';
      plan = await planUpdate(options, known, true);
    }
    const work = { options, db, plan, known, readers };
    const done = why === null && now !== null ? await replaceDocuments(now, work) : await buildGeneration(now, work);
    await dropRetired(db, location, graceMs);
    const { documents, chunks, embedded } = done;
    const durationMs = performance.now() - startedAt;
    return { ...told(plan, known, done), documents, chunks, embedded, rebuilt: why, durationMs };
  } finally {
    await readers.close();
    db?.close();
    lock.release();
  }
}

function told(
  plan: UpdatePlan,
  known: ReadonlyMap<string, KnownFile>,
  done: WriteResult,
): Pick<IndexReport, 'added' | 'changed' | 'deleted' | 'unchanged' | 'failed' | 'notes' | 'problems'> {
  const failed = new Set(done.failed.map(({ documentId }) => documentId));
  const read = plan.toRead.filter(({ documentId }) => !failed.has(documentId));
  const added = read.filter(({ documentId }) => (known.get(documentId)?.chunks ?? 0) === 0).length;
  return {
    added,
    changed: read.length - added - done.same,
    deleted: plan.gone.length,
    unchanged: plan.unchanged.filter((file) => file.failed === '').length + plan.untouched.length + done.same,
    failed: done.failed,
    notes: [...plan.notes, ...done.notes],
    problems: plan.problems,
  };
}

function reasonToRebuild(now: Generation | null, { rebuild, embedder = null }: IndexOptions): IndexReport['rebuilt'] {
  if (now === null) return 'first';
  if (rebuild) return 'asked';
  if (now.pointer.schemaVersion !== INDEX_SCHEMA_VERSION) return 'version';
  const before = now.pointer.embedding;
  if ((before?.model ?? null) !== (embedder?.model ?? null)) return 'embeddings';
  const { dimension = null } = embedder ?? {};
  return before !== null && dimension !== null && dimension !== before.dimension ? 'embeddings' : null;
}

async function openGeneration(db: Connection, location: IndexOptions['location']): Promise<Generation | null> {
  const pointer = await readPointer(db, location);
  if (pointer === null) return null;
  const names = tableNames(pointer.generation);
  const chunks = await tableOrNull(db, location, names.chunks);
  const terms = await tableOrNull(db, location, names.terms);
  const files = await tableOrNull(db, location, names.files);
  return chunks && terms && files ? { pointer, chunks, terms, files } : null;
}

/**
 * Drops tables that nobody reads: those replaced longer ago than the grace, and those of builds that never became the index
 * (their writer was killed, and the lock says that no other is at work).
 */
async function dropRetired(db: Connection, location: IndexOptions['location'], graceMs: number): Promise<void> {
  const pointer = await readPointer(db, location);
  if (pointer === null) return;
  const kept = pointer.retired.filter(({ atMs }) => Date.now() - atMs < graceMs);
  const held = new Set([pointer, ...kept].flatMap(({ generation }) => Object.values(tableNames(generation))));
  for (const name of await db.tableNames()) {
    const [, madeAt] = /^(?:chunks|terms|files)_([0-9a-z]+)/.exec(name) ?? [];
    if (madeAt === undefined || held.has(name)) continue;
    // On an object store another machine may be building: the lock is of this one.
    if (isFolder(location) || Date.now() - Number.parseInt(madeAt, 36) > ORPHAN_MS) await db.dropTable(name);
  }
  if (kept.length < pointer.retired.length) await writePointer(db, location, { ...pointer, retired: kept });
}
