import { termsOf } from '../terms/terms-of.ts';
import type { Chunk } from './chunk.ts';

/**
 * The two columns that full-text search reads. They hold the terms of `termsOf`, joined by blanks, so that the index splits
 * exactly as the query does: both are indexed with the `whitespace` tokenizer, `stem: false`, `removeStopWords: false`,
 * `lowercase: false`, `asciiFolding: false`, and no position is kept. (Measured on Chinese and identifiers: the built-in
 * tokenizers either lose two-character words or tear identifiers apart.)
 */
export interface IndexedColumns {
  /** Terms of the title, of each symptom and of the heading path, each on a line of its own: the first and the last line are always there. */
  head: string;
  /** Terms of the passage itself. */
  body: string;
}

/** Terms of a title, a symptom or a heading path that are searched: the built-in runbooks have 31 at most; more is stuffing. */
const MOST_IN_A_LINE = 60;

/** The rows with their searched columns; what the rows of one document share is read once. */
export function withIndexedColumns<Row extends Chunk>(rows: readonly Row[]): (Row & IndexedColumns)[] {
  let before: { documentId: string; lines: string } | null = null;
  return rows.map((row) => {
    if (before?.documentId !== row.documentId)
      before = {
        documentId: row.documentId,
        lines: [
          joined(row.title, MOST_IN_A_LINE),
          ...row.symptoms.split('\n').map((line) => joined(line, MOST_IN_A_LINE)),
        ].join('\n'),
      };
    return { ...row, head: `${before.lines}\n${headingTerms(row.heading)}`, body: joined(row.text) };
  });
}

/** The last line of a head: terms of a piece's own heading path. */
export function headingTerms(heading: string): string {
  return joined(heading, MOST_IN_A_LINE);
}

const joined = (text: string, most?: number) => termsOf(text).slice(0, most).join(' ');
