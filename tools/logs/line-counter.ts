import type { ScanKernel } from './scan-kernel.ts';

/** Tells which line an index is in, counting forward once over all bytes, and back a little where a block begins before. */
export class LineCounter {
  private readonly kernel: ScanKernel;
  private countedTo = 0;
  /** Number of the line that `countedTo` is in. */
  private line: number;

  constructor(kernel: ScanKernel, firstLine: number) {
    this.kernel = kernel;
    this.line = firstLine;
  }

  at(index: number): number {
    if (index < this.countedTo) return this.line - this.kernel.newlines(Math.max(0, index), this.countedTo);
    this.line += this.kernel.newlines(this.countedTo, index);
    this.countedTo = index;
    return this.line;
  }

  /** Tells that everything moved towards the front. */
  shift(by: number): void {
    this.countedTo -= by;
  }
}
