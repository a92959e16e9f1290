import { MatchQuery, type Query, type Table, type VectorQuery } from '@lancedb/lancedb';
import type { Chunk } from '../ingestion/chunk.ts';
import type { SearchQuery } from './passage.ts';
import type { Candidate, PassageSource } from './passage-source.ts';
import { termWeights } from './term-weights.ts';
import { SEARCH } from './thresholds.ts';
import { isForVersions } from './version-range.ts';

/** Turns texts into vectors of the index's model. */
export type Embed = (texts: readonly string[], signal?: AbortSignal) => Promise<readonly (readonly number[])[]>;

/** What the search reads of a table of chunks. */
export interface TableToSearch {
  table: Table;
  /** Rows of the table. */
  chunks: number;
  termFrequencies: ReadonlyMap<string, number>;
  /** Null: the table has no vectors, or nobody can make one of a question. */
  embed: Embed | null;
  /** Least likeness (cosine) of a passage found by meaning. */
  leastLikeness: number;
}

/** Names of groups that may stand in a filter; anything else cannot be somebody's group. */
const GROUP = /^[\p{L}\p{N}][\p{L}\p{N} _.@:/-]{0,63}$/u;
/** What ranking reads of a row, and what a filter by version needs. */
const CANDIDATE_COLUMNS = [
  'id',
  'documentId',
  'collection',
  'section',
  'heading',
  'page',
  'position',
  'engines',
  'head',
  'body',
] as const;
const COLUMNS = [
  'id',
  'documentId',
  'collection',
  'runbook',
  'title',
  'section',
  'heading',
  'page',
  'position',
  'text',
  'symptoms',
  'codes',
  'areas',
  'audience',
  'engines',
  'version',
  'url',
  'owner',
  'reviewed',
];

/** A table of chunks as the search asks it. Who may read what is part of every query, never sorted out afterwards. */
export function tableSource({ table, chunks, termFrequencies, embed, leastLikeness }: TableToSearch): PassageSource {
  return {
    weights: termWeights(termFrequencies, chunks),
    async byWords(terms, query) {
      const words = [...new Set(terms.flatMap(({ terms: some }) => some))].join(' ');
      // Two plain queries side by side: one of both columns with weights takes three times as long, and the order made here is
      // not the one that counts.
      const found = await Promise.all(
        (['head', 'body'] as const).map((column) =>
          candidatesOf(
            table
              .query()
              .fullTextSearch(new MatchQuery(words, column))
              .where(filterOf(query))
              .select([...CANDIDATE_COLUMNS, '_score'])
              .limit(SEARCH.candidates),
            '_score',
            query,
          ),
        ),
      );
      return [...new Map(found.flat().map(({ row }) => [row.id, row])).values()];
    },
    async byMeaning(query, signal) {
      if (embed === null) return null;
      const [vector] = await embed([query.text], signal);
      if (vector === undefined) return null;
      const found = await candidatesOf(
        table
          .query()
          .nearestTo([...vector])
          .distanceType('cosine')
          .where(filterOf(query))
          .select([...CANDIDATE_COLUMNS, '_distance'])
          .limit(SEARCH.candidates / 4),
        '_distance',
        query,
      );
      return found
        .map(({ row, figure }) => ({ row, likeness: 1 - figure }))
        .filter(({ likeness }) => likeness >= leastLikeness);
    },
    async wholeRows(rows, query) {
      const ids = rows.flatMap(({ documentId, position }) =>
        [position - 1, position, position + 1].filter((at) => at >= 0).map((at) => `${documentId}#${at}`),
      );
      if (ids.length === 0) return [];
      const wanted = [...new Set(ids)];
      const found = await table
        .query()
        .where(`id IN (${wanted.map(quoted).join(', ')}) AND ${filterOf(query)}`)
        .select(COLUMNS)
        .limit(wanted.length)
        .toArray();
      return found.map(wholeRow);
    },
  };
}

/**
 * The rows of documents about a code, the built-in ones first, then those that name the fewest codes: a document that claims
 * to be about everything is about nothing. Each document in its order.
 */
export async function rowsOfCodes(
  table: Table,
  codes: readonly string[],
  audience: readonly string[],
  without: readonly string[] = [],
): Promise<Chunk[]> {
  if (codes.length === 0) return [];
  const rows = await table
    .query()
    .where(filterOf({ text: '', audience, codes, without, limit: 0 }))
    .select(COLUMNS)
    .toArray();
  const builtIn = (row: Chunk) => (row.collection === 'built-in' ? 0 : 1);
  return rows
    .map(wholeRow)
    .sort(
      (a, b) =>
        builtIn(a) - builtIn(b) ||
        a.codes.length - b.codes.length ||
        (a.documentId < b.documentId ? -1 : 1) * Number(a.documentId !== b.documentId) ||
        a.position - b.position,
    );
}

function filterOf({ audience, codes = [], areas = [], without = [] }: SearchQuery): string {
  const groups = ['everyone', ...audience.filter((name) => GROUP.test(name))];
  return [
    anyOf('audience', groups),
    ...(codes.length > 0 ? [anyOf('codes', codes)] : []),
    ...(areas.length > 0 ? [anyOf('areas', areas)] : []),
    ...(without.length > 0 ? [`collection NOT IN (${without.map(quoted).join(', ')})`] : []),
  ].join(' AND ');
}

const anyOf = (column: string, names: readonly string[]) =>
  `array_has_any(${column}, [${[...new Set(names)].map(quoted).join(', ')}])`;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Candidates in the order they were found, each with the figure it was found by. Read by columns: rows of Arrow are slow. */
async function candidatesOf(
  asked: Query | VectorQuery,
  figure: '_score' | '_distance',
  { versions }: SearchQuery,
): Promise<{ row: Candidate; figure: number }[]> {
  const found: { row: Candidate; figure: number }[] = [];
  for await (const batch of asked) {
    const figures = batch.getChild(figure);
    const columns = CANDIDATE_COLUMNS.map((name) => [name, batch.getChild(name)] as const);
    for (let at = 0; at < batch.numRows; at++) {
      const { engines, ...row } = Object.fromEntries(
        columns.map(([name, column]) => [name, column?.get(at)]),
      ) as unknown as Candidate & { engines: string };
      if (isForVersions(engines, versions)) found.push({ row, figure: Number(figures?.get(at)) });
    }
  }
  return found;
}

/** A row as plain data: lists come as Arrow vectors. */
function wholeRow(row: Record<string, unknown>): Chunk {
  const list = (value: unknown) => Array.from(value as Iterable<string>);
  const chunk = row as unknown as Chunk;
  return { ...chunk, codes: list(row.codes), areas: list(row.areas), audience: list(row.audience) };
}
