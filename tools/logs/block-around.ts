import { HISTORY_BYTES } from './byte-window.ts';
import type { LineLayout } from './line-layout.ts';
import { LineStarts } from './line-starts.ts';

/** A stretch of whole lines that holds one record, or a run of prints around a hit. */
export interface TextBlock {
  start: number;
  stop: number;
  hitLineStart: number;
  hitLineEnd: number;
  /** The first line begins a record. */
  prefixed: boolean;
  /** False when the end was not seen: the bytes ended before the next record began. */
  complete: boolean;
}

const NEWLINE = 10;
/** Prints have no beginning to be found: this much before and after a hit goes with it. */
const RUN_LINES_BACK = 10;
const RUN_LINES_ON = 60;
const RUN_BYTES_ON = 16 << 10;
/** A log in which fewer lines have a prefix is one of prints. */
const PRINTS_SHARE = 0.02;
const MAX_BLOCK_BYTES = 1 << 20;
const QUOTED_TAIL = /Last (\d{1,7}) bytes of [^\n]{1,200}:\s*\n/g;
const QUOTE_ENDS = /^(?:For more detailed output|\. Failing the application|\.\s*$)/;

/** The block of lines around a hit, between `floor` and `limit`; `starts` remembers the lines looked at for the hits before. */
export function blockAround(
  bytes: Buffer,
  layout: LineLayout,
  at: number,
  floor: number,
  limit: number,
  starts: LineStarts = new LineStarts(),
): TextBlock {
  const begins: LineTest = (from, end) => starts.begins(layout, bytes, from, end);
  const hitLineStart = Math.max(floor, at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1);
  const hitLineEnd = lineEnd(bytes, at, limit);
  const isPrints = layout.prefixedShare < PRINTS_SHARE;
  const start = blockStart(bytes, begins, isPrints, hitLineStart, floor);
  const prefixed = begins(start, lineEnd(bytes, start, limit));
  const { stop, complete } = prefixed
    ? recordEnd(bytes, begins, start, hitLineEnd, limit)
    : runEnd(bytes, begins, hitLineEnd, limit);
  return { start, stop, hitLineStart, hitLineEnd, prefixed, complete };
}

/** Tells whether the line from `from` to `end` begins a record. */
type LineTest = (from: number, end: number) => boolean;

function blockStart(bytes: Buffer, begins: LineTest, isPrints: boolean, hitLineStart: number, floor: number): number {
  const lowest = Math.max(floor, hitLineStart - HISTORY_BYTES);
  let start = hitLineStart;
  let tenBack = hitLineStart;
  for (let lines = 0; start > lowest; lines += 1) {
    if (begins(start, lineEnd(bytes, start, bytes.length))) return start;
    if (lines === RUN_LINES_BACK) tenBack = start;
    if (isPrints && lines >= RUN_LINES_BACK) return start;
    const before = bytes.lastIndexOf(NEWLINE, start - 2) + 1;
    if (before < lowest) break;
    start = before;
  }
  if (start <= floor) return start;
  return begins(start, lineEnd(bytes, start, bytes.length)) ? start : tenBack;
}

function recordEnd(
  bytes: Buffer,
  begins: LineTest,
  start: number,
  from: number,
  limit: number,
): { stop: number; complete: boolean } {
  let stop = from;
  let quotes = false;
  let quotedUntil = 0;
  while (stop < limit && stop - start < MAX_BLOCK_BYTES) {
    const end = lineEnd(bytes, stop, limit);
    if (begins(stop, end)) {
      if (quotes && quotedUntil === 0) quotedUntil = quotedTailEnd(bytes, start, stop);
      if (stop >= quotedUntil) return { stop, complete: true };
    }
    quotes ||= beginsWithLast(bytes, stop);
    if (quotedUntil > stop && QUOTE_ENDS.test(bytes.toString('latin1', stop, Math.min(end, stop + 40))))
      quotedUntil = stop;
    stop = end;
  }
  return { stop, complete: stop < limit };
}

/** `Last 4096 bytes of …`: looked for by its letters, for every line of every record passes here. */
function beginsWithLast(bytes: Buffer, at: number): boolean {
  return bytes[at] === 76 && bytes[at + 1] === 97 && bytes[at + 2] === 115 && bytes[at + 3] === 116;
}

/** Where a quoted tail of another file ("Last 4096 bytes of stderr :") ends at the latest; 1 when it was ended. */
function quotedTailEnd(bytes: Buffer, start: number, stop: number): number {
  const text = bytes.toString('latin1', start, stop);
  let end = 1;
  for (const found of text.matchAll(QUOTED_TAIL)) end = start + found.index + found[0].length + Number(found[1]);
  return /\n(?:For more detailed output|\. Failing|\.\s*\n)/.test(text.slice(-400)) ? 1 : end;
}

function runEnd(bytes: Buffer, begins: LineTest, from: number, limit: number): { stop: number; complete: boolean } {
  let stop = from;
  for (let lines = 0; stop < limit; lines += 1) {
    const end = lineEnd(bytes, stop, limit);
    const isOver = lines >= RUN_LINES_ON || stop - from >= RUN_BYTES_ON;
    if ((isOver && !isIndented(bytes, stop)) || stop - from >= MAX_BLOCK_BYTES) return { stop, complete: true };
    if (begins(stop, end)) return { stop, complete: true };
    stop = end;
  }
  return { stop, complete: stop < limit };
}

function isIndented(bytes: Buffer, at: number): boolean {
  return bytes[at] === 9 || bytes[at] === 32;
}

/** Index behind the newline of the line that `at` is in, at most `limit`. */
function lineEnd(bytes: Buffer, at: number, limit: number): number {
  const newline = bytes.indexOf(NEWLINE, at);
  return newline === -1 || newline >= limit ? limit : newline + 1;
}
