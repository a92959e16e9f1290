/** A value's place in a JSON text: from its first character to behind its last. */
export interface JsonRange {
  start: number;
  end: number;
}

/** A member of an object: where its key begins, and where its value stands. */
export interface MemberRange extends JsonRange {
  keyStart: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** The whole value of a text; `null` when it begins with neither `{` nor `[`. */
export function rootRange(body: string): JsonRange | null {
  const start = skipSpace(body, body.charCodeAt(0) === 0xfeff ? 1 : 0);
  const first = body.charCodeAt(start);
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) return null;
  return { start, end: skipValue(body, start) };
}

/**
 * The members of an object by key, first of doubles. Made for quoting: it needs only balanced brackets and strings, so the
 * whole members in front of a cut or a `NaN` are still found.
 */
export function memberRanges(body: string, object: JsonRange): Map<string, MemberRange> {
  const members = new Map<string, MemberRange>();
  if (body.charCodeAt(object.start) !== OPEN_OBJECT) return members;
  let at = skipSpace(body, object.start + 1);
  while (at < object.end && body.charCodeAt(at) === QUOTE) {
    const keyStart = at;
    const keyEnd = skipString(body, at);
    const colon = skipSpace(body, keyEnd);
    if (body.charCodeAt(colon) !== COLON) break;
    const start = skipSpace(body, colon + 1);
    const end = skipValue(body, start);
    if (end <= start || end > object.end) break;
    const key = body.slice(keyStart + 1, keyEnd - 1);
    if (!members.has(key)) members.set(key, { keyStart, start, end });
    at = afterComma(body, end);
  }
  return members;
}

/** The elements of an array; a lone object counts as an array of one (some Hadoop versions write it so). */
export function elementRanges(body: string, array: JsonRange): JsonRange[] {
  const first = body.charCodeAt(array.start);
  if (first === OPEN_OBJECT) return [array];
  if (first !== OPEN_ARRAY) return [];
  const elements: JsonRange[] = [];
  let at = skipSpace(body, array.start + 1);
  while (at < array.end && body.charCodeAt(at) !== CLOSE_ARRAY) {
    const end = skipValue(body, at);
    if (end <= at || end > array.end) break;
    elements.push({ start: at, end });
    at = afterComma(body, end);
  }
  return elements;
}

/** The value at a path of keys, from the root; `null` when a key is missing. */
export function rangeAt(body: string, path: readonly string[]): JsonRange | null {
  let range: JsonRange | null = rootRange(body);
  for (const key of path) {
    if (!range) return null;
    range = memberRanges(body, range).get(key) ?? null;
  }
  return range;
}

function afterComma(body: string, at: number): number {
  const next = skipSpace(body, at);
  return body.charCodeAt(next) === COMMA ? skipSpace(body, next + 1) : next;
}

function skipSpace(body: string, from: number): number {
  let at = from;
  for (;;) {
    const code = body.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

/** Behind the closing quote; the text's end when there is none. */
function skipString(body: string, from: number): number {
  for (let at = body.indexOf('"', from + 1); at !== -1; at = body.indexOf('"', at + 1)) {
    let slashes = 0;
    while (body.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return body.length;
}

/** Behind a value, brackets balanced; the text's end when it is cut. */
function skipValue(body: string, from: number): number {
  const first = body.charCodeAt(from);
  if (first === QUOTE) return skipString(body, from);
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) return skipWord(body, from);
  let depth = 0;
  for (let at = from; at < body.length; at += 1) {
    const code = body.charCodeAt(at);
    if (code === QUOTE) at = skipString(body, at) - 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1;
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return body.length;
}

/** Behind a number, `true`, `null`, `NaN`. */
function skipWord(body: string, from: number): number {
  let at = from;
  while (at < body.length) {
    const code = body.charCodeAt(at);
    if (code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY || code <= 0x20) break;
    at += 1;
  }
  return at;
}
