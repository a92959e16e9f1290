import type { Connection, Table } from '@lancedb/lancedb';
import { connectIndex, type IndexLocation, NoIndexError, tableOrNull } from './index-location.ts';
import { type IndexPointer, readPointer, tableNames } from './index-pointer.ts';
import { INDEX_SCHEMA_VERSION } from './index-schema.ts';
import { countAll, readTerms } from './term-counts.ts';

/** An index opened for reading. */
export interface OpenIndex {
  /** The chunks; another table after a `refresh` that met a new build. */
  readonly table: Table;
  /** How many chunks it holds. */
  readonly chunks: number;
  /** What its vectors were made by; null: it has none. */
  readonly embedding: { model: string; dimension: number } | null;
  /** In how many chunks each term stands. Kept until a `refresh` finds the index changed. */
  termFrequencies(): Promise<ReadonlyMap<string, number>>;
  /** Moves on to what was written since; true when there was something. */
  refresh(): Promise<boolean>;
  close(): void;
}

/** How often opening is tried while a writer swaps and drops tables. */
const TRIES = 3;

/**
 * Opens the index at a place.
 *
 * @throws NoIndexError when there is none, or none that this version of the program can read
 */
export async function openIndex(location: IndexLocation): Promise<OpenIndex> {
  const db = await connectIndex(location);
  let open: Opened;
  try {
    open = await opened(db, location);
  } catch (error) {
    db.close();
    throw error;
  }
  let frequencies: Promise<ReadonlyMap<string, number>> | null = null;
  return {
    get table() {
      return open.table;
    },
    get chunks() {
      return open.chunks;
    },
    get embedding() {
      return open.pointer.embedding;
    },
    termFrequencies() {
      frequencies ??= termsOfIndex(db, location, open);
      return frequencies;
    },
    async refresh() {
      const pointer = await readPointer(db, location);
      if (pointer === null) throw new NoIndexError(`there is no index at ${location.uri} any more`);
      if (pointer.generation === open.pointer.generation) {
        await open.table.checkoutLatest();
        const version = await open.table.version();
        if (version === open.version) return false;
        open = { ...open, version, chunks: await open.table.countRows() };
      } else {
        // The old table is left to the garbage collector: somebody may be in the middle of asking it.
        open = await opened(db, location);
      }
      frequencies = null;
      return true;
    },
    close() {
      open.table.close();
      db.close();
    },
  };
}

interface Opened {
  pointer: IndexPointer;
  table: Table;
  chunks: number;
  version: number;
}

async function opened(db: Connection, location: IndexLocation): Promise<Opened> {
  for (let tries = 1; ; tries++) {
    const pointer = await readPointer(db, location);
    if (pointer === null) throw new NoIndexError(`there is no index at ${location.uri}`);
    if (pointer.schemaVersion !== INDEX_SCHEMA_VERSION)
      throw new NoIndexError(`the index at ${location.uri} was built by another version of this program`);
    const table = await tableOrNull(db, location, tableNames(pointer.generation).chunks);
    if (table !== null) return { pointer, table, chunks: await table.countRows(), version: await table.version() };
    if (tries === TRIES) throw new NoIndexError(`the index at ${location.uri} lacks its table`);
  }
}

async function termsOfIndex(
  db: Connection,
  location: IndexLocation,
  { pointer, table }: Opened,
): Promise<ReadonlyMap<string, number>> {
  const terms = await tableOrNull(db, location, tableNames(pointer.generation).terms);
  if (terms === null) return await countAll(table);
  try {
    return (await readTerms(terms)).counts;
  } finally {
    terms.close();
  }
}
