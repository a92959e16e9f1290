const NEWLINE = 10;

/** The bytes of one source with its lines, counted from 1. Lines are found when the first is asked for. */
export class SourceText {
  readonly bytes: Buffer;
  #starts: number[] | null = null;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  static of(text: string): SourceText {
    return new SourceText(Buffer.from(text));
  }

  /** How many lines there are; an end without a newline is a line, an empty one is none. */
  get lineCount(): number {
    const starts = this.#lineStarts();
    return starts.at(-1) === this.bytes.length ? starts.length - 1 : starts.length;
  }

  /** The lines from the first to the last named, with the newlines between them; null when one of them is not there. */
  lines(from: number, to: number): string | null {
    if (from < 1 || to < from || to > this.lineCount) return null;
    const starts = this.#lineStarts();
    return this.bytes.toString('utf8', starts[from - 1], starts[to] ?? this.bytes.length).replace(/\n$/, '');
  }

  has(text: string): boolean {
    return this.bytes.includes(text);
  }

  #lineStarts(): number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.bytes.indexOf(NEWLINE); at !== -1; at = this.bytes.indexOf(NEWLINE, at + 1)) starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }
}
