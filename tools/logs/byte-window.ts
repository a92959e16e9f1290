/** Bytes behind the position already processed that stay readable: a record may begin this far before its failure shows. */
export const HISTORY_BYTES = 64 << 10;

/**
 * A stretch of a file in memory that moves forward over it: new bytes come in at the end, what was processed goes out at the front
 * except for some history. Offsets are indexes into `bytes`; `base` is the file offset of index 0.
 */
export class ByteWindow {
  readonly bytes: Buffer;
  /** The same memory as 32-bit integers. */
  readonly words: Int32Array;
  /** Valid bytes. */
  length = 0;
  base = 0;

  constructor(capacityBytes: number, base = 0) {
    const capacity = (capacityBytes + 7) & ~3;
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.words = new Int32Array(this.bytes.buffer, this.bytes.byteOffset, capacity >>> 2);
    this.base = base;
  }

  /** Room for new bytes. */
  free(): Buffer {
    return this.bytes.subarray(this.length);
  }

  /** Drops what lies before `keepFrom` less the history; returns by how much offsets have moved. */
  advance(keepFrom: number): number {
    const shift = Math.max(0, keepFrom - HISTORY_BYTES) & ~3;
    if (shift === 0) return 0;
    this.bytes.copyWithin(0, shift, this.length);
    this.length -= shift;
    this.base += shift;
    return shift;
  }
}
