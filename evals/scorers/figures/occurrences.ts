import type { Sources } from '../sources/open-sources.ts';
import type { CitedLine } from './cited-line.ts';

/** What differs between two occurrences of one message: numbers, ids, hosts and paths. */
const VARYING = /0x[0-9a-f]+|[\w.$/@:-]*\d[\w.$/@:-]*|"[^"]{0,200}"/gi;
const LONGEST_LINE = 4_000;
const HEAD_CHARS = 300;

/**
 * How often what is cited occurred: the lines of the opened sources of the same kind that are the same but for numbers, ids, hosts and paths, for each cited line and for
 * all together. Where one record stands in two logs it counts twice here and once in an answer: a count may be as high as this, and not higher.
 */
export async function occurrences(
  cited: readonly CitedLine[],
  read: readonly string[],
  sources: Sources,
): Promise<number> {
  const wanted = new Set(cited.flatMap(({ lines }) => lines.split('\n').slice(0, 12).map(shapeOf)));
  wanted.delete('');
  const names = new Set([
    ...cited.map(({ evidence }) => evidence.source),
    ...read.filter((source) => !isEventLog(source)),
  ]);
  let all = 0;
  for (const source of names) {
    const text = await sources.text(source);
    if (text === null || text.bytes.length > 8 << 20) continue;
    for (const line of text.bytes.toString('utf8').split('\n')) if (wanted.has(shapeOf(line))) all += 1;
  }
  return all;
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
