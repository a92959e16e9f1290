import type { ByteWindow } from './byte-window.ts';
import type { FoldedText } from './kept-records.ts';

/** Lines that begin alike this often, each time with nothing new, are known. */
const KNOWN_AFTER = 100;
const MAX_BEGINNINGS = 20_000;
/** Bytes of a line's prefix that hold its time: what comes behind tells lines apart. */
const PREFIX_BYTES = 17;
const BEGINNING_BYTES = 72;
const PRIME = 0x01000193;
const NEWLINE = 10;
const LAST_LINE_BYTES = 96;

interface Beginning {
  times: number;
  text: FoldedText;
}

/**
 * Remembers how lines begin that are repeated thousands of times (a task finished, a file listed), so that one more of them is counted
 * without cutting its record out. Only for lines without an exception or a warning: what follows those may differ.
 */
export class KnownLines {
  private readonly beginnings = new Map<number, Beginning>();
  /** Where the last line of a text stood that was only counted. */
  private readonly lastLines = new Map<FoldedText, number>();

  /** Counts one more line when it is known; false for one that has to be looked at. */
  count(window: ByteWindow, at: number, owner: number): boolean {
    const lineStart = at === 0 ? 0 : window.bytes.lastIndexOf(NEWLINE, at - 1) + 1;
    const text = this.find(this.keyOf(window, lineStart, owner));
    if (text === null) return false;
    text.more += 1;
    this.lastLines.set(text, lineStart);
    return true;
  }

  /** Writes down the last lines before the bytes move away. */
  noteLastLines({ bytes, length }: ByteWindow): void {
    for (const [text, lineStart] of this.lastLines) {
      text.lastLine = bytes.toString('latin1', lineStart, Math.min(length, lineStart + LAST_LINE_BYTES));
    }
    this.lastLines.clear();
  }

  /** The key of the line that a hit stands in. */
  keyAt(window: ByteWindow, at: number, owner: number): number {
    let lineStart = at;
    // Byte by byte: a hit stands near its line's beginning, and a call of `lastIndexOf` costs more than a hundred bytes.
    while (lineStart > 0 && window.bytes[lineStart - 1] !== NEWLINE) lineStart -= 1;
    return this.keyOf(window, lineStart, owner);
  }

  /** Hash of a line's beginning behind its time, numbers aside, and of the string that hit it. */
  keyOf({ bytes, length }: ByteWindow, lineStart: number, owner: number): number {
    let hash = Math.imul(owner + 1, PRIME) ^ 0x811c9dc5;
    let digits = false;
    const end = Math.min(length, lineStart + PREFIX_BYTES + BEGINNING_BYTES);
    for (let at = lineStart + PREFIX_BYTES; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte === NEWLINE) break;
      const isDigit = byte >= 48 && byte <= 57;
      if (!isDigit) hash = Math.imul(hash ^ byte, PRIME);
      else if (!digits) hash = Math.imul(hash ^ 48, PRIME);
      digits = isDigit;
    }
    return hash;
  }

  /** The text that a line with this key repeats, when that is known for sure. */
  find(key: number): FoldedText | null {
    const known = this.beginnings.get(key);
    return known !== undefined && known.times >= KNOWN_AFTER ? known.text : null;
  }

  /** Tells that a line with this key brought nothing new. */
  repeated(key: number, text: FoldedText): void {
    const known = this.beginnings.get(key);
    if (known?.text === text) known.times += 1;
    else if (this.beginnings.size < MAX_BEGINNINGS) this.beginnings.set(key, { times: 1, text });
  }

  /** Tells that a line with this key was new after all. */
  surprised(key: number): void {
    this.beginnings.delete(key);
  }

  /** A new log begins. */
  forget(): void {
    this.beginnings.clear();
  }
}
