/** Limits of the rules about Kubernetes, each with its reason; overridable in this one place. */
export const KUBERNETES_THRESHOLDS = {
  /** What happened this long before the question's time may still have led to it (a driver is submitted before its first line). */
  beforeMs: 2 * 60_000,
  /** The node controller waits 40 s for a silent node, pods on it are given up after 5 min: the cause is told after the effect. */
  afterMs: 6 * 60_000,
  /** A pod is placed within seconds where there is room. */
  waitedMs: 60_000,
  /** A kill belongs to the probe or deletion that was told this long before it (grace period 30 s by default, and the clocks of two hosts). */
  killedWithinMs: 90_000,
  /** Findings of one rule; the rest is counted in the last one. */
  maxFindings: 20,
} as const;
