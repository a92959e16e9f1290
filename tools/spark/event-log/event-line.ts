import { MAX_EXCERPT_BYTES, type Quote } from '../../evidence/quote.ts';

/** One line of an event log with the place it stands at. `bytes` is a view: copy what must outlive the call. */
export interface EventLine {
  source: string;
  /** From 1, after decompression. */
  line: number;
  /** Byte offset of the line's first byte, after decompression. */
  offset: number;
  bytes: Buffer;
}

/** A quote of the line from byte `from` on, as much as an excerpt may hold, cut at whole characters. */
export function quoteLine(line: EventLine, from = 0, maxBytes = MAX_EXCERPT_BYTES): Quote {
  return {
    source: line.source,
    fromLine: line.line,
    toLine: line.line,
    offset: line.offset,
    excerpt: excerptAt(line.bytes, from, maxBytes),
  };
}

/** A quote that begins at the first place where `words` stand, at the line's head when they do not. */
export function quoteFrom(line: EventLine, words: string, maxBytes = MAX_EXCERPT_BYTES): Quote {
  return quoteLine(line, Math.max(0, line.bytes.indexOf(words)), maxBytes);
}

/** Text of at most `maxBytes` bytes that is byte-identical in `bytes`: never half a character, no replacement marks. */
function excerptAt(bytes: Buffer, from: number, maxBytes: number): string {
  let start = from;
  while (start < bytes.length && isContinuation(bytes[start])) start += 1;
  let end = Math.min(bytes.length, start + Math.min(maxBytes, MAX_EXCERPT_BYTES));
  while (end > start && end < bytes.length && isContinuation(bytes[end])) end -= 1;
  const text = bytes.toString('utf8', start, end);
  const broken = text.indexOf('\uFFFD');
  if (broken < 0 || Buffer.from(text, 'utf8').equals(bytes.subarray(start, end))) return text;
  return text.slice(0, broken);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
