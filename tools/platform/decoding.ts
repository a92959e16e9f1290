/** How a compressed stream ended. Filled by a decoder; read after its last chunk. */
export interface DecodingEnd {
  /**
   * `whole`: as the format says; `cut`: the bytes stop in the middle (a running application, a copy that broke off);
   * `damaged`: bytes that the format does not allow.
   */
  state: 'whole' | 'cut' | 'damaged';
}

/** Undoes one codec. Gives out all that can be decoded, never throws for what the bytes are, tells in `end` how it went. */
export type Decoder = (input: AsyncIterable<Buffer>, end: DecodingEnd) => AsyncGenerator<Buffer>;

/** The largest block a codec may announce; what announces more is no event log. */
export const MAX_BLOCK_BYTES = 64 << 20;
