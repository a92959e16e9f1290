import { stat } from 'node:fs/promises';
import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { bytes, count, plural } from '../../../tools/evidence/spoken-figures.ts';
import { firstTime } from '../../../tools/logs/first-time.ts';
import { parsePrefix } from '../../../tools/logs/parse-prefix.ts';
import { foreignPacking } from '../../../tools/spark/event-log/detect-codec.ts';
import type { LogPart } from '../../../tools/spark/event-log/log-part.ts';
import { partOfFile } from '../../../tools/spark/event-log/log-part.ts';
import { openEventLog } from '../../../tools/spark/event-log/open-event-log.ts';
import { type EventLogHead, sniffEventLog, sniffTail } from '../../../tools/spark/event-log/sniff-event-log.ts';
import type { AttachedFile } from './attached-file.ts';

/** What a file is, by its content. */
export type FileLook =
  | { is: AttachedFile['kind']; packing: 'none' | 'gzip' | 'zstd' | 'other'; told: Bilingual }
  | { is: 'empty' | 'binary' | 'damaged' | 'packed_text' };

/** Lines are counted this far: a packed file can hold far more than it seems, and counting must not keep the asker waiting. */
const MAX_COUNTED_BYTES = 64 << 20;
const EDGE_BYTES = 64 << 10;

/**
 * Looks into a downloaded file: what it is, how it is packed, how many lines, from when to when. Packed content is read as the product
 * reads it everywhere, within its limits for what unpacks to too much (`tools/platform/unpack-limit.ts`).
 *
 * @param name its name as people see it
 * @throws the signal's reason
 */
export async function lookIntoFile(path: string, name: string, signal: AbortSignal): Promise<FileLook> {
  const { size } = await stat(path);
  if (size === 0) return { is: 'empty' };
  const part = partOfFile({
    source: name,
    realPath: path,
    origin: 'event_log',
    path,
    storedBytes: size,
    wrapping: 'none',
  });
  const edges = await readEdges(part, signal);
  if (edges.head.length === 0) return { is: edges.packing === 'none' ? 'empty' : 'damaged' };
  if (foreignPacking(edges.head) !== null || edges.head.includes(0)) return { is: 'binary' };
  const head = await sniffEventLog(part, signal);
  if (head !== null)
    return { is: 'event_log', packing: edges.packing, told: await tellEventLog(part, name, edges, head, signal) };
  if (edges.packing === 'other') return { is: 'packed_text' };
  return { is: 'text', packing: edges.packing, told: tellText(name, size, edges) };
}

interface Edges {
  packing: 'none' | 'gzip' | 'zstd' | 'other';
  head: Buffer;
  tail: Buffer;
  lines: number;
  /** Not all was counted. */
  more: boolean;
}

async function readEdges(part: LogPart, signal: AbortSignal): Promise<Edges> {
  const log = await openEventLog(part, signal);
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let [lines, read, last] = [0, 0, 10];
  try {
    for await (const chunk of log.chunks) {
      signal.throwIfAborted();
      if (head.length < EDGE_BYTES) head = Buffer.concat([head, chunk.subarray(0, EDGE_BYTES - head.length)]);
      tail = Buffer.concat([tail, chunk.subarray(-EDGE_BYTES)]).subarray(-EDGE_BYTES);
      lines += linesIn(chunk);
      last = chunk.at(-1) ?? last;
      read += chunk.length;
      if (read >= MAX_COUNTED_BYTES) break;
    }
  } finally {
    await log.close();
  }
  const codec = log.codecs[0] ?? 'none';
  const packing =
    log.codecs.length > 1 || !(codec === 'none' || codec === 'gzip' || codec === 'zstd') ? 'other' : codec;
  const more = read >= MAX_COUNTED_BYTES || typeof log.end() === 'object';
  return { packing, head, tail, lines: lines + (last === 10 ? 0 : 1), more };
}

/** Byte by byte: looking for each next one costs a call for each line, and lines may be one byte long. */
function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = 0; at < chunk.length; at += 1) if (chunk[at] === 10) lines += 1;
  return lines;
}

function tellText(name: string, size: number, edges: Edges): Bilingual {
  const first = firstTime(edges.head.toString('utf8'), {});
  const last = lastTime(edges.tail.toString('utf8'));
  const span = first === null || last === null || last < first ? null : spanOf(first, last);
  const over = { en: edges.more ? 'more than ' : '', zh: edges.more ? '超过 ' : '' };
  return {
    en: `read: ${name}, ${bytes(size)}, ${over.en}${plural(edges.lines, 'line')}${span === null ? '' : `; times in it ${span.en}`}`,
    zh: `已读取：${name}，${bytes(size)}，${over.zh}${count(edges.lines)} 行${span === null ? '' : `；其中时间 ${span.zh}`}`,
  };
}

async function tellEventLog(
  part: LogPart,
  name: string,
  edges: Edges,
  head: EventLogHead,
  signal: AbortSignal,
): Promise<Bilingual> {
  const tail = await sniffTail(part, head.packed, signal);
  const from = head.startedAt ?? head.firstEventAt;
  const to = tail?.endedAt ?? tail?.lastEventAt ?? null;
  const span = from === null || to === null ? null : spanOf(from, to);
  const id = head.applicationId === null || !/^[\w-]{1,120}$/.test(head.applicationId) ? null : head.applicationId;
  const over = { en: edges.more ? 'more than ' : '', zh: edges.more ? '超过 ' : '' };
  return {
    en: `read as a Spark event log: ${name}${id === null ? '' : ` (${id})`}, ${bytes(part.storedBytes)}, ${over.en}${plural(edges.lines, 'event')}${span === null ? '' : `; ${span.en} UTC`}`,
    zh: `已作为 Spark 事件日志读取：${name}${id === null ? '' : `（${id}）`}，${bytes(part.storedBytes)}，${over.zh}${count(edges.lines)} 个事件${span === null ? '' : `；${span.zh}（UTC）`}`,
  };
}

/** The last time told near the end of a log. */
function lastTime(tail: string): number | null {
  for (const line of tail.split('\n').reverse().slice(0, 200)) {
    const at = parsePrefix(line, {})?.at ?? null;
    if (at !== null) return at;
  }
  return null;
}

/** As the log writes it: without a zone of its own its clock is taken as it stands. */
function spanOf(from: number, to: number): Bilingual {
  const [first, last] = [new Date(from), new Date(to)].map((date) =>
    Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 19).replace('T', ' '),
  ) as [string, string];
  const end = first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last;
  return { en: `${first} to ${end}`, zh: `${first} 至 ${end}` };
}
