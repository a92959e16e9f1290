import { stat } from 'node:fs/promises';
import type { HttpIndexLine } from './http-index.ts';
import type { PlatformFile } from './platform.ts';
import { readTail } from './read-text.ts';

const TAIL_BYTES = 4096;
/** How many files are looked into at the same time. */
const SIDE_BY_SIDE = 8;
/** Wrapped files have to be read through to reach their end; large ones are left to the others. */
const MAX_WRAPPED_BYTES = 16 << 20;

/**
 * "Now" of a capture: the latest time recorded in it, by its index, its samples, and the last stamped line of each text
 * file. A capture without any time falls back to the latest change of its files.
 */
export async function latestRecordedTime(
  files: readonly PlatformFile[],
  index: readonly HttpIndexLine[],
): Promise<number> {
  let latest = 0;
  for (const line of index) latest = Math.max(latest, line.at);
  for (const file of files) latest = Math.max(latest, file.sampledAt ?? 0);
  const stamped = files.filter(mayHoldTimes).values();
  const readOn = async () => {
    for (const file of stamped) {
      // Awaited first: `latest` may have grown in the meantime.
      const stamp = await lastStamp(file);
      latest = Math.max(latest, stamp);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, readOn));
  if (latest > 0) return latest;
  const changed = await Promise.all(
    files.map((file) =>
      stat(file.realPath).then(
        (info) => info.mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.round(Math.max(0, ...changed)) || Date.now();
}

function mayHoldTimes(file: PlatformFile): boolean {
  return file.storedBytes > 0 && !/^\/(?:proc|sys)\//.test(file.path);
}

async function lastStamp(file: PlatformFile): Promise<number> {
  const readable = file.wrapping === 'none' || file.storedBytes < MAX_WRAPPED_BYTES;
  const tail = readable ? await readTail(file, TAIL_BYTES).catch(() => null) : null;
  if (tail === null || tail.includes(0)) return 0;
  return latestStampIn(tail.toString('latin1'));
}

/** The latest of the stamps of engine logs (`26/11/21 10:23:18`), ISO-like stamps and event-log times in a text; 0 for none. */
export function latestStampIn(text: string): number {
  let latest = 0;
  for (const match of text.matchAll(/(?<![\d/])(\d{2})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})(?![\d/])/g)) {
    const [, year, month, day, hour, minute, second] = match.map(Number);
    latest = Math.max(latest, plausible(Date.UTC(2000 + (year ?? 0), (month ?? 1) - 1, day, hour, minute, second)));
  }
  for (const match of text.matchAll(/(?<!\d)(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{3}))?/g)) {
    const [, year, month, day, hour, minute, second, ms] = match.map(Number);
    latest = Math.max(latest, plausible(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, ms || 0)));
  }
  for (const match of text.matchAll(/(?:Time|Timestamp|time)"\s?:\s?(\d{13})(?!\d)/g)) {
    latest = Math.max(latest, plausible(Number(match[1])));
  }
  return latest;
}

/** A stamp of a data row (a birthday, a far future partition) is no record time. */
function plausible(time: number): number {
  return time > Date.UTC(2010, 0, 1) && time < Date.UTC(2100, 0, 1) ? time : 0;
}
