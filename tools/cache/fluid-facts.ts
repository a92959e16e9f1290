import type { Evidence } from '../evidence/evidence.ts';
import type { Condition, EventState, PodState } from '../kubernetes/kubernetes-state.ts';

/**
 * What Fluid (1.0.x) says of datasets and the caches behind them. Its hit ratios are judged by nobody and `fusePhase` is not read:
 * remote hits include what was fetched from below, and the phase is always `Ready` (celeborn-alluxio-fluid.md §0).
 */
export interface FluidFacts {
  datasets: readonly FluidDataset[];
  runtimes: readonly FluidRuntime[];
  loads: readonly FluidLoad[];
  /** Pods of the caches, and pods that carry a FUSE sidecar. */
  pods: readonly PodState[];
  /** Events about datasets, runtimes and operations, and mounts that failed. */
  events: readonly EventState[];
}

export interface FluidDataset {
  name: string;
  namespace: string;
  /** `Bound`, `NotBound`, `Pending`, `Failed`, `Updating`, `DataMigrating`; `''` when there is no status yet. */
  phase: string;
  conditions: readonly Condition[];
  /** Null while it is counted (`[Calculating]`). */
  totalBytes: number | null;
  cachedBytes: number | null;
  capacityBytes: number | null;
  /** `cachedPercentage` as a share: above 1 where several copies are kept; null when it is not told. */
  cachedShare: number | null;
  /** `cacheHitRatio` as it is printed; `''` when not told. To be shown with its caveat, never to be judged by. */
  hitRatio: string;
  /** Where its data lies below: `mounts[].mountPoint`. */
  mountPoints: readonly string[];
  seenAt: number | null;
  evidence: Evidence;
  /** The figures of what is cached. */
  cacheEvidence: Evidence | null;
}

/** AlluxioRuntime and its kin; it bears the name of its dataset. */
export interface FluidRuntime {
  kind: string;
  name: string;
  namespace: string;
  masterPhase: string;
  workerPhase: string;
  masterReason: string;
  workerReason: string;
  mastersReady: number | null;
  workersDesired: number | null;
  workersReady: number | null;
  fusesDesired: number | null;
  fusesReady: number | null;
  fusesUnavailable: number | null;
  conditions: readonly Condition[];
  seenAt: number | null;
  evidence: { master: Evidence; workers: Evidence; fuses: Evidence };
}

/** A DataLoad: data read into the cache ahead of the run. */
export interface FluidLoad {
  name: string;
  namespace: string;
  dataset: string;
  /** `Pending`, `Executing`, `Complete`, `Failed`; `''` without a status (fluid issue 4209). */
  phase: string;
  /** When it came to its phase. */
  at: number | null;
  createdAt: number | null;
  /** Paths loaded; empty: the whole dataset. */
  paths: readonly string[];
  message: string;
  evidence: Evidence;
}

/** What the question is about. */
export interface FluidScope {
  window: { from: number; to: number } | null;
  /** Names of datasets; empty: all. */
  datasets: readonly string[];
}

/** What a rule about Fluid judges. */
export interface FluidCase {
  facts: FluidFacts;
  scope: FluidScope;
}
