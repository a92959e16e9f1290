/** Limits of the HDFS rules, each with its reason; overridable in this one place. */
export const HDFS_THRESHOLDS = {
  /** A look this long behind the window still tells of its end: people look after the failure. */
  afterWindowMs: 90_000,
  /** A DataNode that went this long before the window did so for other reasons: its blocks have been copied since (dead after 10.5 min, then replication). */
  longDeadMs: 60 * 60_000,
  /** `dfs.replication` by default: fewer DataNodes than copies asked for. */
  copies: 3,
  /** Less free than this share: no room for the next blocks (128 MiB each, booked in advance for every writer). */
  fullShare: 0.01,
  /** A DataNode with more than this share free has room. */
  roomShare: 0.05,
  /** `dfs.blocksize` times `dfs.replication` by default: what a write books of a space quota before its first byte. */
  bookedBytes: 3 * (128 << 20),
  /** Files smaller than an eighth of a block on average... */
  smallFileBytes: 16 << 20,
  /** ... and this many of them cost more to list and open than to read. */
  manyFiles: 1_000,
  /** Fewer slow writes than this happen on any loaded DataNode (a line is written from 300 ms on, `dfs.datanode.slow.io.warning.threshold.ms`). */
  slowWrites: 10,
  /** A DataNode with this many times the slow writes of the next one is slow among equals. */
  slowRatio: 5,
  /** Hosts with damaged data that must run the suspected kernels, on as many disks, for the kernel to be the common cause. */
  damagedHosts: 2,
} as const;
