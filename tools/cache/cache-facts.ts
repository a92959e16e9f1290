import type { Evidence } from '../evidence/evidence.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { TextRecord, Writer } from '../evidence/text-record.ts';

/** Which process of the cache: Alluxio's own roles (2.x). */
export type CacheRole = 'master' | 'worker' | 'fuse';

/** A store mounted below the cache. */
export interface CacheMount {
  /** Path in the cache's namespace, `/` for the root mount. */
  cachePath: string;
  /** Address of the store below. */
  storeUri: string;
}

/** A worker as the master lists it, at the latest answer. */
export interface CacheWorker {
  host: string;
  lost: boolean;
  capacityBytes: number;
  usedBytes: number;
  evidence: Evidence;
}

/** A process whose endpoint was asked in vain, between answers before and after. */
export interface Silence {
  role: CacheRole;
  host: string | null;
  /** Nobody listens at the address; otherwise the process took the connection and said nothing. */
  refused: boolean;
  /** Last answer before it; null when there was none. */
  answeredAt: number | null;
  from: number;
  /** First answer behind it; null when it never answered again. */
  until: number | null;
  evidence: readonly Evidence[];
}

/** A counter at one time, summed over the processes that expose it. */
export interface CounterPoint {
  at: number;
  value: number;
  evidence: Evidence;
}

/** Counters whose growth over a window tells what the cache did. Absent: never exposed, not zero. */
export const COUNTERS = [
  'ufsBytes',
  'remoteBytes',
  'localBytes',
  'domainBytes',
  'directBytes',
  'usedBytes',
  'capacityBytes',
  'evictedBlocks',
  'pausedMs',
  'oldCollectionMs',
] as const;

export type CounterName = (typeof COUNTERS)[number];

/** What the cache's own logs tell. */
export type CacheEvent =
  | { kind: 'worker_lost'; host: string; silentMs: number; at: number | null; record: TextRecord }
  | {
      kind: 'pause';
      role: CacheRole;
      host: string | null;
      pauseMs: number;
      /** Time of collections named with the pause; null when the monitor names none. */
      collectionMs: number | null;
      at: number | null;
      record: TextRecord;
    }
  | { kind: 'read_failed'; workerHost: string | null; path: string; at: number | null; record: TextRecord }
  | { kind: 'slow_call'; call: string; durationMs: number; path: string | null; at: number | null; record: TextRecord }
  | { kind: 'missing_below'; storePath: string; at: number | null; record: TextRecord }
  | { kind: 'master_unanswered'; host: string | null; at: number | null; record: TextRecord };

/** How the log of one process of the cache ends. */
export interface CacheDaemon {
  role: CacheRole;
  host: string | null;
  lastAt: number | null;
  /** It says that it stops; without that the process was ended from outside or still lives. */
  stopped: boolean;
  /** Mount points of a FUSE process, as it named them. */
  mounts: readonly string[];
  /** Its last record. */
  last: TextRecord | null;
}

/** A read of the store below without the cache in between, as `dd` reports it. */
export interface DirectRead {
  host: string | null;
  bytes: number;
  durationMs: number;
  at: number | null;
  evidence: Evidence;
}

/** What of a log this area needs; the logs area's own facts fit. */
export interface CacheLog {
  source: string;
  writer: Writer;
  keys: JoinKeys;
  firstAt: number | null;
  lastAt: number | null;
  records: readonly TextRecord[];
  tail: readonly TextRecord[];
}

/** What is known of one cache. */
export interface CacheFacts {
  /** As the master says it, `2.9.4`; null when it was not asked or silent. */
  version: string | null;
  mounts: readonly CacheMount[];
  workers: readonly CacheWorker[];
  silences: readonly Silence[];
  counters: Readonly<Partial<Record<CounterName, readonly CounterPoint[]>>>;
  /** Slowest percent of FUSE reads in seconds, as the process reports it, over time. */
  slowReadS: readonly CounterPoint[];
  events: readonly CacheEvent[];
  daemons: readonly CacheDaemon[];
  directReads: readonly DirectRead[];
}

/** What the question is about: its time, and what the program that read said of itself. */
export interface CacheScope {
  window: { from: number; to: number } | null;
  /** Directories that the program names as its input; empty when it names none. */
  paths: readonly string[];
  /** Hosts it ran on. */
  hosts: readonly string[];
}
