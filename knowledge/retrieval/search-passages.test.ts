import { describe, expect, it } from 'vitest';
import type { Chunk } from '../ingestion/chunk.ts';
import { withIndexedColumns } from '../ingestion/indexed-columns.ts';
import type { Candidate, PassageSource } from './passage-source.ts';
import { chunkOf } from './retrieval-fixture.ts';
import { searchPassages } from './search-passages.ts';
import { termWeights } from './term-weights.ts';

const QUESTION = 'disk full shuffle spill directory quota';
const ANSWER = 'the disk is full: clean the shuffle spill directory and raise the quota';
const query = { text: QUESTION, audience: [], limit: 5 };

/** A source of given pieces: by words all of them; by meaning those named, likeness by place. */
function sourceOf(chunks: readonly Chunk[], near: readonly string[] | null = null): PassageSource {
  const rows: Candidate[] = withIndexedColumns(chunks);
  const row = (id: string) => rows.find((one) => one.id === id) as Candidate;
  return {
    weights: termWeights(
      new Map([
        ['disk', 5],
        ['full', 5],
        ['shuffl', 5],
      ]),
      1_000,
    ),
    byWords: async () => rows,
    byMeaning: async () => near?.map((id, at) => ({ row: row(id), likeness: 0.9 - at / 10 })) ?? null,
    wholeRows: async () => chunks,
  };
}
const idsOf = async (source: PassageSource) =>
  (await searchPassages(source, query)).passages.map(({ chunk }) => chunk.id);

describe('searchPassages', () => {
  it('joins the pieces of the same section before and after a hit, and no others', async () => {
    const pieces = [
      { ...chunkOf('a', 0, 'of another section'), section: 'else' },
      chunkOf('a', 1, 'before it'),
      chunkOf('a', 2, ANSWER),
      chunkOf('a', 3, 'after it'),
      chunkOf('a', 4, 'too far'),
    ];
    const { passages, hybrid } = await searchPassages(sourceOf(pieces), query);
    const hit = passages.find(({ chunk }) => chunk.position === 2);
    expect(hit?.text).toBe(`before it\n\n${ANSWER}\n\nafter it`);
    expect(hybrid).toBe(false);
  });

  it('returns nothing where little of the question is written about', async () => {
    expect(await idsOf(sourceOf([chunkOf('a', 0, 'the disk')]))).toEqual([]);
    expect(await idsOf(sourceOf([chunkOf('a', 0, ANSWER)]))).toEqual(['team/a#0']);
  });

  it('shows three sections of the best document at most, one of each other, and a copied text once', async () => {
    const of = (name: string, position: number, text: string) => ({
      ...chunkOf(name, position, text),
      section: `s${position}`,
    });
    const best = [0, 1, 2, 3, 4].map((at) => of('best', at, `${ANSWER} ${QUESTION} ${at}`));
    const other = [0, 1].map((at) => of('other', at, `${ANSWER}; call ${at}`));
    const copies = ['x', 'y', 'z'].map((name) => of(name, 0, `${ANSWER} of the copy`));
    const ids = await idsOf(sourceOf([...best, ...other, ...copies]));
    expect(ids.filter((id) => id.startsWith('team/best'))).toHaveLength(3);
    expect(ids.filter((id) => id.startsWith('team/other'))).toHaveLength(1);
    expect(ids.filter((id) => /team\/[xyz]/.test(id))).toHaveLength(1);
  });

  it('fuses both halves: what both find stands before what one finds, and each says who found it', async () => {
    const pieces = [
      chunkOf('words', 0, `${ANSWER} ${QUESTION}`),
      chunkOf('both', 0, ANSWER),
      chunkOf('meaning', 0, 'volume exhausted'),
    ];
    const { passages, hybrid } = await searchPassages(sourceOf(pieces, ['team/both#0', 'team/meaning#0']), query);
    expect(hybrid).toBe(true);
    const by = Object.fromEntries(passages.map(({ chunk, foundBy }) => [chunk.runbook, foundBy]));
    expect(passages[0]?.chunk.runbook).toBe('both');
    expect(by.both).toEqual(['words', 'meaning']);
    expect(by.words).toEqual(['words']);
    expect(by.meaning).toContain('meaning');
  });

  it('does not show a row that was replaced while it was looked at', async () => {
    const source = sourceOf([chunkOf('a', 0, ANSWER)]);
    expect(await idsOf({ ...source, wholeRows: async () => [] })).toEqual([]);
  });

  it('is not thrown by a question without a word', async () => {
    expect((await searchPassages(sourceOf([]), { ...query, text: '??? !!' })).passages).toEqual([]);
  });
});
