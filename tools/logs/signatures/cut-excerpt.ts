import { MAX_EXCERPT_BYTES } from '../../evidence/quote.ts';

/**
 * The whole lines of `text` that hold the characters from `start` to `end`, as one contiguous piece of at most
 * `MAX_EXCERPT_BYTES` bytes. A line too long for that is cut around the match, a match too long is cut at its end; never
 * inside a character.
 */
export function cutExcerpt(text: string, start: number, end: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', Math.max(end - 1, start));
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  const lines = text.slice(lineStart, lineEnd).replace(/\r$/, '');
  if (Buffer.byteLength(lines) <= MAX_EXCERPT_BYTES) return lines;
  return cutAround(text, lineStart, lineEnd, start, end);
}

function cutAround(text: string, lineStart: number, lineEnd: number, start: number, end: number): string {
  const matchBytes = Buffer.byteLength(text.slice(start, end));
  if (matchBytes >= MAX_EXCERPT_BYTES) return firstBytes(text.slice(start, end), MAX_EXCERPT_BYTES);
  const room = MAX_EXCERPT_BYTES - matchBytes;
  const before = lastBytes(text.slice(Math.max(lineStart, start - room), start), room >> 2);
  const left = MAX_EXCERPT_BYTES - matchBytes - Buffer.byteLength(before);
  const after = firstBytes(text.slice(end, Math.min(lineEnd, end + left)), left);
  return before + text.slice(start, end) + after;
}

/** The longest beginning of `text` that fits into `bytes` bytes of UTF-8. */
function firstBytes(text: string, bytes: number): string {
  let used = 0;
  let at = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    at += character.length;
  }
  return text.slice(0, at);
}

/** The longest end of `text` that fits into `bytes` bytes of UTF-8. */
function lastBytes(text: string, bytes: number): string {
  const characters = [...text];
  let used = 0;
  let from = characters.length;
  while (from > 0) {
    used += Buffer.byteLength(characters[from - 1] ?? '');
    if (used > bytes) break;
    from -= 1;
  }
  return characters.slice(from).join('');
}
