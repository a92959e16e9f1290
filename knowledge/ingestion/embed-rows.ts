import type { Table } from '@lancedb/lancedb';
import type { Embedder } from '../embeddings/embedder.ts';
import type { ChunkRow } from './read-source.ts';
import { sqlText } from './sql-text.ts';

/** A row as the table takes it. */
export type VectorRow = ChunkRow & { vector?: readonly number[] };

/** Documents whose old vectors are looked up at once. */
const LOOKUP = 200;

/** What a vector is made of: where a passage stands says as much as its words. */
export function embeddedText({ title, heading, text }: { title: string; heading: string; text: string }): string {
  return [title, heading, text].filter((part) => part !== '').join('\n');
}

/**
 * Gives each row its vector. Those of the old table are used again where the text is the same, so that one changed section
 * costs one request, not the document.
 *
 * @param old the table with vectors of the same model; null: there is none
 */
export async function embedRows(
  rows: readonly ChunkRow[],
  embedder: Embedder | null,
  old: Table | null,
  signal?: AbortSignal,
): Promise<{ rows: VectorRow[]; embedded: number }> {
  if (embedder === null) return { rows: [...rows], embedded: 0 };
  const known = old === null ? new Map<string, readonly number[]>() : await oldVectors(rows, old);
  const missing = [...new Set(rows.map(embeddedText).filter((text) => !known.has(text)))];
  const vectors = missing.length > 0 ? await embedder.embed(missing, signal) : [];
  for (const [at, text] of missing.entries()) known.set(text, vectors[at] ?? []);
  return {
    rows: rows.map((row) => ({ ...row, vector: known.get(embeddedText(row)) ?? [] })),
    embedded: missing.length,
  };
}

async function oldVectors(rows: readonly ChunkRow[], old: Table): Promise<Map<string, readonly number[]>> {
  const found = new Map<string, readonly number[]>();
  const documents = [...new Set(rows.map(({ documentId }) => documentId))];
  for (let at = 0; at < documents.length; at += LOOKUP) {
    const names = documents.slice(at, at + LOOKUP).map(sqlText);
    const before = await old
      .query()
      .where(`documentId IN (${names.join(', ')})`)
      .select(['title', 'heading', 'text', 'vector'])
      .toArray();
    for (const row of before as { title: string; heading: string; text: string; vector: Iterable<number> }[])
      found.set(embeddedText(row), Array.from(row.vector));
  }
  return found;
}
