import { MAX_EXCERPT_BYTES, type Quote } from './quote.ts';

/**
 * A quote of a character range of a text, cut to the longest excerpt allowed (from its end).
 *
 * @param firstLine number of the text's first line in its source
 */
export function quotePiece(text: string, source: string, start: number, end: number, firstLine = 1): Quote {
  // The end of a line is no part of the quote: the line is read again without it.
  const excerpt = cutToBytes(text.slice(start, end)).replace(/\r?\n$/, '');
  const fromLine = firstLine + countNewlines(text, 0, start);
  const toLine = fromLine + countNewlines(text, start, start + excerpt.length);
  return { source, fromLine, toLine, excerpt };
}

/** The longest beginning of a text that fits into an excerpt, never splitting a character. */
export function cutToBytes(text: string, maxBytes = MAX_EXCERPT_BYTES): string {
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return text;
  let cut = Buffer.from(text).subarray(0, maxBytes).toString('utf8');
  while (cut.endsWith('\uFFFD') && !text.startsWith(cut)) cut = cut.slice(0, -1);
  return cut;
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
