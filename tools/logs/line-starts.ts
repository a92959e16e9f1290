import { beginsRecord, type LineLayout } from './line-layout.ts';

const NEWLINE = 10;

/**
 * Remembers which lines just ahead begin a record and which do not. Where nearly every line is a hit, each asks about the same sixty
 * lines behind it; so each line is looked at once. Indexes are those of the window and move with it.
 */
export class LineStarts {
  /** Every line that begins in [from, to) begins no record. */
  private from = 0;
  private to = 0;
  /** The last line found that does. */
  private recordAt = -1;

  /** True when the line at `at`, which ends at `lineEnd`, begins a record. */
  begins(layout: LineLayout, bytes: Buffer, at: number, lineEnd: number): boolean {
    if (at === this.recordAt) return true;
    if (at >= this.from && at < this.to) return false;
    const begins = beginsRecord(layout, bytes, at, lineEnd);
    // The end of a line that is cut by the bytes at hand may still change the answer.
    if (lineEnd > at && bytes[lineEnd - 1] === NEWLINE) this.note(at, lineEnd, begins);
    return begins;
  }

  private note(at: number, lineEnd: number, begins: boolean): void {
    if (begins) this.recordAt = at;
    else if (at === this.to) this.to = lineEnd;
    else if (lineEnd === this.from) this.from = at;
    else {
      this.from = at;
      this.to = lineEnd;
    }
  }

  /** Tells that everything moved towards the front. */
  shift(by: number): void {
    this.from -= by;
    this.to -= by;
    this.recordAt -= by;
  }

  /** Another layout holds from here on. */
  forget(): void {
    this.from = 0;
    this.to = 0;
    this.recordAt = -1;
  }
}
