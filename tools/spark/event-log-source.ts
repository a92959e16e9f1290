import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Outcome } from '../evidence/outcome.ts';
import { count, plural } from '../evidence/spoken-figures.ts';
import type { Platform, PlatformFile } from '../platform/platform.ts';
import { noteRead } from '../platform/read-files.ts';
import { noteUnread } from '../platform/unread-files.ts';
import { groupEventLogs, type LogGroup, type StoredLog } from './event-log/group-event-logs.ts';
import { partOfFile } from './event-log/log-part.ts';
import { isStatusMarker } from './event-log/rolling-names.ts';
import { sniffEventLog, sniffTail } from './event-log/sniff-event-log.ts';
import type { SparkRun } from './facts.ts';
import { readEventLog } from './read-event-log.ts';
import type { SparkRunListing, SparkSource } from './source.ts';

/** How many files are looked into at the same time. */
const SIDE_BY_SIDE = 8;

/**
 * Spark runs as event logs among the platform's files, known by content: a file is one when its first line, unpacked, is a
 * Spark event. Parts of rolling logs are put together; each attempt of an application is a run of its own.
 */
export function eventLogSource(platform: Platform): SparkSource {
  let found: Promise<Found> | null = null;
  const runs = new Map<string, Promise<Outcome<SparkRun>>>();

  async function groups(): Promise<Found> {
    found ??= findLogs(platform);
    return await found;
  }

  return {
    async list() {
      const { listed, looked, notes } = await groups();
      if (listed.length === 0) return { outcome: 'no_data', looked };
      return { outcome: 'ok', value: listed.map(({ listing }) => listing), notes };
    },
    async read(handle, signal) {
      const { listed } = await groups();
      const entry = listed.find(({ listing }) => listing.handle === handle);
      if (entry === undefined) return unknownHandle(handle);
      const known = runs.get(handle);
      if (known) return await known;
      for (const file of entry.files) noteRead(file);
      const reading = readEventLog(entry.files, signal ? { signal } : {});
      runs.set(handle, reading);
      // An aborted reading is no answer to keep.
      reading.catch(() => runs.delete(handle));
      return await reading;
    },
  };
}

interface Found {
  listed: { listing: SparkRunListing; files: readonly PlatformFile[] }[];
  looked: Bilingual;
  notes: Bilingual[];
}

async function findLogs(platform: Platform): Promise<Found> {
  const { files } = await platform.files();
  const candidates = files.filter(mayBeLog);
  const stored: StoredLog<PlatformFile>[] = [];
  const unread: string[] = [];
  await inParallel(candidates, async (file) => {
    const storedPath = file.origin === 'host' ? `${file.host}:${file.path}` : `${file.origin}:${file.path}`;
    if (file.storedBytes === 0) {
      stored.push({ item: file, storedPath, head: null });
      return;
    }
    const head = await sniffEventLog(partOfFile(file)).catch((error: unknown) => {
      if (!noteUnread(file, error)) unread.push(file.source);
      return null;
    });
    if (head !== null) stored.push({ item: file, storedPath, head });
  });
  // Looking side by side finishes in any order.
  stored.sort((a, b) => (a.storedPath < b.storedPath ? -1 : 1));
  const listed = await Promise.all(groupEventLogs(stored).map(async (group) => await listingOf(group)));
  return {
    listed: withoutCopies(listed).sort((a, b) => (b.listing.startedAt ?? 0) - (a.listing.startedAt ?? 0)),
    looked: {
      en: `none of ${plural(candidates.length, 'file')} is a Spark event log`,
      zh: `${count(candidates.length)} 个文件中没有 Spark 事件日志`,
    },
    notes:
      unread.length === 0
        ? []
        : [{ en: `${plural(unread.length, 'file')} could not be opened`, zh: `有 ${unread.length} 个文件无法打开` }],
  };
}

/** Kernel files are no logs; of a host file only the latest sample counts; an empty file matters only as a marker. */
function mayBeLog(file: PlatformFile): boolean {
  if (file.sampledAt !== undefined) return false;
  if (file.storedBytes === 0) return isStatusMarker(file.path.slice(file.path.lastIndexOf('/') + 1));
  return file.origin !== 'host' || !/^\/(?:proc|sys)\//.test(file.path);
}

async function listingOf(group: LogGroup<PlatformFile>): Promise<Found['listed'][number]> {
  const { head, parts } = group;
  const logs = parts.filter((file) => file.storedBytes > 0);
  const last = logs.at(-1);
  const tail = last === undefined ? undefined : await sniffTail(partOfFile(last), head.packed).catch(() => undefined);
  return {
    files: parts,
    listing: {
      handle: parts[0]?.source ?? '',
      applicationId: head.applicationId,
      applicationName: head.applicationName,
      attempt: head.attempt,
      user: head.user,
      startedAt: head.startedAt ?? head.firstEventAt,
      endedAt: tail?.endedAt ?? null,
      lastUpdatedAt: tail?.lastEventAt ?? null,
      inProgress: typeof tail?.endedAt === 'number' ? false : group.inProgress,
      sparkVersion: head.sparkVersion,
      backend: 'event_log',
    },
  };
}

/** One log found twice (on a host and in the file system, as `.inprogress` and finished): the one that tells more. */
function withoutCopies(listed: Found['listed']): Found['listed'] {
  const best = new Map<string, Found['listed'][number]>();
  for (const [position, entry] of listed.entries()) {
    const { applicationId, attempt, startedAt, handle } = entry.listing;
    const key =
      applicationId === null || startedAt === null
        ? `${handle} ${position}`
        : `${applicationId} ${attempt} ${startedAt}`;
    const known = best.get(key);
    if (known === undefined || tellsMore(entry, known)) best.set(key, entry);
  }
  return [...best.values()];
}

function tellsMore(a: Found['listed'][number], b: Found['listed'][number]): boolean {
  const ended = Number(a.listing.endedAt !== null) - Number(b.listing.endedAt !== null);
  return ended !== 0 ? ended > 0 : sizeOf(a.files) > sizeOf(b.files);
}

function sizeOf(files: readonly PlatformFile[]): number {
  return files.reduce((total, file) => total + file.storedBytes, 0);
}

async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await act(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

function unknownHandle(handle: string): Outcome<SparkRun> {
  return {
    outcome: 'no_data',
    looked: { en: `there is no event log ${handle}`, zh: `没有事件日志 ${handle}` },
  };
}
