import { connect } from '@lancedb/lancedb';
import type { Chunk } from './chunk.ts';
import { chunkSchema, createChunkIndexes } from './index-schema.ts';
import { withIndexedColumns } from './indexed-columns.ts';
import type { OpenIndex } from './open-index.ts';
import { countTerms, type TermCounts } from './term-counts.ts';

/** An index of a few documents that lives with the process, such as the built-in runbooks before any `wherefore index`. */
export async function memoryIndex(chunks: readonly Chunk[]): Promise<OpenIndex> {
  const rows = withIndexedColumns(chunks).map((row) => ({ ...row }));
  const counts: TermCounts = new Map();
  for (const row of rows) countTerms(counts, row);
  const db = await connect('memory://');
  const table = await db.createEmptyTable('chunks', chunkSchema(null));
  if (rows.length > 0) await table.add(rows);
  await createChunkIndexes(table);
  return {
    table,
    chunks: rows.length,
    embedding: null,
    termFrequencies: async () => counts,
    refresh: async () => false,
    close() {
      table.close();
      db.close();
    },
  };
}
