import { quotePiece } from '../evidence/quote-piece.ts';
import type { Platform, PlatformFile } from '../platform/platform.ts';
import { readText } from '../platform/read-text.ts';
import type { DirectRead } from './cache-facts.ts';

/** What `dd` prints at its end is short; a longer file is a log and read as such. */
const MAX_BYTES = 8 << 10;
const MAX_FILES = 200;

/** GNU coreutils `dd` (8.x, 9.x) and busybox: bytes, seconds; the rate is worked out. */
const COPIED =
  /^(?<bytes>\d{1,15}) bytes[^\n]{0,80} copied, (?<seconds>\d{1,9}(?:[.,]\d{1,9})?)(?:e-\d{1,2})? ?s(?:econds)?/m;

/** Reads of a store without the cache in between that somebody left on a host: the output of `dd`. */
export async function readDirectReads(platform: Platform, signal: AbortSignal): Promise<DirectRead[]> {
  const { files } = await platform.files();
  const small = files.filter(isSmallText).slice(0, MAX_FILES);
  const reads: DirectRead[] = [];
  for (const file of small) {
    if (signal.aborted) break;
    const read = await readDirectRead(file);
    if (read) reads.push(read);
  }
  return reads;
}

function isSmallText(file: PlatformFile): boolean {
  return (
    file.origin === 'host' &&
    file.storedBytes > 0 &&
    file.storedBytes <= MAX_BYTES &&
    !/^\/(?:proc|sys)\//.test(file.path)
  );
}

async function readDirectRead(file: PlatformFile): Promise<DirectRead | null> {
  const text = await readText(file, MAX_BYTES).then(
    (read) => read.text,
    () => '',
  );
  const match = COPIED.exec(text);
  const seconds = Number(match?.groups?.seconds?.replace(',', '.'));
  if (!match?.groups?.bytes || !(seconds > 0)) return null;
  const date = /^\w{3} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} UTC \d{4}$/m.exec(text)?.[0];
  const at = date ? Date.parse(date) : (file.sampledAt ?? null);
  return {
    host: file.host ?? null,
    bytes: Number(match.groups.bytes),
    durationMs: Math.round(seconds * 1000),
    at: at !== null && Number.isFinite(at) ? at : null,
    evidence: {
      ...quotePiece(text, file.source, match.index, match.index + match[0].length),
      area: 'cache',
      provenance: 'storage',
      at,
    },
  };
}
