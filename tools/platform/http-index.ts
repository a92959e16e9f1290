import path from 'node:path';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { readWhole } from './read-whole.ts';

/** An index of this size would have half a million answers. */
const MAX_INDEX_BYTES = 64 << 20;

/** One line of `http/index.tsv`: an answer recorded. */
export interface HttpIndexLine {
  at: number;
  service: string;
  request: string;
  status: number;
  /** Relative to the capture's root. */
  file: string;
}

/** Reads `http/index.tsv`; empty when there is none. Lines that leave the capture's folder, and broken ones, are left out and counted. */
export async function readHttpIndex(base: string): Promise<{ lines: HttpIndexLine[]; skipped: Bilingual[] }> {
  const read = await readWhole(base, 'http/index.tsv', MAX_INDEX_BYTES).catch(() => 'too_large' as const);
  if (read === null) return { lines: [], skipped: [] };
  if (read === 'too_large') return { lines: [], skipped: [UNREAD_INDEX] };
  const rows = read
    .toString('utf8')
    .split('\n')
    .slice(1)
    .map((row) => row.replace(/\r$/, ''))
    .filter((row) => row !== '');
  const parsed = rows.map(parseIndexLine);
  const inside = parsed.filter((line) => line !== null && isInside(line.file)) as HttpIndexLine[];
  const left = rows.length - inside.length;
  return { lines: inside, skipped: left > 0 ? [leftOut(left)] : [] };
}

const UNREAD_INDEX: Bilingual = {
  en: 'http/index.tsv could not be read: no recorded answer was used',
  zh: 'http/index.tsv 无法读取：没有使用任何已录制的应答',
};

function leftOut(lines: number): Bilingual {
  return {
    en: `${lines} ${lines === 1 ? 'line' : 'lines'} of http/index.tsv ${lines === 1 ? 'is' : 'are'} broken or lead out of the capture and ${lines === 1 ? 'was' : 'were'} left out`,
    zh: `http/index.tsv 中有 ${lines} 行损坏或指向录制目录之外，未使用`,
  };
}

function parseIndexLine(row: string): HttpIndexLine | null {
  const [at = '', service = '', request = '', status = '', file = ''] = row.split('\t');
  const time = parseCaptureTime(at);
  if (time === null || service === '' || file === '') return null;
  return { at: time, service, request, status: Number(status) || 0, file };
}

function isInside(file: string): boolean {
  const normal = path.posix.normalize(file);
  return !path.posix.isAbsolute(normal) && normal !== '..' && !normal.startsWith('../');
}

/** `20261121T102305Z` or an ISO time, as milliseconds since the epoch; null when it is neither. */
export function parseCaptureTime(text: string): number | null {
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.?(\d{1,3}))?Z$/.exec(text);
  if (compact) {
    const [, year, month, day, hour, minute, second, ms] = compact;
    return Date.UTC(
      +(year ?? 0),
      +(month ?? 1) - 1,
      +(day ?? 1),
      +(hour ?? 0),
      +(minute ?? 0),
      +(second ?? 0),
      +(ms ?? 0),
    );
  }
  const iso = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(iso) ? null : iso;
}
