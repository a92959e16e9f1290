/**
 * Every number at which a comparison rule begins to speak, with its reason. `lab`: the recorded pairs of this project;
 * `clean`: repeated runs of one job on the same busy cluster with nothing injected.
 */
export const COMPARISON_THRESHOLDS = {
  /** Share of the slow-down below which a growth is no explanation of it. */
  leastShare: 0.15,
  /** Share from which a mechanism is a main cause. */
  mainShare: 0.3,
  /** Growth below this is noise of starting executors and planning (clean: up to 4 s). */
  leastMs: 3_000,

  /** Input over usual from which it is told to have grown (clean inputs differed by up to 6 %; owners call 20 % "more"). */
  inputGrew: 1.2,
  /** Time per record may be this much longer and still be "the same rate" (clean: 25 %). */
  sameRate: 1.4,

  /** Rows behind a shuffle over usual, for the same input, from which they were multiplied and did not just vary. */
  rowsMultiplied: 1.5,

  /** Disk spill below this is one buffer that ran over. */
  spillBytes: 16 * 1024 * 1024,
  /** Spilled bytes over usual. */
  spillGrew: 2,

  /** GC over run time of the tasks; below it the collector is not what a run spends its time on (clean: 7 %). */
  gcShare: 0.1,

  /** Longest task's rows over the median's in the slow run, and that ratio over the usual one. */
  skewRatio: 3,
  skewGrew: 1.5,

  /** Waiting for a shuffled byte, over usual. */
  fetchPerByte: 2,
  /** The stall rule of the catalogue: blocked longer than this and longer than this share of the stage. */
  stallMs: 180_000,
  stallShareOfStage: 0.2,
  /** The host whose tasks wait at most this share of what the others wait for a byte serves the blocks they wait for. */
  leastWaitShare: 0.4,

  /** One host's time for the same work over its usual one, and over the other hosts'. */
  hostSlower: 2.5,
  /** ... while the other hosts stay within this of their usual. */
  othersSteady: 2,
  /** CPU time for the same work may differ by this: the host waits, it does not work more. */
  sameCpu: 1.6,
  /** Share of an account's growth on one host for "only there". */
  onOneHost: 0.6,

  /** Tasks of a matched stage over usual, for the same rows: too many, too few. */
  manyMoreTasks: 4,
  farFewerTasks: 0.34,

  /** Written or read files over usual. */
  filesGrew: 1.5,
  /** ... and from which the tasks that write them, not only the commit, are slower for it (as for many more tasks). */
  manyMoreFiles: 4,

  /** A setting that moved by less than this factor explains nothing by itself. */
  settingMoved: 1.15,
} as const;
