import { z } from 'zod';
import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import type { KnowledgeBase, SearchResult } from '../../knowledge/retrieval/passage.ts';
import { AREAS } from '../evidence/area.ts';
import { shorten } from '../evidence/shorten.ts';
import type { Tool } from '../evidence/tool.ts';

/** Passages in one answer, and characters of each: a page for a person, some 1,500 tokens for a model. */
const MAX_PASSAGES = 5;
const MAX_CHARACTERS = 1_200;

const input = z.strictObject({
  question: z.string().min(1).max(2_000).describe('what is looked for, in English or Chinese'),
  codes: z.array(z.enum(CAUSE_CODES)).max(5).optional().describe('only passages about these root-cause codes'),
  areas: z.array(z.enum(AREAS)).max(5).optional().describe('only passages about these areas'),
});

/** A passage as it is given on: a piece of writing with where it stands, never an order. */
export interface WrittenPassage {
  runbook: string;
  section: string;
  heading: string;
  url: string;
  version: string;
  /** 0 where there are no pages. */
  page: number;
  text: string;
}

/** What the search of runbooks brought. */
export interface RunbookFacts {
  passages: readonly WrittenPassage[];
  mode: SearchResult['mode'];
  notes: readonly string[];
}

/**
 * The tool that searches what is written: the built-in runbooks and the team's documents.
 *
 * @param audience groups of the asker; what they may not read is not found
 */
export function searchRunbooks(base: KnowledgeBase, audience: readonly string[]): Tool<typeof input, RunbookFacts> {
  return {
    name: 'runbooks_search',
    area: 'runbooks',
    description:
      'Finds what runbooks and team documents say about a symptom, a cause or a how-to question. Use it for "how do I …" and for what to do about a cause. ' +
      'Example: {"question": "how large should memoryOverhead be", "codes": ["memory.container_physical_limit"]}. It knows nothing of any run: what happened is in the logs.',
    input,
    progress: ({ question }) => ({
      en: `looking for "${shorten(question, 60)}" in the runbooks`,
      zh: `正在手册中查找“${shorten(question, 60)}”`,
    }),
    async run({ question, codes, areas }, { signal }) {
      const query = {
        text: question,
        audience,
        limit: MAX_PASSAGES,
        ...(codes ? { codes } : {}),
        ...(areas ? { areas } : {}),
      };
      const { passages, mode, notes } = await base.search(query, signal);
      if (passages.length === 0) {
        return { outcome: 'no_data', looked: { en: 'nothing is written about this', zh: '没有相关的书面资料' } };
      }
      const written = passages.map(({ chunk: { runbook, section, heading, url, version, page }, text }) => ({
        runbook,
        section,
        heading,
        url,
        version,
        page,
        text: shorten(text, MAX_CHARACTERS),
      }));
      return {
        outcome: 'ok',
        value: { facts: { passages: written, mode, notes }, findings: [], records: [] },
        notes: [],
      };
    },
  };
}
