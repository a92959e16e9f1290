import { waitsForDisk } from '../host/disk-messages.ts';
import { HOSTS_SIDE_BY_SIDE, mapBounded } from '../host/map-bounded.ts';
import { orderSamples } from '../host/order-samples.ts';
import type { ProcessFacts } from '../host/process-facts.ts';
import { isControlFile } from '../host/read-groups.ts';
import { isHostFile, readHostFiles } from '../host/read-host-files.ts';
import { kernelLogKind, readKernelLog } from '../host/read-kernel-log.ts';
import { isWrittenByUsers } from '../host/written-by-users.ts';
import type { Platform, PlatformFile } from '../platform/platform.ts';
import { readHead, readText } from '../platform/read-text.ts';
import { type DiskSample, emptyHostDiskFacts, type HostDiskFacts, type WaitingProcess } from './host-disk-facts.ts';
import { parseDf } from './parse-df.ts';
import { parseDiskstats } from './parse-diskstats.ts';
import { parseMounts } from './parse-mounts.ts';
import { isThrottleFile, readThrottles } from './read-throttles.ts';

/** What to gather. */
export interface HostDiskQuestion {
  hosts: readonly string[];
  window: { from: number; to: number } | null;
}

const HEAD_BYTES = 8_192;
const MAX_BYTES = 1 << 20;
/** `df` tables are looked for in files of this size at most: a listing, not a log. */
const MAX_DF_BYTES = 256 << 10;

const WANTED_HOST_FILES = /^\/(?:btime\.txt|proc\/(?:stat|version|\d{1,10}\/(?:status|stack|wchan|cgroup)))$/;
const DISKSTATS = /^\/proc\/diskstats(?:[.~@_-](.{1,100}))?$/;
const MOUNTS = /^\/(?:proc\/(?:self\/|1\/)?mounts|etc\/mtab)$/;

/** Reads everything the storage area knows about the disks of the hosts. Files are known by content and kernel names. */
export async function gatherHostDisks(
  platform: Platform,
  question: HostDiskQuestion,
  signal: AbortSignal,
): Promise<HostDiskFacts[]> {
  const { files } = await platform.files();
  const asked = (host: string) =>
    question.hosts.length === 0 ||
    question.hosts.some((name) => name === host || host.startsWith(`${name}.`) || name.startsWith(`${host}.`));
  const byHost = Map.groupBy(
    files.filter((file) => file.origin === 'host' && asked(file.host ?? '')),
    (file) => file.host ?? '',
  );
  const hosts = await mapBounded(
    [...byHost],
    async ([host, own]) => {
      signal.throwIfAborted();
      const facts = { ...emptyHostDiskFacts(host), window: question.window };
      await fillHost(facts, own, platform.now, signal);
      return facts;
    },
    HOSTS_SIDE_BY_SIDE,
  );
  return hosts.filter(hasFacts);
}

async function fillHost(
  facts: HostDiskFacts,
  files: readonly PlatformFile[],
  now: number,
  signal: AbortSignal,
): Promise<void> {
  const hostFiles = await readHostFiles(files.filter((file) => WANTED_HOST_FILES.test(file.path)));
  facts.waiting = waitingFor(hostFiles.processes);
  facts.release = hostFiles.release;
  facts.throttles = await readThrottles(files);
  for (const file of files) {
    signal.throwIfAborted();
    const stats = DISKSTATS.exec(file.path);
    if (stats) {
      const { text } = await readText(file, MAX_BYTES);
      facts.samples.push({
        at: file.sampledAt ?? null,
        copy: stats[1] ?? '',
        devices: parseDiskstats(text, file.source),
      });
    } else if (MOUNTS.test(file.path)) {
      const { text } = await readText(file, MAX_BYTES);
      facts.mounts.push({ at: file.sampledAt ?? null, mounts: parseMounts(text, file.source) });
    }
  }
  facts.samples = orderSamples(facts.samples, risingOf);
  const others = files.filter((file) => !isKnown(file.path) && file.storedBytes > 0 && !isWrittenByUsers(file.path));
  const heads = await mapBounded(others, async (file) => ({
    file,
    head: (await readHead(file, HEAD_BYTES)).toString('utf8'),
  }));
  for (const { file, head } of heads) {
    signal.throwIfAborted();
    await addText(facts, file, head, hostFiles.btimeMs, now, signal);
  }
  facts.mounts.sort(byTime);
  facts.fileSystems.sort(byTime);
}

function waitingFor(processes: readonly ProcessFacts[]): WaitingProcess[] {
  return processes.flatMap((process): WaitingProcess[] => {
    const frame = process.frames.find((entry) => waitsForDisk(entry.text));
    if (process.state?.letter !== 'D' || !frame) return [];
    const { pid, at, comm, memoryGroup: group } = process;
    return [{ pid, at, comm: comm ?? '', group, frame: frame.text, quotes: [process.state.quote, frame.quote] }];
  });
}

function isKnown(path: string): boolean {
  return isHostFile(path) || isControlFile(path) || isThrottleFile(path) || DISKSTATS.test(path) || MOUNTS.test(path);
}

async function addText(
  facts: HostDiskFacts,
  file: PlatformFile,
  head: string,
  btimeMs: number | null,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  if (head.includes('\0')) return;
  const kind = kernelLogKind(file.path, head);
  if (kind !== null) {
    const { facts: log } = await readKernelLog(
      file,
      { source: file.source, btimeMs: btimeMs ?? undefined, now, mixed: kind === 'mixed', ofOneHost: true },
      signal,
    );
    facts.release ??= log.release;
    facts.kernelLogs.push(log);
  } else if (file.storedBytes <= MAX_DF_BYTES && head.includes('%')) {
    const { text } = await readText(file, MAX_DF_BYTES);
    const rows = parseDf(text, file.source);
    if (rows.length > 0) facts.fileSystems.push({ at: file.sampledAt ?? null, rows });
  }
}

function byTime(a: { at: number | null }, b: { at: number | null }): number {
  return (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY);
}

function hasFacts(facts: HostDiskFacts): boolean {
  return [facts.kernelLogs, facts.samples, facts.mounts, facts.fileSystems, facts.throttles].some(
    (list) => list.length > 0,
  );
}

function risingOf(sample: DiskSample): ReadonlyMap<string, number> {
  return new Map(
    [...sample.devices.values()].flatMap((device): [string, number][] => [
      [`${device.device} r`, device.reads],
      [`${device.device} w`, device.writes],
    ]),
  );
}
