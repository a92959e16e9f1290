import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One line of `http/index.tsv`: an answer recorded. */
export interface HttpIndexLine {
  at: number;
  service: string;
  request: string;
  status: number;
  /** Relative to the capture's root. */
  file: string;
}

/** Reads `http/index.tsv`; empty when there is none. Lines that leave the capture's folder are dropped. */
export async function readHttpIndex(base: string): Promise<HttpIndexLine[]> {
  const text = await readFile(path.join(base, 'http', 'index.tsv'), 'utf8').catch(() => '');
  const lines: HttpIndexLine[] = [];
  for (const row of text.split('\n').slice(1)) {
    const line = parseIndexLine(row.replace(/\r$/, ''));
    if (line && isInside(line.file)) lines.push(line);
  }
  return lines;
}

function parseIndexLine(row: string): HttpIndexLine | null {
  const [at = '', service = '', request = '', status = '', file = ''] = row.split('\t');
  const time = parseCaptureTime(at);
  if (time === null || service === '' || file === '') return null;
  return { at: time, service, request, status: Number(status) || 0, file };
}

function isInside(file: string): boolean {
  const normal = path.posix.normalize(file);
  return !path.posix.isAbsolute(normal) && !normal.startsWith('..');
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
