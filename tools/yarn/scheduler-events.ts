import type { Evidence } from '../evidence/evidence.ts';
import type { Resources } from './resources.ts';

/** The scheduler took a container back for another queue or priority. */
export interface Preemption {
  containerId: string;
  applicationId: string;
  isMaster: boolean;
  resources: Resources | null;
  at: number | null;
  evidence: Evidence;
}

/** A container was handed out, or kept free for an application (reservation). */
export interface Allocation {
  containerId: string;
  applicationId: string;
  kind: 'allocated' | 'reserved' | 'released';
  queue: string | null;
  host: string | null;
  resources: Resources | null;
  at: number | null;
  evidence: Evidence;
}

/** An application was handed in. */
export interface Submission {
  applicationId: string;
  user: string;
  queue: string | null;
  at: number | null;
  evidence: Evidence;
}

/** Why the ResourceManager took no application, or no request of it. */
export type RejectionReason =
  | 'over_maximum_allocation'
  | 'queue_access'
  | 'unknown_queue'
  | 'queue_stopped'
  | 'too_many_applications';

/** The ResourceManager refused an application or a request. */
export interface Rejection {
  reason: RejectionReason;
  applicationId: string | null;
  user: string | null;
  queue: string | null;
  /** Asked for and allowed, for `over_maximum_allocation`. */
  asked: Resources | null;
  allowed: Resources | null;
  /** Applications allowed, for `too_many_applications`. */
  limit: number | null;
  at: number | null;
  evidence: Evidence;
}

/** An application joined a queue's waiting list or left it to run (LeafQueue lines). */
export interface QueueActivation {
  applicationId: string;
  queue: string | null;
  kind: 'added' | 'activated' | 'held_back';
  /** Why it was held back, as printed. */
  reason: string;
  at: number | null;
  evidence: Evidence;
}

/** A component of the node took a container because the node ran full (elastic handler, over-commit component). */
export interface Eviction {
  containerId: string;
  host: string | null;
  kind: 'elastic_handler' | 'overcommit';
  usedBytes: number | null;
  requestedBytes: number | null;
  at: number | null;
  evidence: Evidence;
}
