/** What one document may be at most; what lies beyond is refused or left out, and said. */
export interface DocumentLimits {
  /** Size of the file. A larger one is refused. */
  fileBytes: number;
  /** Pages of a PDF that are read. */
  pages: number;
  /** Sections that are kept. */
  sections: number;
  /** Characters of text that are kept, of all sections together. */
  textChars: number;
  /** How deep Markdown or HTML may be nested; what is deeper is refused, since everything here walks by recursion. */
  depth: number;
  /** Size of the front matter; a longer one is not read as such. */
  frontMatterChars: number;
  /** How long reading one document may take; its reader is ended then (`knowledge/ingestion/document-readers.ts`). */
  readMs: number;
}

/**
 * Defaults. A written manual of 1,000 pages has about 3 million characters; scanned books and exported wikis are larger,
 * and nobody is helped by a passage out of those. 60 s: 2,000 pages of text take about 20 s on one core.
 */
export const DOCUMENT_LIMITS: DocumentLimits = {
  fileBytes: 32 * 2 ** 20,
  pages: 2_000,
  sections: 5_000,
  textChars: 4_000_000,
  depth: 200,
  frontMatterChars: 65_536,
  readMs: 60_000,
};

/** Pieces of the index: long enough to say something, short enough to be read in a thread. */
export const CHUNK_LIMITS = {
  /** A section up to this length is one chunk; a longer one is cut into pieces of at most this. */
  chars: 1_600,
  /** What a piece repeats of the one before it, so that a sentence across the cut is found. */
  overlapChars: 160,
  /** A code block or table up to this length is not torn; a longer one is cut between lines. */
  wholeBlockChars: 3_200,
} as const;
