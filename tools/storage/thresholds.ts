/**
 * Every number at which a rule of the storage area (host disks) begins to speak, with its reason. `lab`: this project's own
 * recordings; `C`: reference/platform-texts-and-interfaces.md.
 */
export interface StorageThresholds {
  /** Kernel events this long before and after the time asked about still belong to it. */
  windowBeforeMs: number;
  windowAfterMs: number;
  /** A limit below this share of the other hosts' sets one host apart. */
  throttleShareOfPeers: number;
  /** Bytes written at this share of a limit or more: the limit is what holds the writer. */
  throttleReachedShare: number;
  /** Fewest completed requests between two samples for a mean to mean something. */
  minRequests: number;
  /** Mean time of a request from which a disk is slow beyond argument (a spinning disk seeks in 10 ms). */
  slowRequestMs: number;
  /** ... against the same device earlier or the other devices in the same time. */
  slowRequestRatio: number;
  /** Share of the time the device had work (io_ticks / wall): below, it is not the bottleneck. */
  busyShare: number;
  /** Without a clock between the samples: the device must have been busy this long in sum. */
  busyWithoutClockMs: number;
  /** A mean of this length is a hang, whatever the load: no queue of a healthy disk is that long. */
  hangingRequestMs: number;
  /** A busy device that moves more than this per second is loaded, not slow. */
  loadedBytesPerSecond: number;
  /** Requests in flight over this time with none completed: the device hangs. */
  hangSeconds: number;
  /** Throughput of neighbouring intervals this close together looks like a rate limit (lab: 0.3 %). */
  flatRateSpread: number;
  /** Few requests, but of this many bytes in sum, mean something too: a limited reader moves some large ones. */
  flatRateMinBytes: number;
  /** Rates outside of this band are idle chatter or a healthy disk. */
  flatRateMinBytesPerSecond: number;
  flatRateMaxBytesPerSecond: number;
  /** Shorter intervals are ruled by the moment of sampling. */
  minIntervalSeconds: number;
  /** Use from which a file system is full: `df` rounds up. */
  fullPercent: number;
  /** First and last kernel with the iomap stale-mapping defect (C9): 4.18 until 6.2. */
  iomapDefectFrom: readonly [number, number];
  iomapDefectBefore: readonly [number, number];
}

export const STORAGE_THRESHOLDS: StorageThresholds = {
  windowBeforeMs: 60 * 60_000,
  windowAfterMs: 5 * 60_000,
  throttleShareOfPeers: 0.5,
  throttleReachedShare: 0.7,
  minRequests: 10,
  slowRequestMs: 100,
  slowRequestRatio: 5,
  busyShare: 0.9,
  busyWithoutClockMs: 2_000,
  hangingRequestMs: 1_000,
  loadedBytesPerSecond: 50 << 20,
  hangSeconds: 10,
  flatRateSpread: 0.03,
  flatRateMinBytes: 1 << 20,
  flatRateMinBytesPerSecond: 32 << 10,
  flatRateMaxBytesPerSecond: 8 << 20,
  minIntervalSeconds: 5,
  fullPercent: 100,
  iomapDefectFrom: [4, 18],
  iomapDefectBefore: [6, 2],
};
