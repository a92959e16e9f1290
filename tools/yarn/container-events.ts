import type { Evidence } from '../evidence/evidence.ts';
import type { LimitBreach } from './container-history.ts';
import type { Resources } from './resources.ts';
import type { ContainerIdParts } from './yarn-ids.ts';

/** What a daemon's record says happened to one container. */
export type ContainerHappening =
  | { kind: 'start_requested'; resources: Resources | null }
  /** The NodeManager's state machine (`RUNNING` to `KILLING`, …). */
  | { kind: 'node_state'; from: string; to: string }
  | { kind: 'exit_code'; code: number }
  | { kind: 'breach'; breach: LimitBreach }
  /** Asked to stop through the container-management protocol (by its ApplicationMaster or the launcher). */
  | { kind: 'stop_requested' }
  | { kind: 'launch_failed'; output: string }
  | { kind: 'localization_failed'; output: string }
  | { kind: 'taken_by_node'; by: 'oom_handler' | 'container_scheduler' | 'overcommit_eviction' }
  /** The ResourceManager's state machine (`RUNNING` to `KILLED`, …). */
  | { kind: 'scheduler_state'; from: string; to: string }
  | { kind: 'allocated'; resources: Resources | null; queue: string | null }
  | { kind: 'preempted'; resources: Resources | null }
  /** The ResourceManager's words for why it ended, or the exit status it booked. */
  | { kind: 'diagnostics'; text: string; exitStatus: number | null };

/** One happening with its place in time and in the text. */
export interface ContainerEvent {
  id: ContainerIdParts;
  /** Host of the NodeManager that wrote it, or that the ResourceManager names. */
  host: string | null;
  at: number | null;
  /** Position within its log, to order what bears one time stamp. */
  order: number;
  from: 'node_manager' | 'resource_manager';
  evidence: Evidence;
  what: ContainerHappening;
}
