import { MAX_EXCERPT_BYTES, type Quote } from '../evidence/quote.ts';
import type { TextRecord } from '../evidence/text-record.ts';

/**
 * The quote for a piece of a record's text: the very lines that hold it. A record taken out of an answer (JSON) was decoded,
 * so its lines and characters are not those of the source; then only a piece that stands in the source as it is may be
 * quoted, and the lines are those of the record.
 */
export function quoteOfRecord(record: TextRecord, excerpt: string): Quote {
  const { quote, text } = record;
  const at = text.indexOf(excerpt);
  if (at === -1) return quote;
  if (!standsAsRead(text, quote, at + excerpt.length)) return decodedQuote(quote, excerpt);
  const fromLine = quote.fromLine + countBreaks(text, at);
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  return {
    source: quote.source,
    fromLine,
    toLine: fromLine + countBreaks(excerpt, excerpt.length),
    ...(quote.offset === undefined ? {} : { offset: quote.offset + Buffer.byteLength(text.slice(0, lineStart)) }),
    excerpt,
  };
}

/** A reader's quote of this many bytes was cut for its length: the record goes on behind it. */
const CUT_EXCERPT_BYTES = MAX_EXCERPT_BYTES - 4;

/**
 * True when the record's text up to `end` is the source's text. The reader's quote is its proven beginning; behind it that
 * holds only when the quote was cut for its length, not when the record was decoded or another thread's lines lay between.
 */
function standsAsRead(text: string, quote: Quote, end: number): boolean {
  if (!text.startsWith(quote.excerpt)) return false;
  return end <= quote.excerpt.length || Buffer.byteLength(quote.excerpt) >= CUT_EXCERPT_BYTES;
}

/** Characters that no JSON writer escapes; a run of them stands in the source as it stands in the decoded text. */
const UNESCAPED_RUN = /[A-Za-z0-9 .,:;_()[\]{}|*+?!@#$%^~-]{16,2000}/g;

function decodedQuote(quote: Quote, excerpt: string): Quote {
  if (quote.excerpt.includes(excerpt)) return { ...quote, excerpt };
  const runs = [...excerpt.matchAll(UNESCAPED_RUN)].map((found) => found[0].trim());
  const longestFirst = runs.sort((a, b) => b.length - a.length);
  const shown = longestFirst.find((run) => quote.excerpt.includes(run));
  if (shown) return { ...quote, excerpt: shown };
  const hidden = longestFirst[0];
  // What was found lies behind the part the reader quoted: the run stands in the same lines, or the reader's quote stays.
  return hidden && quote.fromLine === quote.toLine ? { ...quote, excerpt: hidden } : quote;
}

function countBreaks(text: string, to: number): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}
