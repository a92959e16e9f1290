import type { Evidence } from '../../evidence/evidence.ts';
import type { Writer } from '../../evidence/text-record.ts';
import { readRecords } from '../../logs/read-records.ts';
import { provenanceOfWriter } from '../../logs/record-provenance.ts';
import type { CacheFacts, CacheLog, CacheScope, CounterName, CounterPoint, Silence } from '../cache-facts.ts';
import type { CacheCase } from '../cache-rule.ts';
import { mergeCacheLogs } from '../merge-cache-logs.ts';
import { emptyCacheFacts } from '../read-cache-facts.ts';

/** `11:10:00` of the day of the recordings. */
export function at(clock: string): number {
  return Date.parse(`2026-11-21T${clock}Z`);
}

/** The question's time of these tests: ten minutes. */
export const WINDOW = { from: at('11:05:00'), to: at('11:15:00') };

function evidence(when: number | null, excerpt: string): Evidence {
  return { source: 'typed', fromLine: 1, toLine: 1, excerpt, area: 'cache', provenance: 'cache', at: when };
}

/** Values of a counter, one a clock. */
export function points(values: Readonly<Record<string, number>>): CounterPoint[] {
  return Object.entries(values).map(([clock, value]) => ({
    at: at(clock),
    value,
    evidence: evidence(at(clock), `counter ${value}`),
  }));
}

/** A counter that grows from nothing over the window. */
export function grown(values: Partial<Record<CounterName, number>>): CacheFacts['counters'] {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, points({ '11:05:00': 0, '11:15:00': value })]),
  );
}

/** A process that was asked in vain. */
export function silence(part: Partial<Silence>): Silence {
  return {
    role: 'worker',
    host: 'alx-worker-1',
    refused: true,
    answeredAt: at('11:09:00'),
    from: at('11:10:00'),
    until: null,
    evidence: [evidence(at('11:10:00'), 'Connection refused')],
    ...part,
  };
}

/** A direct read of the store below. */
export function directRead(bytes: number, durationMs: number, clock = '11:10:00'): CacheFacts['directReads'][number] {
  return { host: 'gpu-train-07', bytes, durationMs, at: at(clock), evidence: evidence(at(clock), `${bytes} bytes`) };
}

/** A log of a process of the cache, in the layout of Alluxio 2.9. */
export function logOf(host: string, lines: readonly string[], writer: Writer = 'alluxio'): CacheLog {
  const source = `hosts/${host}/opt/alluxio/logs/process.log`;
  const records = readRecords(`${lines.join('\n')}\n`, {
    source,
    writer,
    provenance: provenanceOfWriter(writer),
    area: 'logs',
    keys: { host },
  });
  const times = records.flatMap((record) => record.at ?? []);
  return {
    source,
    writer,
    keys: { host },
    firstAt: times[0] ?? null,
    lastAt: times.at(-1) ?? null,
    records,
    tail: records.slice(-3),
  };
}

/** What a rule judges: facts, logs merged in, and the window unless said otherwise. */
export function cacheCase(
  facts: Partial<CacheFacts> = {},
  logs: readonly CacheLog[] = [],
  scope: Partial<CacheScope> = {},
): CacheCase {
  return {
    facts: mergeCacheLogs({ ...emptyCacheFacts(), ...facts }, logs),
    scope: { window: WINDOW, paths: [], hosts: [], ...scope },
  };
}

/** Lines of Alluxio 2.9.4 as captures cache-103, cache-106 and cache-108 hold them, with other times and figures. */
export const masterSays = {
  lost: (clock: string, host: string, silentMs: number) =>
    `2026-11-21 ${clock},100 ERROR [Master Lost Worker Detection](DefaultBlockMaster.java:1510) - The worker 3172563462350276281(WorkerNetAddress{host=${host}, containerHost=, rpcPort=29999}) timed out after ${silentMs}ms without a heartbeat!`,
  paused: (clock: string, pauseMs: number, collectionMs = 0) =>
    [
      `2026-11-21 ${clock},343 WARN  [Thread-15](JvmPauseMonitor.java:224) - JVM paused ${pauseMs}ms`,
      collectionMs > 0 ? `GC list:\nGC name='PS MarkSweep' count=1 time=${collectionMs}ms` : 'No GCs detected ',
      'max memory = 384M total memory = 124M free memory = 76M',
    ].join('\n'),
  here: '2026-11-21 11:04:00,000 INFO  [main](AlluxioMasterProcess.java:150) - Starting Alluxio master',
} as const;

export const fuseSays = {
  mounted:
    '2026-11-21 11:04:00,000 INFO  [main](AlluxioFuse.java:150) - Mounting AlluxioJniFuseFileSystem: mount point="/mnt/train-data", OPTIONS="[]"',
  readFailed: (clock: string, host: string, cause = 'java.net.ConnectException: Connection refused') =>
    `2026-11-21 ${clock},469 WARN  [Thread-13](AlluxioFileInStream.java:526) - Failed to read block 1644167168 of file /ads/a.jpg from worker WorkerNetAddress{host=${host}, containerHost=, rpcPort=29999}. This worker will be skipped for future read operations, will retry: ${cause}`,
  slowRead: (clock: string) =>
    `2026-11-21 ${clock},581 WARN  [Thread-18](AlluxioFuseUtils.java:652) - Fuse.Read(path=/ads/a.jpg,fd=1,size=131072,offset=0) returned 131072 in 12858 ms (>=10000 ms)`,
  stopped: (clock: string) =>
    `2026-11-21 ${clock},000 INFO  [fuse-umount](AlluxioFuse.java:210) - Unmounting Alluxio FUSE: received SIGTERM`,
} as const;
