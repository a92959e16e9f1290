import { realpath } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { BUILT_IN } from './collection.ts';
import { sourceChecker } from './dead-links.ts';
import { type DocumentReaders, documentReaders } from './document-readers.ts';
import { connectIndex, NoIndexError, tableOrNull } from './index-location.ts';
import type { IndexOptions } from './index-options.ts';
import { readPointer, tableNames } from './index-pointer.ts';
import type { DocumentNote } from './index-report.ts';
import { INDEX_SCHEMA_VERSION } from './index-schema.ts';
import { type KnownFile, planUpdate, readFiles } from './plan-update.ts';
import { readAll } from './read-all.ts';

/** What a check of the collections found; nothing is written. */
export interface DocumentCheck {
  documents: number;
  /** What has to be put right: unreadable files, wrong front matter, unknown codes, dead links, a stale index. */
  problems: readonly DocumentNote[];
  /** What is worth a look, such as hidden text or pages without text. */
  notes: readonly DocumentNote[];
  durationMs: number;
}

/** Reads every document of the team as indexing would and holds the index against it. Without an index that is a note, no problem. */
export async function checkDocuments(options: IndexOptions): Promise<DocumentCheck> {
  const startedAt = performance.now();
  const stored = await knownFiles(options);
  const known = stored ?? new Map<string, KnownFile>();
  const ofTeam = new Map([...known].filter(([, { collection }]) => collection !== BUILT_IN));
  const plan = await planUpdate({ ...options, builtIn: false }, ofTeam, true);
  const problems: DocumentNote[] = plan.problems.map((text) => ({ documentId: '', text }));
  const notes: DocumentNote[] = [...plan.notes];
  if (stored === null) notes.push({ documentId: '', text: `there is no index at ${options.location.uri} yet` });
  const readers = documentReaders(Math.max(1, availableParallelism()));
  const check = sourceChecker();
  const roots = new Map<string, string>();
  try {
    for await (const { file, read } of readAll({ options, plan, known, readers }, true)) {
      const { documentId } = file;
      const add = (text: string) => problems.push({ documentId, text });
      const { folder } = file.collection;
      const root = roots.get(folder) ?? (await realpath(folder));
      roots.set(folder, root);
      const { frontMatter, deadLinks } = await check(file.file, root);
      for (const text of frontMatter) if (read.outcome !== 'failed' || text !== read.reason) add(text);
      for (const text of deadLinks) add(text);
      if (read.outcome === 'failed') add(read.reason);
      else if (stored !== null && known.get(documentId)?.hash !== read.hash)
        add(known.has(documentId) ? 'the index has an older version of it' : 'the index does not have it');
      if (read.outcome === 'read')
        for (const text of read.notes) if (!frontMatter.includes(text)) notes.push({ documentId, text });
    }
    if (stored !== null && options.builtIn !== false) {
      const stale = await staleBuiltIn(options, known, readers);
      if (stale > 0)
        problems.push({ documentId: '', text: `the index has other versions of ${stale} built-in runbooks` });
    }
  } finally {
    await readers.close();
  }
  for (const { documentId } of plan.gone) problems.push({ documentId, text: 'the index has it, the folder does not' });
  return { documents: plan.toRead.length, problems, notes, durationMs: performance.now() - startedAt };
}

/** How many built-in runbooks the index has in another version; their content is the product's own and is not checked. */
async function staleBuiltIn(
  options: IndexOptions,
  known: ReadonlyMap<string, KnownFile>,
  readers: DocumentReaders,
): Promise<number> {
  const ofProduct = new Map([...known].filter(([, { collection }]) => collection === BUILT_IN));
  const own = { ...options, collections: [], builtIn: true };
  const plan = await planUpdate(own, ofProduct, false);
  let stale = plan.gone.length;
  for await (const { read } of readAll({ options: own, plan, known, readers }, false))
    if (read.outcome !== 'known') stale += 1;
  return stale;
}

/** What the index knows of files; null: there is none (or one of another version, which the next run replaces). */
async function knownFiles({ location }: IndexOptions): Promise<Map<string, KnownFile> | null> {
  const db = await connectIndex(location);
  try {
    const pointer = await readPointer(db, location);
    if (pointer === null || pointer.schemaVersion !== INDEX_SCHEMA_VERSION) return null;
    const table = await tableOrNull(db, location, tableNames(pointer.generation).files);
    return table === null ? null : await readFiles(table);
  } catch (error) {
    if (error instanceof NoIndexError) return null;
    throw error;
  } finally {
    db.close();
  }
}
