import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Provenance } from '../../knowledge/provenance.ts';
import type { Quote } from '../evidence/quote.ts';
import type { KernelFacts } from '../host/kernel-facts.ts';

/** What the storage area knows about the disks of one host. */
export interface HostDiskFacts {
  /** `null` for pasted text. */
  host: string | null;
  window: { from: number; to: number } | null;
  /** Who may be believed to have written the kernel text. */
  kernelProvenance: Provenance;
  kernelLogs: KernelFacts[];
  /** `/proc/diskstats`, oldest first. */
  samples: DiskSample[];
  /** Mount tables, oldest first. */
  mounts: MountTable[];
  /** Outputs of `df`, oldest first. */
  fileSystems: FileSystemTable[];
  /** Rate limits of block devices by control groups, oldest first; an entry with no limits is a file read and found empty. */
  throttles: ThrottleSample[];
  /** Processes seen waiting uninterruptibly (state D) in a function of the block layer or a file system. */
  waiting: WaitingProcess[];
  release: string | null;
  skipped: Bilingual[];
}

/** One look at a process that stands in disk I/O. */
export interface WaitingProcess {
  pid: number;
  comm: string;
  at: number | null;
  group: string | null;
  /** The innermost kernel function that tells of a disk. */
  frame: string;
  quotes: Quote[];
}

export interface DiskSample {
  /** Milliseconds since the epoch; `null` for the end of the recording and for copies of unknown time. */
  at: number | null;
  copy: string;
  devices: ReadonlyMap<string, DiskCounters>;
}

/** One line of `/proc/diskstats`: totals since boot. */
export interface DiskCounters {
  device: string;
  /** `major:minor`, as control groups name it. */
  number: string;
  reads: number;
  sectorsRead: number;
  readMs: number;
  writes: number;
  sectorsWritten: number;
  writeMs: number;
  inFlight: number;
  /** Time with at least one request in the device. */
  busyMs: number;
  /** `null` before 5.5. */
  flushes: number | null;
  flushMs: number | null;
  quote: Quote;
}

interface MountTable {
  at: number | null;
  mounts: Mount[];
}

export interface Mount {
  /** `/dev/sdb1`, `tmpfs`, `nas01:/export`. */
  device: string;
  path: string;
  type: string;
  options: readonly string[];
  quote: Quote;
}

interface FileSystemTable {
  at: number | null;
  rows: FileSystemUse[];
}

/** One row of `df`. */
export interface FileSystemUse {
  device: string;
  path: string;
  unit: 'bytes' | 'inodes';
  total: number | null;
  used: number | null;
  available: number | null;
  usedPercent: number | null;
  quote: Quote;
}

export interface ThrottleSample {
  at: number | null;
  copy: string;
  group: string;
  /** Which control file was read. */
  source: string;
  limits: Throttle[];
}

export interface Throttle {
  number: string;
  direction: 'read' | 'write';
  unit: 'bytes' | 'requests';
  perSecond: number;
  quote: Quote;
}

/** Facts of a host of which nothing is known yet. */
export function emptyHostDiskFacts(host: string | null): HostDiskFacts {
  return {
    host,
    window: null,
    kernelProvenance: 'kernel',
    kernelLogs: [],
    samples: [],
    mounts: [],
    fileSystems: [],
    throttles: [],
    waiting: [],
    release: null,
    skipped: [],
  };
}
