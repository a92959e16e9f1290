import type { Table } from '@lancedb/lancedb';

/** In how many chunks each term stands. */
export type TermCounts = Map<string, number>;

/** Rows that are read or written at once. */
const BATCH = 20_000;

/** Adds (or takes away, with −1) the terms of one row to counts; a term counts once for a chunk. */
export function countTerms(counts: TermCounts, row: { head: string; body: string }, sign: 1 | -1 = 1): void {
  const terms = new Set(row.head.split(/[ \n]/));
  for (const term of row.body.split(' ')) terms.add(term);
  terms.delete('');
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + sign);
}

/** Counts all rows of a table of chunks (or those of a filter). */
export async function countAll(
  chunks: Table,
  filter?: string,
  sign: 1 | -1 = 1,
  into: TermCounts = new Map(),
): Promise<TermCounts> {
  let query = chunks.query().select(['head', 'body']);
  if (filter !== undefined) query = query.where(filter);
  for await (const batch of query) {
    for (const row of batch) countTerms(into, row.toJSON() as { head: string; body: string }, sign);
  }
  return into;
}

/** The counts as stored, and the version of the chunks that they are of (−1: unknown). */
export async function readTerms(terms: Table): Promise<{ counts: TermCounts; version: number }> {
  const counts: TermCounts = new Map();
  let version = -1;
  for await (const batch of terms.query().select(['term', 'chunks'])) {
    const words = batch.getChild('term');
    const numbers = batch.getChild('chunks');
    for (let at = 0; at < batch.numRows; at++) {
      const term = String(words?.get(at));
      const chunks = Number(numbers?.get(at));
      if (term === '') version = chunks;
      else if (chunks > 0) counts.set(term, chunks);
    }
  }
  return { counts, version };
}

/** Stores counts in an empty table, together with the version they are of. */
export async function writeTerms(terms: Table, counts: TermCounts, version: number): Promise<void> {
  const rows = [{ term: '', chunks: version }, ...rowsOf(counts)];
  await terms.add(rows.slice(0, BATCH), { mode: 'overwrite' });
  for (let at = BATCH; at < rows.length; at += BATCH) await terms.add(rows.slice(at, at + BATCH));
}

/** Replaces the counts that changed, and the version, in one commit. */
export async function mergeTerms(terms: Table, changed: TermCounts, version: number): Promise<void> {
  await terms
    .mergeInsert('term')
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .execute([{ term: '', chunks: version }, ...rowsOf(changed)]);
}

function rowsOf(counts: TermCounts): { term: string; chunks: number }[] {
  return Array.from(counts, ([term, chunks]) => ({ term, chunks: Math.max(0, chunks) }));
}
