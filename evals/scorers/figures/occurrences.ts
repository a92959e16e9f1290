import type { Sources } from '../sources/open-sources.ts';
import type { CitedLine } from './cited-line.ts';

/** What differs between two occurrences of one message: numbers, ids, hosts and paths. */
const VARYING = /0x[0-9a-f]+|[\w.$/@:-]*\d[\w.$/@:-]*|"[^"]{0,200}"/gi;
const LONGEST_LINE = 4_000;
/** So much of a line tells a message from others; what follows may be any exception. */
const HEAD_CHARS = 140;
/** A message whose words are all shorter is none that could be told from others. */
const SHORTEST_WORD = 4;
/** Larger ones are no logs of one incident. */
const MAX_SOURCE_BYTES = 8 << 20;

/** How often what is cited occurred. */
export interface Occurrences {
  /** All lines of the opened sources that are like a cited one. A record that stands in two logs counts twice here. */
  most: number;
  /** Every count that can be meant: of each message in each source, in all, and of all cited messages together. */
  counts: ReadonlySet<number>;
}

/** Counts the lines of the opened sources that are the same as a cited one but for numbers, ids, hosts and paths. */
export async function occurrences(
  cited: readonly CitedLine[],
  read: readonly string[],
  sources: Sources,
): Promise<Occurrences> {
  const wanted = new Set(cited.flatMap(({ lines }) => shapeOf(lines.split('\n', 1)[0] ?? '')));
  wanted.delete('');
  const names = new Set([
    ...cited.map(({ evidence }) => evidence.source),
    ...read.filter((source) => !isEventLog(source)),
  ]);
  const counts = new Set<number>();
  const byShape = new Map<string, number>();
  for (const source of names) {
    const text = await sources.text(source);
    if (text === null || text.bytes.length > MAX_SOURCE_BYTES) continue;
    const here = new Map<string, number>();
    const content = text.bytes.toString('utf8');
    for (const shape of wanted) {
      const count = linesOf(content, shape);
      if (count > 0) here.set(shape, count);
    }
    for (const [shape, count] of here) {
      counts.add(count);
      byShape.set(shape, (byShape.get(shape) ?? 0) + count);
    }
    counts.add([...here.values()].reduce((sum, count) => sum + count, 0));
  }
  for (const count of byShape.values()) counts.add(count);
  const most = [...byShape.values()].reduce((sum, count) => sum + count, 0);
  counts.add(most);
  return { most, counts };
}

/** Lines of that shape: only those are looked at that hold its longest word. */
function linesOf(content: string, shape: string): number {
  const word = shape.split('#').reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  if (word.length < SHORTEST_WORD) return 0;
  let count = 0;
  for (let at = content.indexOf(word); at !== -1; ) {
    const from = content.lastIndexOf('\n', at) + 1;
    const end = content.indexOf('\n', at);
    const to = end === -1 ? content.length : end;
    if (shapeOf(content.slice(from, to)) === shape) count += 1;
    at = content.indexOf(word, to);
  }
  return count;
}

function isEventLog(source: string): boolean {
  return source.startsWith('hdfs/') || source.startsWith('event-log:');
}

function shapeOf(line: string): string {
  if (line.length > LONGEST_LINE) return '';
  return line
    .slice(0, HEAD_CHARS)
    .replace(VARYING, '#')
    .replace(/[#\s]+/g, '#');
}
