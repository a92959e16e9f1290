import { createHash } from 'node:crypto';
import type { Table } from '@lancedb/lancedb';
import { DOCUMENT_LIMITS } from '../documents/limits.ts';
import { collectDocuments, type SourceFile } from './collect-documents.ts';
import { BUILT_IN_COLLECTION, type Collection, urlOf } from './collection.ts';
import type { IndexOptions } from './index-options.ts';
import type { DocumentNote } from './index-report.ts';
import type { ReadOrder } from './read-source.ts';

/** What the index knows of a file. */
export interface KnownFile {
  documentId: string;
  collection: string;
  stamp: string;
  /** SHA-256 of the content that the rows were made of; empty where none was ever read. */
  hash: string;
  /** Digest of what else its rows depend on: the address and audience of the collection, the limits. */
  settings: string;
  /** Why it could not be read the last time; empty: it was read. */
  failed: string;
  chunks: number;
}

/** What has to be done, as the state of the files tells. */
export interface UpdatePlan {
  /** Files that are new or whose state changed, in order. */
  toRead: SourceFile[];
  /** Files that are as the index has them. */
  unchanged: KnownFile[];
  /** Documents of the index that are gone. */
  gone: KnownFile[];
  /** Documents of folders that could not be looked at. */
  untouched: KnownFile[];
  notes: DocumentNote[];
  problems: string[];
}

/** Looks at every file of the collections and compares it with what the index knows. */
export async function planUpdate(
  options: IndexOptions,
  known: ReadonlyMap<string, KnownFile>,
  everything: boolean,
): Promise<UpdatePlan> {
  const plan: UpdatePlan = { toRead: [], unchanged: [], gone: [], untouched: [], notes: [], problems: [] };
  const collections = collectionsOf(options);
  const seen = new Set<string>();
  const lost = new Set<string>();
  for (const collection of collections) {
    const { files, notes, problem } = await collectDocuments(collection, options.signal);
    plan.notes.push(...notes.map((text) => ({ documentId: collection.name, text })));
    const before = [...known.values()].filter((file) => file.collection === collection.name);
    if (problem !== null || (files.length === 0 && before.length > 0)) {
      plan.problems.push(
        problem ?? `${collection.folder}: holds no documents, though ${before.length} were indexed of it`,
      );
      lost.add(collection.name);
      continue;
    }
    const settings = settingsOf(collection, options);
    for (const file of files) {
      seen.add(file.documentId);
      const state = known.get(file.documentId);
      if (!everything && state && state.stamp === file.stamp && state.settings === settings) plan.unchanged.push(state);
      else plan.toRead.push(file);
    }
  }
  for (const file of known.values()) {
    if (seen.has(file.documentId)) continue;
    if (lost.has(file.collection)) plan.untouched.push(file);
    else plan.gone.push(file);
  }
  return plan;
}

/** The order that reads one file, and what to remember of its collection. */
export function orderOf(file: SourceFile, options: IndexOptions, known: KnownFile | undefined): ReadOrder {
  const settings = settingsOf(file.collection, options);
  return {
    file: file.file,
    path: file.path,
    documentId: file.documentId,
    collection: file.collection.name,
    commit: file.commit,
    url: urlOf(file.collection, file.path),
    audience: file.collection.audience ?? ['everyone'],
    limits: options.limits ?? DOCUMENT_LIMITS,
    settings,
    // The same content under other settings makes other rows.
    knownHash: known !== undefined && known.settings === settings && known.hash !== '' ? known.hash : null,
  };
}

/** The built-in runbooks and the team's collections. */
export function collectionsOf({ collections, builtIn = true }: IndexOptions): Collection[] {
  return [...(builtIn ? [BUILT_IN_COLLECTION] : []), ...collections];
}

/** Digest of what the rows of a collection's documents depend on beside their content. */
export function settingsOf(collection: Collection, { limits = DOCUMENT_LIMITS }: IndexOptions): string {
  const parts = [urlOf(collection, ''), collection.audience ?? null, limits];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** All that the index knows of files, by document. */
export async function readFiles(table: Table): Promise<Map<string, KnownFile>> {
  const rows = (await table.query().toArray()) as { toJSON(): KnownFile }[];
  return new Map(
    rows.map((row) => row.toJSON()).map((file) => [file.documentId, { ...file, chunks: Number(file.chunks) }]),
  );
}
