/** The package ships no types; this is the part that is used (snappyjs 0.7.0, index.js). */
declare module 'snappyjs' {
  /**
   * Decodes one raw snappy block.
   *
   * @throws when it is broken or would decode to more than `maxLength` bytes
   */
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array;
  /** Encodes one raw snappy block. */
  export function compress(uncompressed: Uint8Array): Uint8Array;
}
