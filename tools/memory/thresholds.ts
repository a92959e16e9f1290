/**
 * Every number at which a rule of the memory area begins to speak, with its reason. Nothing else in `rules/` holds a
 * threshold. `C1`…`C6`: reference/platform-texts-and-interfaces.md; `lab`: this project's own recordings.
 */
export interface MemoryThresholds {
  /** Kernel events this long before the time asked about still belong to it: a run's trouble starts before its end is asked. */
  windowBeforeMs: number;
  /** ... and after it: clocks of two machines, late reports. */
  windowAfterMs: number;

  /** A memory-cgroup kill below this share of the limit did not come from the limit: per-CPU charge batches are some MiB. */
  limitReachedShare: number;
  /** Another container of a pod holds the memory from this share of the pod's limit on (lab: a log shipper with a third). */
  neighbourShare: number;
  /** ... or from this one when the victim's container stayed clearly below a limit of its own. */
  neighbourShareVictimInnocent: number;
  /** Peak below this share of its own limit: the container never came near it. */
  farBelowLimitShare: number;

  /** Allocations of this order (pages = 2^order) need contiguous memory and can fail with memory free (C1: 2 to 3). */
  contiguousOrder: number;
  /** Free memory this many times above the high mark of its zone is not "out of memory". */
  freeAboveHighMark: number;

  /** A victim with less than this share of the largest holder's memory was chosen for its score, not for what it held. */
  smallVictimShare: number;
  /** When the next holder has this share of the victim's memory, memory alone would not have decided between them (lab). */
  nearTieShare: number;
  /** A holder of this share of all counted memory that is exempt from the killer leaves it only others. */
  protectedHolderShare: number;
  /** At or below this score adjustment a process is as good as exempt (-1000 is exempt; Kubernetes gives its own -997 to -999). */
  protectedAdj: number;

  /** Usage at least this share of the limit is "at the limit". */
  atLimitShare: number;
  /** Page cache of this share of the limit makes standing at the limit healthy: it is given back when wanted. */
  cacheShare: number;
  /** Anonymous memory below this share of the limit: reclaim has cheap pages to take, and stalls are short (lab: 89 % stalled). */
  anonShareOfStall: number;
  /** Limit hits per second between two samples from which allocating tasks do the reclaim all the time (lab: 16,000/s; a single streaming read makes some hundred and no refaults). */
  limitHitsPerSecond: number;
  /** Pages read again per second, 4 KiB each, from which the cache is thrashing (lab: 36,000/s). */
  refaultsPerSecond: number;
  /** With one sample only: the working set was read again this many times over (refaulted bytes / limit). */
  lifetimeRefaultFactor: number;
  /** ... and the limit was hit this often in the group's life. */
  lifetimeLimitHits: number;
  /** Forced slow-downs (`memory.high` events) per second that make a group crawl. */
  highEventsPerSecond: number;
  /** A group stalls for memory from this share of time on (PSI `full`, C2: avg10 above 10). */
  pressureFullPercent: number;
  /** Direct reclaims of 10 ms and longer in a vendor histogram between two samples that a person notices. */
  slowReclaims: number;
  /** Host-wide: less available memory than this share of RAM. */
  hostAvailableShare: number;

  /** Share of scheduling periods in which the quota ran out (C2: 25 %). */
  throttledPeriodShare: number;
  /** ... together with this share of the wall time spent throttled (C2: 10 %). */
  throttledTimeShare: number;
  /** Fewer periods than this (10 s at the default of 100 ms) say nothing. */
  minPeriods: number;
  /** A group waits for CPU from this share of time on (PSI `some` of the group, not of the machine). */
  groupCpuPressurePercent: number;
  /** Share of the CPUs' time taken by the machine below that people notice (lab: below 2 % on an overloaded machine). */
  stealShare: number;
  /** Ticks (10 ms of one CPU) between two samples of `/proc/stat` below which a share means nothing. */
  minCpuTicks: number;
  /** Shares this low beside the default of 1024 mean "only when nobody else wants the CPU" (Kubernetes best effort: 2). */
  lowCpuShares: number;

  /** `pids.current` at this share of `pids.max` is full. */
  pidsFullShare: number;

  /** A kernel ring buffer below this size has not wrapped: CONFIG_LOG_BUF_SHIFT is 17 (128 KiB) at the least on servers. */
  unwrappedLogBytes: number;
  /** Containers spoken for by name in refutations, so that a host with thousands of dead groups stays readable. */
  maxRefutedContainers: number;
}

export const MEMORY_THRESHOLDS: MemoryThresholds = {
  windowBeforeMs: 15 * 60_000,
  windowAfterMs: 5 * 60_000,
  limitReachedShare: 0.9,
  neighbourShare: 0.15,
  neighbourShareVictimInnocent: 0.05,
  farBelowLimitShare: 0.8,
  contiguousOrder: 2,
  freeAboveHighMark: 2,
  smallVictimShare: 0.25,
  nearTieShare: 0.75,
  protectedHolderShare: 0.3,
  protectedAdj: -900,
  atLimitShare: 0.95,
  cacheShare: 0.5,
  anonShareOfStall: 0.5,
  limitHitsPerSecond: 200,
  refaultsPerSecond: 500,
  lifetimeRefaultFactor: 4,
  lifetimeLimitHits: 20_000,
  highEventsPerSecond: 5,
  pressureFullPercent: 10,
  slowReclaims: 20,
  hostAvailableShare: 0.05,
  throttledPeriodShare: 0.25,
  throttledTimeShare: 0.1,
  minPeriods: 100,
  groupCpuPressurePercent: 50,
  stealShare: 0.1,
  minCpuTicks: 500,
  lowCpuShares: 128,
  pidsFullShare: 0.98,
  unwrappedLogBytes: 100_000,
  maxRefutedContainers: 200,
};
