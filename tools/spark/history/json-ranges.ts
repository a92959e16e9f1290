/** Where an element of a JSON array stands in its text, in characters; the end is exclusive. */
export interface JsonRange {
  start: number;
  end: number;
}

const MAX_ELEMENTS = 200_000;

/**
 * Ranges of the elements of the array that a text is, or of the one object that it is. The text must have been parsed before:
 * broken text gives an empty or short list. One pass, no recursion.
 */
export function elementRanges(text: string): JsonRange[] {
  const first = skipSpace(text, 0);
  if (text[first] === '{') return [{ start: first, end: endOfValue(text, first) }];
  if (text[first] !== '[') return [];
  const ranges: JsonRange[] = [];
  let at = skipSpace(text, first + 1);
  while (at < text.length && text[at] !== ']' && ranges.length < MAX_ELEMENTS) {
    const end = endOfValue(text, at);
    ranges.push({ start: at, end });
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
    else break;
  }
  return ranges;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
  return at;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const letter = text[at];
    if (letter === '"') {
      at = endOfString(text, at);
      if (depth === 0) return at;
    } else {
      if (letter === '{' || letter === '[') depth += 1;
      else if (letter === '}' || letter === ']') {
        if (depth === 0) return at;
        depth -= 1;
      } else if (depth === 0 && at > start && ', \t\r\n'.includes(letter ?? '')) return at;
      at += 1;
    }
    if (depth === 0 && (letter === '}' || letter === ']')) return at;
  }
  return text.length;
}

function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
