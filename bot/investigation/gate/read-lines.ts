import { type FileHandle, open } from 'node:fs/promises';
import type { Platform, PlatformFile } from '../../../tools/platform/platform.ts';
import { type LogPart, partOfFile } from '../../../tools/spark/event-log/log-part.ts';
import { openEventLog } from '../../../tools/spark/event-log/open-event-log.ts';
import { zipEntries } from '../../../tools/spark/history/zip-entries.ts';
import { logPageText } from '../../../tools/yarn/log-page.ts';

/** A place to read again: lines counted from 1, and the byte offset of the first when the reader knew it. */
export interface Place {
  source: string;
  fromLine: number;
  toLine: number;
  offset?: number | undefined;
}

/** One place is at most this long: the longest line that any reader looks at (`split-lines.ts`); what lies beyond is cited by none. */
const MAX_PLACE_BYTES = 16 << 20;
/** All places of one source together. */
const MAX_SOURCE_BYTES = 64 << 20;
const READ_BYTES = 256 << 10;
const NEWLINE = 10;

/**
 * Reads cited places again, each source once and no further than needed. The answer has one text for each place, null where
 * the source or the lines are not there.
 */
export async function readLines(platform: Platform, places: readonly Place[]): Promise<(string | null)[]> {
  const { files } = await platform.files();
  const bySource = new Map(files.map((file) => [file.source, file]));
  const texts: (string | null)[] = places.map(() => null);
  const groups = Map.groupBy(places.keys(), (at) => places[at]?.source ?? '');
  for (const [source, indexes] of groups) {
    const wanted = indexes.map((index) => ({ index, place: places[index] as Place }));
    const file = bySource.get(source);
    if (file) await readFromFile(file, wanted, texts);
    else if (source.startsWith('http/')) {
      const read = await readFromAnswer(platform, source, wanted, texts);
      if (!read) await readFromArchive(platform, source, wanted, texts);
    }
  }
  return texts;
}

interface Wanted {
  index: number;
  place: Place;
}

/** False when no answer has that name. */
async function readFromAnswer(
  platform: Platform,
  source: string,
  wanted: readonly Wanted[],
  texts: (string | null)[],
): Promise<boolean> {
  const service = source.split('/')[1] ?? '';
  const answers = await platform.recorded(service);
  const answer = answers.find((one) => one.source === source);
  if (answer === undefined) return false;
  // A page that shows a log was read as the log that it shows.
  const lines = (logPageText(answer.request, answer.body) ?? answer.body).split('\n');
  for (const { index, place } of wanted) {
    const range = lines.slice(place.fromLine - 1, place.toLine);
    texts[index] = range.length > 0 ? range.join('\n') : null;
  }
  return true;
}

/** An event log that came in a history server's archive is named behind the request that gave it. */
async function readFromArchive(
  platform: Platform,
  source: string,
  wanted: readonly Wanted[],
  texts: (string | null)[],
): Promise<void> {
  const [, service = '', request = ''] = /^http\/([^/]{1,300})(\/.{1,600}\/logs)\/[^/]/.exec(source) ?? [];
  const archive = service === '' ? null : await platform.getBytes?.(service, request);
  const part = archive && zipEntries(archive, `http/${service}${request}`).find((one) => one.source === source);
  if (part) await readThrough(part, wanted, texts);
}

async function readFromFile(file: PlatformFile, wanted: readonly Wanted[], texts: (string | null)[]): Promise<void> {
  const sequential: Wanted[] = [];
  for (const entry of wanted) {
    const text = await readAtOffset(file, entry.place);
    if (text === null) sequential.push(entry);
    else texts[entry.index] = text;
  }
  if (sequential.length > 0) await readThrough(partOfFile(file), sequential, texts);
}

/** Where the bytes lie as they are and the reader knew the offset, the place is read directly: a log may have 1 GB. */
async function readAtOffset(file: PlatformFile, place: Place): Promise<string | null> {
  if (place.offset === undefined || file.lazy || file.wrapping !== 'none' || file.storedBytes < 64 << 20) return null;
  const handle = await open(file.realPath, 'r').catch(() => null);
  if (!handle) return null;
  try {
    return await linesAt(handle, place.offset, place.toLine - place.fromLine + 1);
  } finally {
    await handle.close();
  }
}

/** So many lines from a byte on, or as much of them as a place may hold: each byte is looked at once, however long a line is. */
async function linesAt(handle: FileHandle, offset: number, lines: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for (let left = lines; left > 0 && bytes < MAX_PLACE_BYTES; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, offset + bytes);
    if (bytesRead === 0) break;
    let end = 0;
    while (left > 0 && end < bytesRead) {
      const newline = buffer.subarray(0, bytesRead).indexOf(NEWLINE, end);
      end = newline === -1 ? bytesRead : newline + 1;
      if (newline !== -1) left -= 1;
    }
    parts.push(buffer.subarray(0, end));
    bytes += end;
  }
  return bytes === 0 ? null : Buffer.concat(parts, bytes).toString('utf8').replace(/\n$/, '');
}

/** Reads from the beginning, whatever the file is packed in, keeping only the lines asked for. */
async function readThrough(part: LogPart, wanted: readonly Wanted[], texts: (string | null)[]): Promise<void> {
  const first = Math.min(...wanted.map(({ place }) => place.fromLine));
  const last = Math.max(...wanted.map(({ place }) => place.toLine));
  const collected = new Map<number, Buffer[]>(wanted.map(({ index }) => [index, []]));
  const taken = new Map<number, number>();
  let line = 1;
  let bytes = 0;
  const keep = (piece: Buffer) => {
    for (const { index, place } of wanted) {
      const here = taken.get(index) ?? 0;
      if (line < place.fromLine || line > place.toLine) continue;
      if (here > MAX_PLACE_BYTES || bytes > MAX_SOURCE_BYTES) continue;
      collected.get(index)?.push(Buffer.from(piece));
      taken.set(index, here + piece.length);
      bytes += piece.length;
    }
  };
  try {
    const { chunks } = await openEventLog(part);
    for await (const chunk of chunks) {
      let start = 0;
      while (start < chunk.length && line <= last) {
        const newline = chunk.indexOf(10, start);
        const end = newline === -1 ? chunk.length : newline + 1;
        if (line >= first) keep(chunk.subarray(start, end));
        if (newline !== -1) line += 1;
        start = end;
      }
      if (line > last) break;
    }
  } catch {
    // A damaged end: what could be read is compared, the rest stays unread.
  }
  for (const { index } of wanted) {
    const parts = collected.get(index) ?? [];
    if (parts.length > 0) texts[index] = Buffer.concat(parts).toString('utf8').replace(/\n$/, '');
  }
}
