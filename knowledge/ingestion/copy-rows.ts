import type { Table } from '@lancedb/lancedb';
import type { Chunk } from './chunk.ts';
import { withIndexedColumns } from './indexed-columns.ts';
import type { ChunkRow } from './read-source.ts';
import { sqlText } from './sql-text.ts';

const LISTS = ['codes', 'areas', 'audience'] as const;
/** Documents that are asked for at once. */
const AT_ONCE = 200;

/** The rows of documents as a table holds them, searched columns made anew; for documents that cannot be read now. */
export async function* rowsOfDocuments(table: Table, documentIds: readonly string[]): AsyncGenerator<ChunkRow[]> {
  for (let at = 0; at < documentIds.length; at += AT_ONCE) {
    const names = documentIds.slice(at, at + AT_ONCE).map(sqlText);
    const rows = (await table
      .query()
      .where(`documentId IN (${names.join(', ')})`)
      .toArray()) as { toJSON(): Record<string, unknown> }[];
    const chunks = rows.map((row) => {
      const { vector: _vector, head: _head, body: _body, ...plain } = row.toJSON();
      for (const name of LISTS) plain[name] = Array.from(plain[name] as Iterable<string>);
      return plain as unknown as Chunk;
    });
    yield withIndexedColumns(chunks);
  }
}
