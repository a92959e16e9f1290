import type { Evidence } from '../evidence/evidence.ts';

/** One row of the process tree that the NodeManager dumps when it kills for memory. */
export interface ProcessRow {
  pid: number;
  parentPid: number;
  /** Name of the executable without its parentheses. */
  name: string;
  virtualBytes: number;
  /** RSS as printed; a page of 4 KiB is assumed unless the limit line shows another (`rssBytes`). */
  rssPages: number;
  rssBytes: number;
  /** The full command line, secrets masked, at most 4,000 characters. */
  command: string;
}

/** The NodeManager's own memory check found a container over its limit. */
export interface LimitBreach {
  kind: 'physical' | 'virtual';
  containerId: string;
  /** Process id of the container's root process. */
  pid: number | null;
  /** What was used and allowed of the kind that was exceeded. Printed with one decimal only. */
  usedBytes: number;
  limitBytes: number;
  /** By how much, exactly (3.x prints it); `null` in 2.x. */
  overBytes: number | null;
  physicalUsedBytes: number;
  physicalLimitBytes: number;
  virtualUsedBytes: number;
  virtualLimitBytes: number;
  processes: readonly ProcessRow[];
  at: number | null;
  evidence: Evidence;
  /** The row of the largest Python process, when one is in the dump. */
  pythonEvidence: Evidence | null;
}

/** What a container is for, known from its command line or its number. */
export type ContainerRole = 'application_master' | 'driver' | 'executor' | 'worker' | 'unknown';

/**
 * Who ended a container, as the platform's own records tell:
 *
 * - `itself`: the process ended without the NodeManager having asked for it (an exit, or a signal of somebody else)
 * - `memory_check`, `virtual_memory_check`: the NodeManager's polling check; `oom_handler`: its elastic cgroup handler
 * - `preempted`: the scheduler took it back; `released`: its ApplicationMaster gave it back
 * - `application_master`: stopped on request of the ApplicationMaster or of the ResourceManager's launcher
 * - `application_finished`: ended with its application; `node_lost`: its node went away
 * - `container_scheduler`: an opportunistic container made room; `disk_failure`: the node's disks failed
 * - `resource_manager`: taken by the ResourceManager for a reason not in the records
 */
export type ContainerEnder =
  | 'itself'
  | 'memory_check'
  | 'virtual_memory_check'
  | 'oom_handler'
  | 'preempted'
  | 'released'
  | 'application_master'
  | 'application_finished'
  | 'node_lost'
  | 'container_scheduler'
  | 'disk_failure'
  | 'resource_manager'
  | 'overcommit_eviction'
  | 'unknown';

/** A launch that ended before the program could work, with what the process printed. */
interface LaunchFailure {
  /** The last lines of stderr and prelaunch.err, as the NodeManager quotes them; `''` when it printed none. */
  output: string;
  at: number | null;
  evidence: Evidence;
}

/** One container's life, merged from REST, NodeManager records and ResourceManager records. */
export interface YarnContainerHistory {
  containerId: string;
  applicationId: string;
  /** Attempt of the application, from 1. */
  attempt: number;
  /** True for the ApplicationMaster's container. */
  isMaster: boolean;
  role: ContainerRole;
  /** Spark's executor id from the command line, when a process tree shows it. */
  executorId: string | null;
  host: string | null;
  memoryBytes: number | null;
  vcores: number | null;
  /** Queue the ResourceManager booked it to. */
  queue: string | null;
  allocatedAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  /** Exit code of the process as the NodeManager saw it (0 to 255). */
  exitCode: number | null;
  /** YARN's exit status where told (-100 to -108, or the process code). */
  exitStatus: number | null;
  endedBy: ContainerEnder;
  /** The record that says who ended it; `null` when nothing does. */
  endedByEvidence: Evidence | null;
  /** True when the NodeManager's records cover the end of this container: absence of a line means something then. */
  endCovered: boolean;
  breach: LimitBreach | null;
  launchFailure: LaunchFailure | null;
  /** Why its files could not be brought to the node. */
  localizationFailure: LaunchFailure | null;
  diagnostics: string;
  /** The record with the exit code, else the first that names the container. */
  exitEvidence: Evidence | null;
  evidence: Evidence[];
}
