/** Capital first letters are rare in a log, so a plain search for each of these runs at the speed of memory. */
const LEVEL_WORDS: readonly Buffer[] = ['WARN', 'ERROR', 'FATAL'].map((word) => Buffer.from(word));

interface Pending {
  /** Index of the next one, `-1` for none up to `searchedTo`. */
  at: number;
  searchedTo: number;
}

/**
 * Finds the level words in bytes that grow at their end and move at their front. Too short and too common inside of other words for a
 * trigger table, they are searched for each by itself, every byte once.
 */
export class LevelFinder {
  private readonly pending: Pending[] = LEVEL_WORDS.map(() => ({ at: -1, searchedTo: 0 }));

  /** Index of the first level word between `from` and `to`, or `-1`. */
  next(bytes: Buffer, from: number, to: number): number {
    let first = -1;
    for (const [index, word] of LEVEL_WORDS.entries()) {
      const at = this.nextOf(index, word, bytes, from, to);
      if (at !== -1 && (first === -1 || at < first)) first = at;
    }
    return first;
  }

  /** Tells that everything moved towards the front. */
  shift(by: number): void {
    for (const pending of this.pending) {
      if (pending.at !== -1) pending.at -= by;
      pending.searchedTo = Math.max(0, pending.searchedTo - by);
    }
  }

  private nextOf(index: number, word: Buffer, bytes: Buffer, from: number, to: number): number {
    const pending = this.pending[index] as Pending;
    if (pending.at >= from) return pending.at < to ? pending.at : -1;
    let at = Math.max(from, pending.searchedTo);
    if (at > to - word.length) return -1;
    const text = bytes.subarray(0, to);
    for (;;) {
      at = text.indexOf(word, at);
      if (at === -1 || standsAlone(text, at, word.length)) break;
      at += word.length;
    }
    pending.at = at;
    pending.searchedTo = at === -1 ? Math.max(0, to - word.length + 1) : at;
    return at;
  }
}

/** `WARN` and `WARNING`, but neither `FORWARN` nor `ERROR_CODE` nor `WARNa`. */
function standsAlone(text: Buffer, at: number, length: number): boolean {
  const before = at === 0 ? 32 : (text[at - 1] as number);
  const after = at + length < text.length ? (text[at + length] as number) : 32;
  const isJoinedBefore = isLetter(before) ? !endsColourCode(text, at - 1) : isDigitOrUnderscore(before);
  const isLower = after >= 97 && after <= 122;
  return !isJoinedBefore && !isLower && !isDigitOrUnderscore(after);
}

function isLetter(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}

function isDigitOrUnderscore(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || byte === 95;
}

/** The `m` of `\x1b[33m`. */
function endsColourCode(text: Buffer, at: number): boolean {
  return text[at] === 109 && text.subarray(Math.max(0, at - 8), at).includes(0x1b);
}
