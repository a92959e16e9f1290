import type { Evidence } from '../evidence/evidence.ts';
import type { Resources } from './resources.ts';
import type { Rejection } from './scheduler-events.ts';

/** States of an application as the ResourceManager names them (Hadoop 2.x and 3.x `YarnApplicationState`). */
export type ApplicationState =
  | 'NEW'
  | 'NEW_SAVING'
  | 'SUBMITTED'
  | 'ACCEPTED'
  | 'RUNNING'
  | 'FINISHED'
  | 'FAILED'
  | 'KILLED'
  | 'UNKNOWN';

/** What one answer or log line said of the application at one moment; older ones show where it waited. */
export interface ApplicationSample {
  at: number;
  state: ApplicationState;
  diagnostics: string;
  evidence: Evidence;
}

/** A state change written by the ResourceManager. */
export interface StateChange {
  from: string;
  to: string;
  /** The event that made it, such as `ATTEMPT_FAILED`; `''` when not printed. */
  event: string;
  at: number | null;
  evidence: Evidence;
}

/** Somebody asked the ResourceManager to end an application. */
export interface KillRequest {
  applicationId: string;
  /** Who, as authenticated; `''` when the text does not name anybody. */
  by: string;
  /** From which address, when printed. */
  from: string;
  /** `ClientRMService` (command line, API), `RMWebService` (REST, web page). */
  through: string;
  at: number | null;
  evidence: Evidence;
}

/** One attempt of an application: one life of its ApplicationMaster. */
export interface YarnAttempt {
  attemptId: string;
  /** From 1. */
  number: number;
  applicationId: string;
  startedAt: number | null;
  finishedAt: number | null;
  amContainerId: string | null;
  host: string | null;
  /** The NodeManager's id (`bd-node11:45454`), under which its aggregated logs are kept, where REST tells it. */
  nodeId?: string;
  state: string | null;
  /** Exit status of the ApplicationMaster's container as the ResourceManager booked it (-104, 1, …). */
  exitStatus: number | null;
  /** True when it never registered or stopped beating in time (`Expired:appattempt_…`), with the timeout. */
  expired: { timeoutMs: number; registered: boolean; at: number | null; evidence: Evidence } | null;
  diagnostics: string;
  evidence: Evidence[];
}

/** One application as the ResourceManager knows it: from REST, from its log, or from both. */
export interface YarnApplication {
  id: string;
  name: string;
  user: string;
  queue: string;
  type: string;
  tags: readonly string[];
  priority: number | null;
  state: ApplicationState;
  /** `UNDEFINED`, `SUCCEEDED`, `FAILED`, `KILLED`, as said by the application's own master. */
  finalStatus: string;
  diagnostics: string;
  startedAt: number | null;
  /** When the ApplicationMaster was launched (3.x REST, or the log); `null` when unknown or not yet. */
  launchedAt: number | null;
  finishedAt: number | null;
  amHost: string | null;
  amContainerLogs: string | null;
  /** Held now; `null` when ended or unknown. */
  allocated: (Resources & { containers: number }) | null;
  reserved: Resources | null;
  /** Asked for and not yet given. */
  pending: (Resources & { containers: number }) | null;
  /** The largest single container it still asks for. */
  largestAsk: Resources | null;
  queueUsagePercent: number | null;
  clusterUsagePercent: number | null;
  memorySeconds: number | null;
  vcoreSeconds: number | null;
  /** What the ResourceManager counted as preempted; `null` when this version or source does not tell. */
  preempted: { memoryBytes: number; vcores: number; nonAmContainers: number; amContainers: number } | null;
  logAggregation: string;
  /** The refusal that the diagnostics state, when the ResourceManager took it in only to refuse it. */
  refusal: Omit<Rejection, 'applicationId' | 'at' | 'evidence'> | null;
  /** When this was last said. */
  sampledAt: number;
  knownFrom: 'rest' | 'log';
  samples: readonly ApplicationSample[];
  attempts: readonly YarnAttempt[];
  stateChanges: readonly StateChange[];
  kills: readonly KillRequest[];
  evidence: {
    /** id, name, user, queue, state, finalStatus. */
    state: Evidence;
    diagnostics: Evidence | null;
    times: Evidence | null;
    preempted: Evidence | null;
    pending: Evidence | null;
  };
}
