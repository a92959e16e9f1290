/** A document and one sentence about it. */
export interface DocumentNote {
  documentId: string;
  text: string;
}

/** What one run of indexing did. */
export interface IndexReport {
  added: number;
  changed: number;
  deleted: number;
  unchanged: number;
  /** Documents that cannot be read, with the reason; what the index held of them it still holds. */
  failed: readonly DocumentNote[];
  /** What was left out of documents that were read, such as pages without text. */
  notes: readonly DocumentNote[];
  /** Folders that nothing can be said about, with the reason; their documents stay as they were. */
  problems: readonly string[];
  /** Documents and chunks that the index holds now. */
  documents: number;
  chunks: number;
  /** Chunks whose vector was asked for; the others' were known. */
  embedded: number;
  /** Why everything was built anew; null: only what changed was written. */
  rebuilt: 'first' | 'asked' | 'embeddings' | 'version' | 'many' | null;
  durationMs: number;
}

/** How far a run is. */
export interface IndexProgress {
  phase: 'reading' | 'writing';
  done: number;
  total: number;
}
