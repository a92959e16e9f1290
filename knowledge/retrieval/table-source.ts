import { MatchQuery, type Query, type Table, type VectorQuery } from '@lancedb/lancedb';
import { GROUP_NAME } from '../documents/group-name.ts';
import type { Chunk } from '../ingestion/chunk.ts';
import { headingTerms } from '../ingestion/indexed-columns.ts';
import { keptRows, MOST_KEPT } from './kept-rows.ts';
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

/** A command asks once; who asks so often goes on asking. */
const WARM_AFTER = 4;

/** What ranking reads of a piece itself. */
type BodyRow = Omit<Candidate, 'head'> & Pick<Chunk, 'engines'>;
type HeadRow = Pick<Candidate, 'id' | 'documentId' | 'head'>;

const BODY_COLUMNS = [
  'id',
  'documentId',
  'collection',
  'section',
  'heading',
  'page',
  'position',
  'engines',
  'body',
] as const;
const CHUNK_COLUMNS = [
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
] as const;

/** A table of chunks as the search asks it. Who may read what is part of every query, never sorted out afterwards. */
export function tableSource({ table, chunks, termFrequencies, embed, leastLikeness }: TableToSearch): PassageSource {
  const bodies = keptRows<BodyRow>(table, BODY_COLUMNS);
  const heads = keptRows<HeadRow>(table, ['id', 'documentId', 'head']);
  const whole = keptRows<Chunk>(table, CHUNK_COLUMNS);
  const warmed = new Set<string>();

  let questions = 0;
  /** Where many questions come, as in a bot, none of them shall wait for rows: after the first few all rows are read, once for each filter. */
  function warm(filter: string): void {
    questions += 1;
    if (questions < WARM_AFTER || warmed.has(filter) || chunks > MOST_KEPT) return;
    warmed.add(filter);
    // What cannot be read now is read, or told, when a question needs it.
    void Promise.all([bodies.all(filter), heads.all(`${filter} AND position = 0`), whole.all(filter)]).catch(() => {});
  }

  /** Candidates by their ids. What the pieces of one document share is read once for each document, by its first piece. */
  async function candidatesOf(ids: readonly string[], filter: string, query: SearchQuery): Promise<Candidate[]> {
    const rows = (await bodies.of(ids, filter)).filter(({ engines }) => isForVersions(engines, query.versions));
    const first = [...new Set(rows.map(({ documentId }) => `${documentId}#0`))];
    const shared = new Map(
      (await heads.of(first, `${filter} AND position = 0`)).map(({ documentId, head }) => [documentId, head]),
    );
    return rows.map((row) => ({ ...row, head: headOf(shared.get(row.documentId) ?? '', row.heading) }));
  }

  return {
    weights: termWeights(termFrequencies, chunks),
    async byWords(terms, query) {
      const words = [...new Set(terms.flatMap(({ terms: some }) => some))].join(' ');
      const filter = filterOf(query);
      // Two plain queries side by side: one of both columns with weights takes three times as long, and the order made here is
      // not the one that counts. Only ids are asked for: to bring whole rows costs more than to find them.
      const found = await Promise.all(
        ['head', 'body'].map((column) =>
          idsOf(
            table
              .query()
              .fullTextSearch(new MatchQuery(words, column))
              .where(filter)
              .select(['id', '_score'])
              .limit(SEARCH.candidates),
          ),
        ),
      );
      warm(filter);
      return await candidatesOf([...new Set(found.flatMap((ids) => ids.map(({ id }) => id)))], filter, query);
    },
    async byMeaning(query, signal) {
      if (embed === null) return null;
      const [vector] = await embed([query.text], signal);
      if (vector === undefined) return null;
      const filter = filterOf(query);
      const near = await idsOf(
        table
          .query()
          .nearestTo([...vector])
          .distanceType('cosine')
          .where(filter)
          .select(['id', '_distance'])
          .limit(SEARCH.candidates / 2),
        '_distance',
      );
      const likeness = new Map(near.map(({ id, figure }) => [id, 1 - figure]));
      const rows = await candidatesOf([...likeness.keys()], filter, query);
      return rows
        .map((row) => ({ row, likeness: likeness.get(row.id) ?? 0 }))
        .filter((one) => one.likeness >= leastLikeness);
    },
    async wholeRows(rows, query) {
      const ids = rows.flatMap(({ documentId, position }) =>
        [position - 1, position, position + 1].filter((at) => at >= 0).map((at) => `${documentId}#${at}`),
      );
      return ids.length === 0 ? [] : await whole.of([...new Set(ids)], filterOf(query));
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
  const groups = ['everyone', ...audience.filter((name) => GROUP_NAME.test(name))];
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

/** The head of a piece: the lines that its document's pieces share, and its own heading as the last one. */
function headOf(first: string, heading: string): string {
  return `${first.slice(0, first.lastIndexOf('\n'))}\n${headingTerms(heading)}`;
}

/** What a query found, in its order, each with the figure it was found by. */
async function idsOf(
  asked: Query | VectorQuery,
  figure: '_score' | '_distance' = '_score',
): Promise<{ id: string; figure: number }[]> {
  const found: { id: string; figure: number }[] = [];
  for await (const batch of asked) {
    const ids = batch.getChild('id');
    const figures = batch.getChild(figure);
    for (let at = 0; at < batch.numRows; at++)
      found.push({ id: String(ids?.get(at)), figure: Number(figures?.get(at)) });
  }
  return found;
}

/** A row as plain data: lists come as Arrow vectors. */
function wholeRow(row: Record<string, unknown>): Chunk {
  const list = (value: unknown) => Array.from(value as Iterable<string>);
  const chunk = row as unknown as Chunk;
  return { ...chunk, codes: list(row.codes), areas: list(row.areas), audience: list(row.audience) };
}
