import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { LazyContent } from './lazy-content.ts';

/**
 * A file of the platform, whatever holds it. Content is reached through `open-lines.ts` and `read-bytes.ts`, which
 * decompress; nothing is known about it from its path except what the kernel and the capture layout fix (`/proc`,
 * `/sys/fs/cgroup`, host names).
 */
export interface PlatformFile {
  /** The name evidence uses: relative to the capture's root, `.gz` and `.zst` dropped; `attach:N`, `event-log:N`. */
  source: string;
  /** Where the bytes lie on this machine; for `lazy` content after it was made present. */
  realPath: string;
  /** Set for a file of another machine: whoever opens `realPath` first asks for the bytes it will read. */
  lazy?: LazyContent;
  origin: 'host' | 'hdfs' | 'user' | 'attachment' | 'event_log';
  /** Host it was on, for `origin: 'host'`. */
  host?: string;
  /** Absolute path as on that host, or in the distributed file system. */
  path: string;
  /** For an earlier sample of the same file: when it was taken, milliseconds since the epoch. */
  sampledAt?: number;
  /** Size as stored, before decompression. */
  storedBytes: number;
  /** How it is wrapped on disk by the capture (not the codec of the writer's own format). */
  wrapping: 'none' | 'gzip' | 'zstd';
}

/** One answer of an HTTP service, recorded or just fetched. */
export interface HttpAnswer {
  service: string;
  /** Path with its query. */
  request: string;
  /** When it was answered, milliseconds since the epoch. */
  at: number;
  /** HTTP status; 0 when the request failed and `body` is the error's text. */
  status: number;
  body: string;
  /** The name evidence uses. */
  source: string;
}

/** Why a request has no answer. `not_recorded` is never taken for "no data". */
export interface HttpMiss {
  miss: 'not_recorded' | 'unreachable' | 'not_configured' | 'too_large' | 'over_budget';
  why: Bilingual;
}

/**
 * What can be read, by whatever backend: a captured folder or the live platform. Read-only by construction: typed reads
 * under fixed roots and configured services, no free paths, no free URLs.
 */
export interface Platform {
  kind: 'capture' | 'live';
  /** "Now" for this investigation, milliseconds since the epoch: the latest time recorded, the clock, or `--at`. */
  now: number;
  /** Every file under the platform's roots, walked once; bounded, with what was left out counted in `skipped`. */
  files(): Promise<{ files: readonly PlatformFile[]; skipped: readonly Bilingual[] }>;
  /** Services that can be asked or were recorded: `yarn-rm`, `yarn-nm@bd-node11`, `spark-history`. */
  services(): Promise<readonly string[]>;
  /** The latest answer to a request (path with query; the order of parameters does not matter). */
  get(service: string, request: string): Promise<HttpAnswer | HttpMiss>;
  /**
   * Every recorded answer to requests of that service, oldest first; live: what was fetched in this investigation. A request that
   * failed is an answer with status 0 here, so that silences can be seen; `get` has a miss for it.
   */
  recorded(service: string): Promise<readonly HttpAnswer[]>;
  /** The bytes of an answer that is no text (the history server's zip of event logs); null when there is none. */
  getBytes?(service: string, request: string): Promise<Uint8Array | null>;
  /** What asking the services brought but answers, so far: one sentence for each service that failed or answered strangely. */
  troubles?(): readonly ServiceTrouble[];
}

/** A service that did not answer as it should. */
export interface ServiceTrouble {
  service: string;
  note: Bilingual;
}
