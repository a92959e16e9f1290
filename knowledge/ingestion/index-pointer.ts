import type { Connection } from '@lancedb/lancedb';
import { type IndexLocation, tableOrNull } from './index-location.ts';
import { CURRENT_SCHEMA } from './index-schema.ts';

/** A generation of tables that is not the index any more, kept for readers that still hold it. */
export interface Retired {
  generation: string;
  /** When it was replaced, in milliseconds since 1970. */
  atMs: number;
}

/** Which generation of tables is the index. */
export interface IndexPointer {
  generation: string;
  schemaVersion: number;
  /** Null: without vectors. */
  embedding: { model: string; dimension: number } | null;
  retired: readonly Retired[];
}

/** Names of the tables of one generation. */
export function tableNames(generation: string): { chunks: string; terms: string; files: string } {
  return { chunks: `chunks_${generation}`, terms: `terms_${generation}`, files: `files_${generation}` };
}

const TABLE = 'current';

/** The pointer, or null before the first build. */
export async function readPointer(db: Connection, location: IndexLocation): Promise<IndexPointer | null> {
  const table = await tableOrNull(db, location, TABLE);
  if (table === null) return null;
  try {
    const [row] = (await table.query().limit(1).toArray()) as Record<string, unknown>[];
    if (row === undefined) return null;
    const model = String(row.model);
    return {
      generation: String(row.generation),
      schemaVersion: Number(row.schemaVersion),
      embedding: model === '' ? null : { model, dimension: Number(row.dimension) },
      retired: JSON.parse(String(row.retired)) as Retired[],
    };
  } finally {
    table.close();
  }
}

/** Makes a generation the index: one row replaced in one commit, on a folder and on object storage alike. */
export async function writePointer(db: Connection, location: IndexLocation, pointer: IndexPointer): Promise<void> {
  const row = {
    generation: pointer.generation,
    schemaVersion: pointer.schemaVersion,
    model: pointer.embedding?.model ?? '',
    dimension: pointer.embedding?.dimension ?? 0,
    retired: JSON.stringify(pointer.retired),
  };
  const table = (await tableOrNull(db, location, TABLE)) ?? (await db.createEmptyTable(TABLE, CURRENT_SCHEMA));
  try {
    await table.add([row], { mode: 'overwrite' });
  } finally {
    table.close();
  }
}
