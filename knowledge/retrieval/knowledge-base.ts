import type { KnowledgeBase, SearchQuery, SearchResult } from './passage.ts';
import { searchPassages } from './search-passages.ts';
import { rowsOfCodes, type TableToSearch, tableSource } from './table-source.ts';

/**
 * A table of chunks as people and the agent ask it.
 *
 * @param notes what hindered opening it, told with every answer
 */
export function knowledgeBase(
  searched: TableToSearch,
  close: () => void,
  notes: readonly string[] = [],
): KnowledgeBase {
  const whole = tableSource(searched);
  const words = tableSource({ ...searched, embed: null });
  return {
    async search(query: SearchQuery, signal?: AbortSignal): Promise<SearchResult> {
      const hindered: string[] = [];
      const found = await searchPassages(whole, query, signal).catch((error: unknown) => {
        if (searched.embed === null || signal?.aborted) throw error;
        const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
        hindered.push(`the embedding server did not answer (${why}): searched by words only`);
        return searchPassages(words, query, signal);
      });
      return { passages: found.passages, mode: found.hybrid ? 'hybrid' : 'keywords', notes: [...notes, ...hindered] };
    },
    async ofCodes(codes, audience, without = []) {
      const rows = await rowsOfCodes(searched.table, codes, audience, without);
      return rows.map((chunk) => ({ chunk, text: chunk.text, score: 1, foundBy: ['code'], matched: [] }));
    },
    close,
  };
}
