import type { Chunk } from '../ingestion/chunk.ts';
import type { FoundBy, SearchQuery } from './passage.ts';
import type { PassageScore, SearchedText } from './score-passage.ts';
import type { TermWeights } from './term-weights.ts';

/** A row that the index handed over for a closer look: what ranking reads of it. The whole row is fetched for what is shown. */
export type Candidate = Pick<Chunk, 'id' | 'documentId' | 'collection' | 'section' | 'heading' | 'page' | 'position'> &
  SearchedText;

/** Terms looked for together, and what they count. */
export interface WeightedTerms {
  terms: readonly string[];
  boost: number;
}

/** What the search needs of an index. */
export interface PassageSource {
  weights: TermWeights;
  /** Rows that hold any of the terms, best first by the index's own measure; only those the audience may read. */
  byWords(terms: readonly WeightedTerms[], query: SearchQuery): Promise<readonly Candidate[]>;
  /** Rows nearest in meaning with their likeness (cosine); null: no embeddings. */
  byMeaning(query: SearchQuery, signal?: AbortSignal): Promise<readonly { row: Candidate; likeness: number }[] | null>;
  /** The whole rows of candidates and of the pieces before and after each, for the text around a hit; by the same filter. */
  wholeRows(rows: readonly Candidate[], query: SearchQuery): Promise<readonly Chunk[]>;
}

/** A candidate with its place in the order. */
export interface Ranked {
  row: Candidate;
  score: number;
  found: PassageScore;
  foundBy: readonly FoundBy[];
}
