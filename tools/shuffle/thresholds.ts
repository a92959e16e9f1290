/** Limits of the rules about a remote shuffle, each with its reason; overridable in this one place. */
export const SHUFFLE_THRESHOLDS = {
  /** The stall rule of the house (causes.md): blocked over three minutes … */
  stallMs: 180_000,
  /** … and over this share of the stage's wall time. */
  stallShare: 0.2,
  /** Pauses shorter than this in all are the ordinary brake of a busy worker (checked every 10 ms, Celeborn 0.3-0.7). */
  pausedMs: 1_000,
  /** A pause counts from this share of the window; 3 s of 31 s cost a map stage a third of its time (recorded). */
  pausedShare: 0.03,
  /** Pauses of this length count however long the window is. */
  pausedAnywayMs: 60_000,
  /** A flush (one buffer, 256 KiB by default) slower than this is a disk below 256 KiB/s; healthy ones took 2 to 30 ms (recorded). */
  slowFlushMs: 1_000,
  /** Flushes faster than this rule the disk out. */
  fastFlushMs: 100,
  /** One worker is slow among equals when its slowest flush is this many times the others'. */
  slowerThanPeers: 10,
  /** Direct memory is full from here: `celeborn.worker.directMemoryRatioToPauseReceive`, default 0.3-0.7. */
  fullRatio: 0.85,
  /** Buffers of the partitions fill this share of the direct memory by themselves: it is too small for them. */
  bufferShare: 0.5,
  /** `celeborn.worker.flusher.buffer.size`, default 0.3-0.7. */
  bufferBytes: 256 << 10,
  /** Celeborn's own files are less than this share of what a full disk holds: others filled it. */
  ownShare: 0.5,
  /** A partition split more often than this holds far more than the others (threshold of a split: 1 GiB by default). */
  splitEpochs: 8,
  /** … and this many times as often as the usual partition, where all are split. */
  splitTimesUsual: 4,
  /** Splits of at most this share of the partitions: a few hold most of the data. */
  splitShare: 0.1,
  /** Registrations of a shuffle that take longer than this are told (well under a second when all is well). */
  slowRegisterMs: 5_000,
  /** A master declares a loss this late (`celeborn.master.heartbeat.worker.timeout`, default 120 s). */
  declaredLateMs: 180_000,
  /** A sample may lie this much outside the window and still tell of its edge. */
  edgeMs: 90_000,
  /** Answers of one round of questions to all workers lie this close. */
  sameRoundMs: 15_000,
  /** Clocks and the first lines of a log differ by this much. */
  slackMs: 5_000,
} as const;
