import type { Chunk } from '../ingestion/chunk.ts';

/** Which half of the search found a passage. */
export type FoundBy = 'words' | 'meaning' | 'code';

/** A passage that may be shown and cited: a hit with the neighbours that belong to it. */
export interface Passage {
  /** The piece that was hit. */
  chunk: Chunk;
  /** The hit and its neighbours of the same section, in order. */
  text: string;
  /** 0 to 1; only comparable inside one answer. */
  score: number;
  foundBy: readonly FoundBy[];
  /** Why it was found: the words of the question that it holds, as they stand in it, and what the glossary added. */
  matched: readonly string[];
}

/** What is looked for. */
export interface SearchQuery {
  text: string;
  /** Groups that the reader belongs to; `everyone` is always among them. Filtered in the query. */
  audience: readonly string[];
  /** Only passages about one of these codes; empty or absent: any. */
  codes?: readonly string[];
  areas?: readonly string[];
  /** Collections that are left out, such as `built-in`. */
  without?: readonly string[];
  /** Only documents written for this version or for none in particular, such as `{ spark: '3.5.1' }`. */
  versions?: Readonly<Record<string, string>>;
  limit: number;
}

/** What was found, and by which means it was looked for. */
export interface SearchResult {
  /** Best first; empty: nothing written about this. */
  passages: readonly Passage[];
  /** `keywords`: no embeddings are configured or they did not answer; the answer says so. */
  mode: 'keywords' | 'hybrid';
  /** What hindered, one line each, such as an embedding server that did not answer. */
  notes: readonly string[];
}

/** Written knowledge that can be searched. */
export interface KnowledgeBase {
  search(query: SearchQuery, signal?: AbortSignal): Promise<SearchResult>;
  /** The sections of the runbooks for codes, the built-in ones first, without a search. */
  ofCodes(
    codes: readonly string[],
    audience: readonly string[],
    without?: readonly string[],
  ): Promise<readonly Passage[]>;
  close(): void;
}
