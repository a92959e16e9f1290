/** Limits of the cache rules, each with its reason; overridable in this one place. */
export const CACHE_THRESHOLDS = {
  /** Of the bytes read, this much from the store below: the cache did not hold the data. A warm cache stays below 10 %. */
  coldShare: 0.5,
  /** Below this the cache served the data itself: what is left are single blocks that were loaded again. */
  servedShare: 0.1,
  /** Evictions and this share from below at once: what is read next was thrown out before (a thrash ran at 81-90 % used, real-servers.md). */
  thrashShare: 0.2,
  /** Fewer evicted blocks than this are the ordinary turnover of a cache near its size. */
  evictedBlocks: 10,
  /** Fewer bytes than this read in a window say nothing about where they came from. */
  leastReadBytes: 1 << 20,
  /** A store that streams slower than this to a single reader is slow: a disk or NAS gives 50 MB/s and more (lab: 250 ms and 1 MB/s per stream throttled). */
  slowStoreBytesPerS: 5_000_000,
  /** Smaller direct reads measure latency, not the stream. */
  leastDirectBytes: 256 << 10,
  /** A direct read within this of the window speaks for it. */
  directReadNearMs: 15 * 60_000,
  /** `Fuse.Read` slower than this at the 99th percentile: readers wait for seconds. */
  slowReadS: 3,
  /** Alluxio's monitor warns from ten seconds (`alluxio.jvm.monitor.warn.threshold`, 2.x). */
  longPauseMs: 10_000,
  /** Many shorter pauses count once they take this share of the window. */
  pausedShare: 0.2,
  /** Collections that take this much of a pause explain it. */
  collectionShare: 0.5,
  /** `JvmPauseMonitor` compared live objects before the fix of November 2021: "No GCs detected" proves nothing in 2.6 and early 2.7. */
  pauseMonitorFixed: [2, 8],
  /** A master that waked from a pause declares workers lost within this time. */
  afterPauseMs: 60_000,
  /** A sample may lie this much outside the window and still tell of its edge. */
  edgeMs: 90_000,
} as const;
