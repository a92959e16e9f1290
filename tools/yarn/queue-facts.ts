import type { Evidence } from '../evidence/evidence.ts';
import type { Resources } from './resources.ts';

/** One user's share of a queue. */
export interface QueueUser {
  name: string;
  used: Resources;
  /** Most the user may hold; `null` when not told. */
  limit: Resources | null;
  amUsed: Resources | null;
  activeApplications: number;
  pendingApplications: number;
}

/** A queue of the Capacity or Fair scheduler. Percentages as the scheduler prints them; `null` where it does not. */
export interface YarnQueue {
  /** The last part, as applications name it. */
  name: string;
  /** With its parents: `root.ads`. */
  path: string;
  scheduler: 'capacity' | 'fair' | 'fifo' | 'unknown';
  leaf: boolean;
  state: string;
  /** Guaranteed share, its use (100 = all of it), and the most it may grow to, of its parent. */
  capacityPercent: number | null;
  usedPercent: number | null;
  maxPercent: number | null;
  /** The same of the whole cluster. */
  absoluteCapacityPercent: number | null;
  absoluteUsedPercent: number | null;
  absoluteMaxPercent: number | null;
  used: Resources | null;
  /** Guarantee, instantaneous fair share and ceiling in resources, where the scheduler tells them. */
  guaranteed: Resources | null;
  max: Resources | null;
  /** Most that ApplicationMasters may hold, and what they hold. */
  amLimit: Resources | null;
  amUsed: Resources | null;
  userAmLimit: Resources | null;
  userLimitFactor: number | null;
  activeApplications: number | null;
  pendingApplications: number | null;
  maxApplications: number | null;
  pendingContainers: number | null;
  reservedContainers: number | null;
  preemptionDisabled: boolean | null;
  /** The largest container this queue hands out. */
  maximumAllocation: Resources | null;
  users: readonly QueueUser[];
  sampledAt: number;
  /** The numbers of the queue, cut from the answer. */
  evidence: Evidence;
  /** The AM limit and use, cut from the answer. */
  amEvidence: Evidence | null;
}
