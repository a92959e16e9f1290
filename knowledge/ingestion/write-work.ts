import type { Connection, Table } from '@lancedb/lancedb';
import type { DocumentReaders } from './document-readers.ts';
import type { IndexOptions } from './index-options.ts';
import type { IndexPointer } from './index-pointer.ts';
import type { DocumentNote } from './index-report.ts';
import type { KnownFile, UpdatePlan } from './plan-update.ts';

/** What both ways of writing an index are given. */
export interface WriteWork {
  options: IndexOptions;
  db: Connection;
  plan: UpdatePlan;
  known: ReadonlyMap<string, KnownFile>;
  readers: DocumentReaders;
}

/** The tables of one generation, opened. */
export interface Generation {
  pointer: IndexPointer;
  chunks: Table;
  terms: Table;
  files: Table;
}

/** What was done to the documents of a plan, as either way of writing tells it. */
export interface WriteResult {
  failed: DocumentNote[];
  notes: DocumentNote[];
  /** Documents whose content was read again and was the same. */
  same: number;
  documents: number;
  chunks: number;
  embedded: number;
}
