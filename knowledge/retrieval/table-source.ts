import { BooleanQuery, MatchQuery, Occur, type Table } from '@lancedb/lancedb';
import type { Chunk } from '../ingestion/chunk.ts';
import type { SearchQuery } from './passage.ts';
import type { Candidate, PassageSource } from './search-passages.ts';
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
      const parts = terms.flatMap(({ terms: words, boost }) =>
        ['head', 'body'].map((column): [Occur, MatchQuery] => [
          Occur.Should,
          new MatchQuery(words.join(' '), column, { boost: column === 'head' ? boost * SEARCH.headCount : boost }),
        ]),
      );
      const rows = await table
        .query()
        .fullTextSearch(new BooleanQuery(parts))
        .where(filterOf(query))
        .select([...COLUMNS, 'head', 'body', '_score'])
        .limit(SEARCH.candidates)
        .toArray();
      return rows.map(candidate).filter((row) => isForVersions(row.engines, query.versions));
    },
    async byMeaning(query, signal) {
      if (embed === null) return null;
      const [vector] = await embed([query.text], signal);
      if (vector === undefined) return null;
      const rows = await table
        .query()
        .nearestTo([...vector])
        .distanceType('cosine')
        .where(filterOf(query))
        .select([...COLUMNS, 'head', 'body', '_distance'])
        .limit(SEARCH.candidates / 4)
        .toArray();
      return rows
        .map((row) => ({ row: candidate(row), likeness: 1 - Number(row._distance) }))
        .filter(({ row, likeness }) => likeness >= leastLikeness && isForVersions(row.engines, query.versions));
    },
    async neighbours(rows) {
      const ids = rows.flatMap(({ documentId, position }) => [
        `${documentId}#${position - 1}`,
        `${documentId}#${position + 1}`,
      ]);
      if (ids.length === 0) return [];
      const found = await table
        .query()
        .where(`id IN (${[...new Set(ids)].map(quoted).join(', ')})`)
        .select(COLUMNS)
        .limit(ids.length)
        .toArray();
      return found.map(candidate);
    },
  };
}

/** The rows of documents about a code, the built-in ones first, each document in its order. */
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
    .map(candidate)
    .sort(
      (a, b) =>
        builtIn(a) - builtIn(b) ||
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

/** A row as plain data: lists come as Arrow vectors. */
function candidate(row: Record<string, unknown>): Candidate {
  const list = (value: unknown) => Array.from(value as Iterable<string>);
  const chunk = row as unknown as Candidate;
  return { ...chunk, codes: list(row.codes), areas: list(row.areas), audience: list(row.audience) };
}
