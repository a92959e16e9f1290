/** One string or template literal of a source file. What a template puts in stands as `\u25a1`. */
export interface SourceLiteral {
  /** Counted from 1. */
  line: number;
  text: string;
  /** The template in whose `${…}` it stands. */
  within: SourceLiteral | null;
}

const HOLE = '\u25a1';
/** After these a slash begins a regular expression, not a division. */
const BEFORE_REGEX = /(?:[(,=:[!&|?{};+\n]|\breturn|=>)\s*$/;

/**
 * The string and template literals of a TypeScript source, in order; comments and regular expressions are passed over. Literals inside
 * a template's `${…}` are literals of their own.
 */
export function stringLiterals(source: string): SourceLiteral[] {
  const literals: SourceLiteral[] = [];
  readCode(source, 0, literals, null);
  return literals.sort((a, b) => a.line - b.line);
}

/** Reads code; within a template's hole up to the closing brace, whose index is returned. */
function readCode(source: string, from: number, literals: SourceLiteral[], within: SourceLiteral | null): number {
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (source.startsWith('//', at)) at = endOr(source, '\n', at);
    else if (source.startsWith('/*', at)) at = endOr(source, '*/', at) + 1;
    else if (char === "'" || char === '"') at = readQuoted(source, at, literals, within);
    else if (char === '`') at = readTemplate(source, at, literals, within);
    else if (char === '/' && BEFORE_REGEX.test(source.slice(Math.max(0, at - 20), at))) at = endOfRegex(source, at);
    else if (char === '{') depth += 1;
    else if (char === '}') {
      if (within !== null && depth === 0) return at;
      depth -= 1;
    }
  }
  return source.length;
}

function readQuoted(source: string, from: number, literals: SourceLiteral[], within: SourceLiteral | null): number {
  const quote = source.charAt(from);
  let at = from + 1;
  while (at < source.length && source.charAt(at) !== quote) at += source.charAt(at) === '\\' ? 2 : 1;
  literals.push({ line: lineOf(source, from), text: source.slice(from + 1, at), within });
  return at;
}

function readTemplate(source: string, from: number, literals: SourceLiteral[], within: SourceLiteral | null): number {
  const literal: SourceLiteral = { line: lineOf(source, from), text: '', within };
  literals.push(literal);
  let at = from + 1;
  while (at < source.length && source.charAt(at) !== '`') {
    if (source.startsWith('${', at)) {
      at = readCode(source, at + 2, literals, literal) + 1;
      literal.text += HOLE;
    } else {
      const length = source.charAt(at) === '\\' ? 2 : 1;
      literal.text += source.slice(at, at + length);
      at += length;
    }
  }
  return at;
}

function endOfRegex(source: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '\n') return at;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at;
  }
  return source.length;
}

function endOr(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from + 2);
  return end === -1 ? source.length : end;
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}
