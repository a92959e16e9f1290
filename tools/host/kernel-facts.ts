import type { Quote } from '../evidence/quote.ts';

/** What one kernel log says, whatever tool printed it. Every fact keeps the line it was read from. */
export interface KernelFacts {
  source: string;
  /** Lines recognised as the kernel's own. */
  kernelLines: number;
  /** Lines of other writers (a mixed syslog) or of no known form. */
  otherLines: number;
  /** Bytes of text read; a ring buffer that never wrapped is small (see `coversSinceBoot`). */
  bytesRead: number;
  /** How the lines are stamped: decides what the log covers. */
  form: 'ring_buffer' | 'syslog' | 'unknown';
  /** Time of the first and last kernel line, milliseconds since the epoch; `null` without a usable clock. */
  firstAt: number | null;
  lastAt: number | null;
  clock: KernelClock;
  kills: OomKill[];
  /** Dumps of the OOM killer that ended without a kill line, and `no killable processes`. */
  killless: OomReport[];
  pageAllocationFailures: PageAllocationFailure[];
  hungTasks: HungTask[];
  lockups: KernelNotice[];
  diskErrors: DiskError[];
  forkRejections: ForkRejection[];
  segfaults: Segfault[];
  hardwareErrors: KernelNotice[];
  /** Manual interventions: `SysRq : Manual OOM execution` and the like. */
  sysrqs: KernelNotice[];
  /** Messages the kernel says it suppressed or dropped. */
  suppressed: number;
  /** Kernel release as printed in stack headers, such as `4.19.91-24.al7`; `null` when no line names it. */
  release: string | null;
  /** Facts dropped because a bound was reached. */
  leftOut: number;
}

/** Kernel time is boot time plus stamp; what that was taken from and how far other clocks in the log are off. */
export interface KernelClock {
  /** Boot time, milliseconds since the epoch. */
  bootMs: number | null;
  bootFrom: 'btime' | 'log' | 'none';
  /** Wall clock of the log minus kernel time, whole quarter hours of a time zone taken out; `null` when not comparable. */
  driftMs: number | null;
  /** Time zone offset of the log's own wall clock, found by comparing with boot time. */
  zoneOffsetMs: number;
}

/** A line's two clocks, resolved into `at` when the whole log was read. */
export interface Stamped {
  /** Milliseconds since the epoch, UTC; `null` when the log has no usable clock. */
  at: number | null;
  /** Seconds since boot as printed; `null` when the line has none. */
  stampSeconds: number | null;
  /** Host named by the line itself (syslog), else `null`. */
  host: string | null;
}

interface KernelNotice extends Stamped {
  text: string;
  quote: Quote;
}

export type OomConstraint = 'none' | 'cpuset' | 'memory_policy' | 'memcg';

/** One process killed by the OOM killer. */
export interface OomKill extends Stamped {
  pid: number;
  comm: string;
  uid: number | null;
  totalVmBytes: number | null;
  anonRssBytes: number | null;
  fileRssBytes: number | null;
  shmemRssBytes: number | null;
  pgtablesBytes: number | null;
  oomScoreAdj: number | null;
  /** `memcg`: the line begins "Memory cgroup out of memory"; `global`: "Out of memory"; `null`: no prefix printed. */
  prefix: 'memcg' | 'global' | null;
  /** From the `oom-kill:` line (5.0+), the sentence `Task in … killed as a result of limit of …` (before), or `null`. */
  constraint: OomConstraint | null;
  globalOom: boolean;
  /** Group whose limit was hit, as the kernel prints it. */
  oomMemcg: string | null;
  /** Group the victim lived in. */
  taskMemcg: string | null;
  /** Set when the whole group was killed (`memory.oom.group`). */
  wholeGroup: string | null;
  /** The badness score of kernels before 5.1 (`Kill process N (c) score S`). */
  score: number | null;
  reaped: boolean;
  report: OomReport | null;
  /** False when the kill shares the dump of an earlier kill (rate limited, several kills within seconds). */
  ownReport: boolean;
  /** Quotes of the lines that decide, absent ones left out. */
  quotes: { killed?: Quote; constraint?: Quote; group?: Quote; choice?: Quote };
}

/** The dump the OOM killer prints before it chooses. */
export interface OomReport extends Stamped {
  invoker: OomInvoker | null;
  /** The group that was full, from the statistics header or the limit sentence. */
  group: string | null;
  memory: UsageLine | null;
  memorySwap: UsageLine | null;
  swap: UsageLine | null;
  kmem: UsageLine | null;
  /** Statistics of the full group, bytes (`rss`, `total_rss`, `anon`, `file`, …). */
  stats: ReadonlyMap<string, number>;
  /** Kernels before 5.0 print one line for each group of the sub-tree; values in bytes. */
  subgroups: { group: string; values: ReadonlyMap<string, number>; quote: Quote }[];
  zones: MemoryZone[];
  /** Pages of RAM of the host, and free swap, when the dump has them. */
  ramPages: number | null;
  swapTotalBytes: number | null;
  swapFreeBytes: number | null;
  tasks: OomTask[];
  /** Size of a page of this host, found by comparing the table with the kill line; 4096 when not comparable. */
  pageBytes: number;
  /** True when rows were dropped by our bound. */
  tasksCut: boolean;
}

export interface OomInvoker {
  comm: string;
  pid: number | null;
  gfpMask: string;
  gfpFlags: string;
  order: number | null;
  oomScoreAdj: number | null;
  quote: Quote;
}

/** `memory: usage …kB, limit …kB, failcnt …`; an unlimited limit is `null`. */
interface UsageLine {
  usageBytes: number;
  limitBytes: number | null;
  failcnt: number;
  quote: Quote;
}

/** One memory zone of the `Mem-Info` part. */
export interface MemoryZone {
  node: number;
  name: string;
  freeBytes: number;
  minBytes: number;
  lowBytes: number;
  highBytes: number;
  managedBytes: number | null;
  quote: Quote;
}

/** One row of the process table, pages turned into bytes. */
export interface OomTask {
  pid: number;
  uid: number;
  tgid: number;
  comm: string;
  totalVmBytes: number;
  rssBytes: number;
  pgtablesBytes: number;
  swapBytes: number;
  oomScoreAdj: number;
  quote: Quote;
}

export interface PageAllocationFailure extends Stamped {
  comm: string;
  order: number;
  mode: string;
  flags: string;
  count: number;
  quote: Quote;
}

export interface HungTask extends Stamped {
  comm: string;
  pid: number | null;
  seconds: number;
  /** Block device named by the task itself (`jbd2/sdb1-8`, `xfsaild/sdc`), without partition suffix rules applied. */
  device: string | null;
  /** True when the stack below shows it waiting for block I/O or a journal. */
  waitsForDisk: boolean;
  count: number;
  quote: Quote;
}

export type DiskErrorKind =
  | 'io_error'
  | 'medium_error'
  | 'device_timeout'
  | 'device_lost'
  | 'filesystem_error'
  | 'journal_aborted'
  | 'remounted_read_only'
  | 'filesystem_shutdown'
  | 'thin_pool_full';

/** Errors of one kind on one device, folded. */
export interface DiskError extends Stamped {
  kind: DiskErrorKind;
  device: string;
  /** `ext4`, `xfs`, `btrfs`, `block`, `scsi`, `nvme`, `ata`, `dm`. */
  layer: string;
  count: number;
  lastAt: number | null;
  lastStampSeconds: number | null;
  quote: Quote;
}

export interface ForkRejection extends Stamped {
  group: string;
  quote: Quote;
}

export interface Segfault extends Stamped {
  comm: string;
  pid: number | null;
  library: string | null;
  quote: Quote;
}
