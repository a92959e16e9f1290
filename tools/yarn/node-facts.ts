import type { Evidence } from '../evidence/evidence.ts';

/** A change of a node's state, or a statement about its disks. */
export interface NodeChange {
  host: string;
  from: string;
  to: string;
  at: number | null;
  evidence: Evidence;
}

/** What a NodeManager or the ResourceManager said about local disks. */
export interface DiskReport {
  host: string;
  /** `full`: over the configured use; `bad`: cannot be written, created or read; `unknown`: "are bad" without a reason (2.x). */
  kind: 'full' | 'bad' | 'unknown';
  /** Directories named. */
  paths: readonly string[];
  /** How many of how many directories, as printed; 0 when not printed. */
  failed: number;
  total: number;
  /** The use in percent above which a disk is full, when printed. */
  thresholdPercent: number | null;
  at: number | null;
  /** When the directories were good again, when that was said. */
  goodAgainAt: number | null;
  evidence: Evidence;
}

/** Which memory checks a NodeManager does, from its start lines or its REST answer; `null` where not told. */
export interface MemoryChecks {
  physical: boolean | null;
  virtual: boolean | null;
  /** cgroup limits enforce (3.x); then the polling check never kills. */
  strict: boolean | null;
  /** The elastic handler on the parent group (3.x). */
  elastic: boolean | null;
  evidence: Evidence[];
}

/** One node of the cluster. */
export interface YarnNode {
  host: string;
  /** `RUNNING`, `UNHEALTHY`, `LOST`, `DECOMMISSIONED`, …; `UNKNOWN` when only log records name it. */
  state: string;
  healthReport: string;
  version: string;
  containers: number | null;
  usedMemoryBytes: number | null;
  availableMemoryBytes: number | null;
  usedVcores: number | null;
  availableVcores: number | null;
  /** Real use of the host in percent, when the NodeManager reports it. */
  memoryUsePercent: number | null;
  cpuUsePercent: number | null;
  sampledAt: number | null;
  checks: MemoryChecks;
  changes: readonly NodeChange[];
  disks: readonly DiskReport[];
  evidence: Evidence | null;
}
