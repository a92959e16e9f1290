/**
 * A contiguous piece of something that was read, with the place it stands at. The gate reads the place again and
 * compares byte for byte, so a quote is cut from the raw text and never edited (secrets are masked later).
 */
export interface Quote {
  /**
   * Path relative to the capture's root without a `.gz` or `.zst` suffix (for HTTP: the index's file name), `attach:N` or
   * `event-log:N` (with `/part` behind it for a part of a rolling directory).
   */
  source: string;
  /** First and last line, counted from 1 after decompression. */
  fromLine: number;
  toLine: number;
  /** Byte offset of the first byte of `fromLine` after decompression, when the reader knows it. */
  offset?: number;
  /** At most `MAX_EXCERPT_BYTES`, contiguous within the lines named. */
  excerpt: string;
}

/** The longest excerpt a piece of evidence may carry (DESIGN §5). */
export const MAX_EXCERPT_BYTES = 2048;
