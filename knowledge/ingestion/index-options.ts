import type { DocumentLimits } from '../documents/limits.ts';
import type { Embedder } from '../embeddings/embedder.ts';
import type { Collection } from './collection.ts';
import type { IndexLocation } from './index-location.ts';
import type { IndexProgress } from './index-report.ts';

/** What to index, and where. */
export interface IndexOptions {
  location: IndexLocation;
  /** The team's collections. The built-in runbooks are always indexed with them, unless `builtIn` is false. */
  collections: readonly Collection[];
  builtIn?: boolean;
  /** Makes the vectors; null or absent: an index of words only. */
  embedder?: Embedder | null;
  limits?: DocumentLimits;
  /** Build everything anew, whatever is there. */
  rebuild?: boolean;
  /** How long to wait for another writer to end. */
  waitMs?: number;
  /** How long tables and versions that were replaced are kept for readers that still hold them. */
  graceMs?: number;
  signal?: AbortSignal;
  onProgress?: (progress: IndexProgress) => void;
}

/** A reader refreshes within minutes; an hour also covers one that was suspended. */
export const DEFAULT_GRACE_MS = 3_600_000;
/** A run of one change takes seconds, and a first build minutes. */
export const DEFAULT_WAIT_MS = 10_000;
