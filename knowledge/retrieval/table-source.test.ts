import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Chunk } from '../ingestion/chunk.ts';
import { memoryIndex } from '../ingestion/memory-index.ts';
import type { OpenIndex } from '../ingestion/open-index.ts';
import type { SearchQuery } from './passage.ts';
import { chunkOf } from './retrieval-fixture.ts';
import { rowsOfCodes, tableSource } from './table-source.ts';

let open: OpenIndex | null = null;
afterEach(() => open?.close());

async function sourceOf(chunks: readonly Chunk[]) {
  const index = await memoryIndex(chunks);
  open = index;
  const filters: string[] = [];
  const query = index.table.query.bind(index.table);
  vi.spyOn(index.table, 'query').mockImplementation(() => {
    const made = query();
    const where = made.where.bind(made);
    made.where = (filter: string) => {
      filters.push(filter);
      return where(filter);
    };
    return made;
  });
  const termFrequencies = await index.termFrequencies();
  const source = tableSource({
    table: index.table,
    chunks: index.chunks,
    termFrequencies,
    embed: null,
    leastLikeness: 0,
  });
  return { source, filters, table: index.table };
}

const asked = (more: Partial<SearchQuery> = {}): SearchQuery => ({ text: 'disk', audience: [], limit: 5, ...more });
const DISK = [{ terms: ['disk'], boost: 1 }];
const OPEN = chunkOf('open', 0, 'the disk is full');
const SECRET = { ...chunkOf('secret', 0, 'the disk password of the platform'), audience: ['platform'] };

describe('tableSource', () => {
  it('filters the audience in the query itself: what others wrote for themselves is never a candidate', async () => {
    const { source, filters } = await sourceOf([OPEN, SECRET]);
    expect((await source.byWords(DISK, asked())).map(({ documentId }) => documentId)).toEqual(['team/open']);
    // One query for each searched column, one for the rows found and one for their documents' heads, all with the filter.
    const everyone = expect.stringContaining("array_has_any(audience, ['everyone'])");
    expect(filters).toEqual([everyone, everyone, everyone, everyone]);
    const platform = await source.byWords(DISK, asked({ audience: ['platform'] }));
    expect(platform.map(({ documentId }) => documentId).sort()).toEqual(['team/open', 'team/secret']);
    const both = expect.stringContaining("['everyone', 'platform']");
    expect(filters.slice(4)).toEqual([both, both, both, both]);
  });

  it('keeps rows apart for each audience: what one was given is not there for another', async () => {
    const { source, filters } = await sourceOf([OPEN, SECRET]);
    const both = await source.byWords(DISK, asked({ audience: ['platform'] }));
    const before = filters.length;
    await source.wholeRows(both, asked({ audience: ['platform'] }));
    await source.byWords(DISK, asked({ audience: ['platform'] }));
    // The second time only the two columns are asked (and, once, the pieces beside the hits).
    expect(filters.slice(before).filter((filter) => filter.startsWith('id IN'))).toHaveLength(1);
    expect((await source.wholeRows(both, asked())).map(({ documentId }) => documentId)).toEqual(['team/open']);
  });

  it('reads all rows once many questions come, by the filter of each', async () => {
    const { source, filters } = await sourceOf([OPEN, SECRET]);
    for (let at = 0; at < 6; at += 1) await source.byWords(DISK, asked());
    const everyone = "array_has_any(audience, ['everyone'])";
    await vi.waitFor(() =>
      expect(filters.filter((filter) => filter === `${everyone} AND position = 0`)).toHaveLength(1),
    );
    expect((await source.byWords(DISK, asked())).map(({ documentId }) => documentId)).toEqual(['team/open']);
    expect(filters.every((filter) => filter.includes(everyone))).toBe(true);
  });

  it('fetches whole rows by the same filter, so that a document closed meanwhile is not shown', async () => {
    const { source, filters } = await sourceOf([OPEN, SECRET]);
    const both = await source.byWords(DISK, asked({ audience: ['platform'] }));
    const rows = await source.wholeRows(both, asked());
    expect(rows.map(({ documentId }) => documentId)).toEqual(['team/open']);
    expect(filters.at(-1)).toContain("array_has_any(audience, ['everyone'])");
  });

  it.each([
    "x']) OR array_has_any(audience, ['platform",
    "platform' --",
    "'; DROP TABLE chunks; --",
    "every\\' OR 1=1",
    'a\nOR true',
  ])('takes no filter from the name of a group: %j', async (group) => {
    const { source, filters } = await sourceOf([OPEN, SECRET]);
    const found = await source.byWords(DISK, asked({ audience: [group] }));
    expect(found.map(({ documentId }) => documentId)).toEqual(['team/open']);
    const everyone = "array_has_any(audience, ['everyone'])";
    const rows = `id IN ('team/open#0') AND ${everyone}`;
    expect(filters).toEqual([everyone, everyone, rows, `${rows} AND position = 0`]);
  });

  it('takes no filter from a code, an area or a collection either', async () => {
    const { source } = await sourceOf([OPEN, SECRET]);
    const hostile = "x']) OR true OR array_has_any(codes, ['y";
    expect(await source.byWords(DISK, asked({ codes: [hostile] }))).toEqual([]);
    expect(await source.byWords(DISK, asked({ areas: [hostile] }))).toEqual([]);
    expect(await source.byWords(DISK, asked({ without: ["team') OR ('1'='1"] }))).toHaveLength(1);
  });

  it('keeps to codes, areas, collections and versions that are asked for', async () => {
    const yarn = {
      ...chunkOf('yarn', 0, 'disk of yarn'),
      codes: ['yarn.x'],
      areas: ['yarn'],
      engines: '{"spark":"3.0–3.5"}',
    };
    const { source } = await sourceOf([OPEN, yarn]);
    const names = async (more: Partial<SearchQuery>) =>
      (await source.byWords(DISK, asked(more))).map(({ documentId }) => documentId).sort();
    expect(await names({ codes: ['yarn.x'] })).toEqual(['team/yarn']);
    expect(await names({ areas: ['yarn'] })).toEqual(['team/yarn']);
    expect(await names({ without: ['team'] })).toEqual([]);
    expect(await names({ versions: { spark: '4.0.1' } })).toEqual(['team/open']);
    expect(await names({ versions: { spark: '3.5.1' } })).toEqual(['team/open', 'team/yarn']);
  });

  it('has nothing by meaning without a model', async () => {
    const { source } = await sourceOf([OPEN]);
    expect(await source.byMeaning(asked())).toBeNull();
  });
});

describe('rowsOfCodes', () => {
  it('gives the built-in ones first, then the documents that name the fewest codes, each in its order', async () => {
    const of = (name: string, position: number, codes: string[], collection = 'team') => ({
      ...chunkOf(name, position, 'text', collection),
      codes,
    });
    const { table } = await sourceOf([
      of('all', 0, ['a.x', 'b', 'c']),
      of('one', 1, ['a.x']),
      of('one', 0, ['a.x']),
      of('book', 0, ['a.x', 'b'], 'built-in'),
      of('other', 0, ['b']),
    ]);
    const ids = (await rowsOfCodes(table, ['a.x'], [])).map(({ id }) => id);
    expect(ids).toEqual(['built-in/book#0', 'team/one#0', 'team/one#1', 'team/all#0']);
    expect(await rowsOfCodes(table, [], [])).toEqual([]);
  });
});
