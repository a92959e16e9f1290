/**
 * The figures that the rules of this area judge by, each with its reason. Times in milliseconds, shares from 0 to 1.
 */
export const YARN_THRESHOLDS = {
  /** A container that ends within this after its start did no work: a JVM that refuses its options is gone within a second, a loaded node needs some more. */
  launchFailureMs: 30_000,
  /** A container that lived longer than this got its JVM and code up: what it was started with then worked. */
  livedMs: 30_000,
  /** Share of the container's memory that Python must hold before Python is named (below it an executor's ordinary workers are seen). */
  pythonShare: 0.3,
  /** From this share on Python is observed as the holder, below it is inferred. */
  pythonHolds: 0.5,
  /** Waiting shorter than this is how every start looks. */
  queueWaitMs: 60_000,
  /** Waiting less than this share of the whole does not explain a run's length. */
  queueWaitShare: 0.2,
  /** A queue that was full in this share of the samples of a wait was full for most of it; between two samples anything may pass. */
  mostSamples: 0.5,
  /** One sample tells of a moment, not of a wait. */
  leastSamples: 2,
  /** Who is given a container on the same node this soon after a preemption took it. */
  takenWithinMs: 10_000,
  /** Who came to the scheduler this long before a preemption can have asked for it (policy runs each 3 s, waits 15 s by default). */
  askedWithinMs: 120_000,
  /** A queue this full has used its share (rounding of the scheduler's floats). */
  fullPercent: 99.5,
  /** A node's end and its containers' end are reported within this. */
  sameEventMs: 60_000,
  /** A disk report this long before the first or after the last container of the application has nothing to do with it. */
  diskAroundMs: 10 * 60_000,
  /** Findings of one rule for one application: more are counted in the last one. */
  maxFindings: 40,
} as const;
