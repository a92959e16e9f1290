import { describe, expect, it } from 'vitest';
import type { KnowledgeBase, Passage, SearchQuery } from '../../knowledge/retrieval/passage.ts';
import { chunkOf } from '../../knowledge/retrieval/retrieval-fixture.ts';
import type { Investigation } from './investigation.ts';
import { writtenAbout } from './written-about.ts';

const passage = (name: string, heading = 'What to do'): Passage => ({
  chunk: { ...chunkOf(name, 0, 'text'), heading, section: heading },
  text: 'text',
  score: 1,
  foundBy: ['words'],
  matched: [],
});
const FOUND = {
  causes: [{ code: 'kernel.memcg_oom' }, { code: 'memory.spill' }],
  question: { text: 'why did it die' },
  skipped: [],
  verdict: 'answered',
} as unknown as Investigation;

function baseOf(more: Partial<KnowledgeBase>): KnowledgeBase {
  const search = async () => ({ passages: [], mode: 'keywords' as const, notes: [] });
  return { search, ofCodes: async () => [], close: () => undefined, ...more };
}

describe('writtenAbout', () => {
  it('asks for the first cause and the question, as the asker, without the built-in runbooks', async () => {
    const asked: unknown[] = [];
    const base = baseOf({
      ofCodes: async (...args) => {
        asked.push(args);
        return [];
      },
      search: async (query: SearchQuery) => {
        asked.push(query);
        return { passages: [], mode: 'keywords', notes: [] };
      },
    });
    await writtenAbout(FOUND, { base, audience: ['platform'] });
    expect(asked).toEqual([
      [['kernel.memcg_oom'], ['platform'], ['built-in']],
      { text: 'why did it die', audience: ['platform'], without: ['built-in'], limit: 3 },
    ]);
  });

  it('cites of a document about the code the section that says what to do, each section once, three at most', async () => {
    const found = [passage('a', 'Background'), passage('a'), passage('b')];
    const base = baseOf({
      ofCodes: async () => found,
      search: async () => ({ passages: [passage('a'), passage('c'), passage('d')], mode: 'keywords', notes: [] }),
    });
    const { passages } = await writtenAbout(FOUND, { base, audience: [] });
    expect(passages.map(({ chunk }) => `${chunk.runbook} ${chunk.heading}`)).toEqual([
      'a What to do',
      'b What to do',
      'c What to do',
    ]);
  });

  it('costs a sentence and no answer when the search fails', async () => {
    const base = baseOf({ search: () => Promise.reject(new Error('index is gone\nsecond line')) });
    const { passages, skipped } = await writtenAbout(FOUND, { base, audience: [] });
    expect(passages).toEqual([]);
    expect(skipped).toEqual([
      {
        en: "the team's documents could not be searched (index is gone)",
        zh: '未能检索团队文档（index is gone）',
      },
    ]);
  });

  it('searches nothing where the team has no documents of its own', async () => {
    const base = baseOf({ search: () => Promise.reject(new Error('must not be asked')) });
    expect(await writtenAbout(FOUND, { base, audience: [], onlyBuiltIn: true })).toEqual({ passages: [], skipped: [] });
  });

  it('without any written knowledge changes nothing', async () => {
    expect(await writtenAbout(FOUND, undefined)).toEqual({ passages: [], skipped: [] });
  });
});
