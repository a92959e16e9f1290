import type { ScanKernel } from './scan-kernel.ts';

/** Bytes behind the position already processed that stay readable: a record may begin this far before its failure shows. */
export const HISTORY_BYTES = 64 << 10;

/**
 * A stretch of a file in memory that moves forward over it: new bytes come in at the end, what was processed goes out at the front
 * except for some history. Offsets are indexes into `bytes`; `base` is the file offset of index 0.
 */
export class ByteWindow {
  readonly bytes: Buffer;
  /** Valid bytes. */
  length = 0;
  base: number;

  constructor(kernel: ScanKernel, base: number) {
    this.bytes = kernel.bytes;
    this.base = base;
  }

  /** Room for new bytes. */
  free(): Buffer {
    return this.bytes.subarray(this.length);
  }

  /** Drops what lies before `keepFrom` less the history; returns by how much offsets have moved. */
  advance(keepFrom: number): number {
    const shift = Math.max(0, keepFrom - HISTORY_BYTES) & ~15;
    if (shift === 0) return 0;
    this.bytes.copyWithin(0, shift, this.length);
    this.length -= shift;
    this.base += shift;
    return shift;
  }
}
