import { termsOf } from '../retrieval/terms-of.ts';
import type { Chunk } from './chunk.ts';

/**
 * The two columns that full-text search reads. They hold the terms of `termsOf`, joined by blanks, so that the index splits
 * exactly as the query does: both are indexed with the `whitespace` tokenizer, `stem: false`, `removeStopWords: false`,
 * `lowercase: false`, `asciiFolding: false`, and no position is kept. (Measured on Chinese and identifiers: the built-in
 * tokenizers either lose two-character words or tear identifiers apart.)
 */
export interface IndexedColumns {
  /** Terms of title, symptoms and heading path. */
  head: string;
  /** Terms of the passage itself. */
  body: string;
}

/** The searched columns of one row. */
export function indexedColumns(chunk: Chunk): IndexedColumns {
  return {
    head: termsOf(`${chunk.title}\n${chunk.symptoms}\n${chunk.heading}`).join(' '),
    body: termsOf(chunk.text).join(' '),
  };
}
