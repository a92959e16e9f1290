/** Deeper than any file of settings. */
const MAX_DEPTH = 32;

interface Line {
  indent: number;
  text: string;
}

/**
 * Reads the YAML that tools write settings in (block mappings and lists, plain and quoted scalars, block texts), and JSON. Anchors,
 * tags, merges and several documents are refused rather than half understood. Values stay texts: nothing here turns `no` into false.
 *
 * @throws RangeError that says which line is not understood; never with the line's content, which may be a secret
 */
export function parsePlainYaml(text: string): unknown {
  if (/^\uFEFF?\s{0,200}\{/.test(text)) return JSON.parse(text.replace(/^\uFEFF/, ''));
  const lines = linesOf(text);
  const at = { line: 0 };
  const value = block(lines, at, 0);
  skipBlank(lines, at);
  if (at.line < lines.length) throw notUnderstood(at.line);
  return value;
}

function linesOf(text: string): Line[] {
  // Behind the first content a mark begins another document.
  let isBegun = false;
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((raw, number) => {
      const indent = raw.length - raw.trimStart().length;
      if (raw.slice(0, indent).includes('\t') && raw.trim() !== '') throw notUnderstood(number);
      const isMark = !isBegun && /^(?:---|%YAML\b.{0,40})\s{0,20}$/.test(raw);
      isBegun ||= !isMark && raw.trim() !== '' && !raw.trimStart().startsWith('#');
      return { indent, text: isMark ? '' : raw.slice(indent) };
    });
}

function isBlank({ text }: Line): boolean {
  return text.trim() === '' || text.startsWith('#');
}

function skipBlank(lines: readonly Line[], at: { line: number }): Line | null {
  while (at.line < lines.length && isBlank(lines[at.line] as Line)) at.line += 1;
  return lines[at.line] ?? null;
}

function block(lines: Line[], at: { line: number }, depth: number): unknown {
  const first = skipBlank(lines, at);
  if (first === null) return null;
  if (depth > MAX_DEPTH) throw notUnderstood(at.line);
  return isItem(first) ? list(lines, at, first.indent, depth) : mapping(lines, at, first.indent, depth);
}

function isItem({ text }: Line): boolean {
  return text === '-' || text.startsWith('- ');
}

function list(lines: Line[], at: { line: number }, indent: number, depth: number): unknown[] {
  const items: unknown[] = [];
  for (let line = skipBlank(lines, at); line?.indent === indent && isItem(line); line = skipBlank(lines, at)) {
    const rest = line.text.slice(1).trimStart();
    if (rest === '' || rest.startsWith('#')) {
      at.line += 1;
      const next = skipBlank(lines, at);
      items.push(next && next.indent > indent ? block(lines, at, depth + 1) : null);
    } else if (keyOf(rest) !== null || isItem({ indent: 0, text: rest })) {
      // What follows the dash is a block of its own, as if it stood on a line of its own.
      lines[at.line] = { indent: indent + line.text.length - rest.length, text: rest };
      items.push(block(lines, at, depth + 1));
    } else {
      items.push(scalar(rest, at.line));
      at.line += 1;
    }
  }
  return items;
}

function mapping(lines: Line[], at: { line: number }, indent: number, depth: number): Record<string, unknown> {
  const read: Record<string, unknown> = Object.create(null);
  for (let line = skipBlank(lines, at); line?.indent === indent && !isItem(line); line = skipBlank(lines, at)) {
    const found = keyOf(line.text);
    if (found === null) throw notUnderstood(at.line);
    const { key, rest } = found;
    const number = at.line;
    at.line += 1;
    if (/^[|>][+-]?$/.test(rest)) read[key] = blockText(lines, at, indent, rest.startsWith('>'));
    else if (rest !== '') read[key] = scalar(rest, number);
    else {
      const next = skipBlank(lines, at);
      const isBelow = next !== null && (next.indent > indent || (next.indent === indent && isItem(next)));
      read[key] = isBelow ? block(lines, at, depth + 1) : null;
    }
  }
  const next = skipBlank(lines, at);
  if (next && next.indent > indent) throw notUnderstood(at.line);
  return read;
}

function keyOf(text: string): { key: string; rest: string } | null {
  const quoted = /^(?:"([^"\\]{0,300})"|'([^']{0,300})')\s{0,20}:(?:\s|$)/.exec(text);
  if (quoted) return { key: quoted[1] ?? quoted[2] ?? '', rest: withoutComment(text.slice(quoted[0].length).trim()) };
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    if (colon + 1 < text.length && !/\s/.test(text[colon + 1] ?? '')) continue;
    const key = text.slice(0, colon).trim();
    return /^[\w./-][\w./ @:-]{0,300}$/.test(key) ? { key, rest: withoutComment(text.slice(colon + 1).trim()) } : null;
  }
  return null;
}

/** Behind a blank a `#` begins a comment, outside of quotes. */
function withoutComment(text: string): string {
  if (text.startsWith('#')) return '';
  if (/^["']/.test(text)) return text;
  const at = text.search(/\s#/);
  return at === -1 ? text : text.slice(0, at).trimEnd();
}

function scalar(text: string, line: number): unknown {
  const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')\s{0,20}(?:#.*)?$/.exec(text);
  if (quoted?.[2] !== undefined) return quoted[2].replaceAll("''", "'");
  if (quoted?.[1] !== undefined) return parsed(`"${quoted[1]}"`, line);
  if (/^[{[]/.test(text)) return parsed(text, line);
  if (/^[&*!|>%@`"']/.test(text)) throw notUnderstood(line);
  const plain = withoutComment(text);
  return plain === '~' || plain === 'null' ? null : plain;
}

function parsed(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notUnderstood(line);
  }
}

function blockText(lines: readonly Line[], at: { line: number }, indent: number, folded: boolean): string {
  const parts: string[] = [];
  for (; at.line < lines.length; at.line += 1) {
    const line = lines[at.line] as Line;
    if (line.text.trim() !== '' && line.indent <= indent) break;
    parts.push(line.text);
  }
  return `${parts.join(folded ? ' ' : '\n').trimEnd()}\n`;
}

function notUnderstood(line: number): RangeError {
  return new RangeError(`line ${line + 1} is no plain YAML`);
}
