import { describe, expect, it } from 'vitest';
import type { KnowledgeBase, SearchQuery } from '../../knowledge/retrieval/passage.ts';
import { chunkOf } from '../../knowledge/retrieval/retrieval-fixture.ts';
import { searchRunbooks } from './search-runbooks.ts';

/** A base that answers with given texts and notes what it was asked. */
function baseOf(texts: readonly string[]): { base: KnowledgeBase; asked: SearchQuery[] } {
  const asked: SearchQuery[] = [];
  const passages = texts.map((text, at) => ({
    chunk: chunkOf(`book-${at}`, 0, text),
    text,
    score: 1,
    foundBy: ['words'] as const,
    matched: [],
  }));
  const search: KnowledgeBase['search'] = async (query) => {
    asked.push(query);
    return { passages, mode: 'keywords', notes: ['by words only'] };
  };
  return { asked, base: { search, ofCodes: async () => [], close: () => undefined } };
}
type Run = Parameters<ReturnType<typeof searchRunbooks>['run']>[1];
const context = { signal: new AbortController().signal } as Run;

describe('searchRunbooks', () => {
  it('asks as the groups of the asker, and gives passages with where they stand', async () => {
    const { base, asked } = baseOf(['raise the limit']);
    const answer = await searchRunbooks(base, ['platform']).run({ question: 'limit?' }, context);
    expect(asked).toEqual([{ text: 'limit?', audience: ['platform'], limit: 5 }]);
    if (answer.outcome !== 'ok') throw new Error(answer.outcome);
    expect(answer.value.facts).toMatchObject({ mode: 'keywords', notes: ['by words only'] });
    expect(answer.value.facts.passages[0]).toMatchObject({
      runbook: 'book-0',
      section: 'what-to-do',
      text: 'raise the limit',
    });
    expect(answer.value.findings).toEqual([]);
  });

  it('says that nothing is written where nothing is found', async () => {
    const answer = await searchRunbooks(baseOf([]).base, []).run({ question: '饭卡?' }, context);
    expect(answer).toMatchObject({ outcome: 'no_data', looked: { zh: '没有相关的书面资料' } });
  });

  it('cuts a long passage, and takes no code or area that does not exist', async () => {
    const tool = searchRunbooks(baseOf(['x'.repeat(5_000)]).base, []);
    const answer = await tool.run({ question: 'long' }, context);
    if (answer.outcome !== 'ok') throw new Error(answer.outcome);
    expect(answer.value.facts.passages[0]?.text.length).toBeLessThanOrEqual(1_201);
    expect(tool.input.safeParse({ question: 'a', codes: ['no.such'] }).success).toBe(false);
    expect(tool.input.safeParse({ question: 'a', areas: ['kitchen'] }).success).toBe(false);
  });
});
