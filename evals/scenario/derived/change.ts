/**
 * One edit of a derivation. Files are named as evidence names them (without `.gz`); lines are counted from 1 as the file stands when the
 * edit is made. An edit that finds nothing to do is an error: a derivation says exactly what differs from its parent.
 */
export type Change =
  /** Files that were not collected: names, or folders with `/` at the end. Their lines leave `http/index.tsv` too. */
  | { drop: readonly string[] }
  /** The only files that were collected. */
  | { keep: readonly string[] }
  /** A text that ends after that line: the copy was cut, or was taken while it was being written. */
  | { cut: string; after: number }
  /** Lines that a process wrote in the middle. */
  | { insert: string; after: number; lines: readonly string[] }
  /** Lines `from` to `to` say something else. */
  | { lines: string; from: number; to: number; by: readonly string[] }
  /** One fact in all its places: the text is replaced wherever it stands in files that `in` begins, `times` times in all. */
  | { replace: string; by: string; times: number; in?: string }
  | { rename: string; to: string }
  /** Taken out of the capture and handed in by the asker, whole or those lines of it. */
  | { attach: string; as: string; from?: number; to?: number };

/** How a scenario is made of another one's capture. */
export interface Derivation {
  /** Of the new scenario. */
  id: string;
  /** The parent's id. */
  from: string;
  /** In this order; empty where only the asker or the question differs. */
  changes: readonly Change[];
}
