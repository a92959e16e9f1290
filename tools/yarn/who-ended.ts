import type { Evidence } from '../evidence/evidence.ts';
import type { ContainerEvent, ContainerHappening } from './container-events.ts';
import type { ContainerEnder, YarnContainerHistory } from './container-history.ts';
import { EXIT_STATUS } from './exit-status.ts';
import type { NodeChange } from './node-facts.ts';

/** What happened around containers and explains their ends. */
export interface EndingContext {
  /** When NodeManagers were told that an application had ended, by application. */
  applicationStops: ReadonlyMap<string, readonly { host: string | null; at: number | null }[]>;
  /** When applications ended, by id. */
  applicationEnds: ReadonlyMap<string, number>;
  /** When attempts ended, by attempt's application id and number (`application_…#2`). */
  attemptEnds: ReadonlyMap<string, number>;
  /** By host. */
  nodeChanges: ReadonlyMap<string, readonly NodeChange[]>;
}

interface Ending {
  by: ContainerEnder;
  evidence: Evidence | null;
}

/** Two records of one event in two daemons' logs are at most this far apart (heartbeats come each second, clocks differ). */
const SAME_EVENT_MS = 5000;

const BY_STATUS: ReadonlyMap<number, ContainerEnder> = new Map([
  [EXIT_STATUS.physicalMemory, 'memory_check'],
  [EXIT_STATUS.virtualMemory, 'virtual_memory_check'],
  [EXIT_STATUS.preempted, 'preempted'],
  [EXIT_STATUS.disksFailed, 'disk_failure'],
  [EXIT_STATUS.killedByMaster, 'application_master'],
  [EXIT_STATUS.killedByResourceManager, 'resource_manager'],
  [EXIT_STATUS.killedAfterCompletion, 'application_finished'],
  [EXIT_STATUS.killedByContainerScheduler, 'container_scheduler'],
]);

/**
 * Who ended a container. The most specific statement wins: a named reason (memory check, preemption, eviction) before YARN's
 * exit status, that before the order of the state machine's steps. Pure.
 *
 * @param events the container's own events in order of time; may be empty
 */
export function whoEnded(
  container: YarnContainerHistory,
  events: readonly ContainerEvent[],
  context: EndingContext,
): Ending {
  return (
    namedReason(container, events) ??
    statusReason(container, context) ??
    nodeReason(container, events, context) ??
    schedulerReason(container, events, context) ?? { by: 'unknown', evidence: null }
  );
}

function namedReason(container: YarnContainerHistory, events: readonly ContainerEvent[]): Ending | null {
  const { breach } = container;
  if (breach) {
    return { by: breach.kind === 'virtual' ? 'virtual_memory_check' : 'memory_check', evidence: breach.evidence };
  }
  for (const event of events) {
    if (event.what.kind === 'taken_by_node') return { by: event.what.by, evidence: event.evidence };
    if (event.what.kind === 'preempted') return { by: 'preempted', evidence: event.evidence };
  }
  return null;
}

function statusReason(container: YarnContainerHistory, context: EndingContext): Ending | null {
  const status = container.exitStatus;
  if (status === null) return null;
  const evidence = container.exitEvidence;
  if (status === EXIT_STATUS.aborted) {
    const lost = lostNode(container, context);
    return lost ? { by: 'node_lost', evidence: lost.evidence } : { by: 'released', evidence };
  }
  const by = BY_STATUS.get(status);
  return by ? { by, evidence } : null;
}

/** The NodeManager's own steps: out of RUNNING by itself (EXITED_…) or because it was told to kill (KILLING). */
function nodeReason(
  container: YarnContainerHistory,
  events: readonly ContainerEvent[],
  context: EndingContext,
): Ending | null {
  const step = events.find((event) => event.what.kind === 'node_state' && /EXITED|KILLING/.test(event.what.to));
  if (step?.what.kind !== 'node_state') return null;
  if (step.what.to.startsWith('EXITED')) return { by: 'itself', evidence: step.evidence };
  const stop = events.find((event) => event.what.kind === 'stop_requested' && near(event.at, step.at));
  if (stop && (stop.at ?? 0) <= (step.at ?? 0)) return { by: 'application_master', evidence: stop.evidence };
  const released = schedulerStep(events, /RELEASED/);
  if (released) return { by: 'released', evidence: released.evidence };
  if (endedWithApplication(container, step.at, context)) return { by: 'application_finished', evidence: step.evidence };
  return { by: 'resource_manager', evidence: step.evidence };
}

function schedulerReason(
  container: YarnContainerHistory,
  events: readonly ContainerEvent[],
  context: EndingContext,
): Ending | null {
  const released = schedulerStep(events, /RELEASED|EXPIRED/);
  if (released) return { by: 'released', evidence: released.evidence };
  const killed = schedulerStep(events, /KILLED/);
  if (killed) {
    const lost = lostNode(container, context);
    if (lost && near(lost.at, killed.at)) return { by: 'node_lost', evidence: lost.evidence };
    const withApplication = endedWithApplication(container, killed.at, context);
    return { by: withApplication ? 'application_finished' : 'resource_manager', evidence: killed.evidence };
  }
  const completed = schedulerStep(events, /COMPLETED/);
  // Reported as ended by its node: by itself or by the NodeManager, which only the node's own records tell.
  return completed ? { by: 'unknown', evidence: completed.evidence } : null;
}

function schedulerStep(events: readonly ContainerEvent[], to: RegExp): ContainerEvent | undefined {
  const isStep = (what: ContainerHappening) => what.kind === 'scheduler_state' && to.test(what.to);
  return events.find((event) => isStep(event.what));
}

function endedWithApplication(container: YarnContainerHistory, at: number | null, context: EndingContext): boolean {
  const { applicationId, attempt, host } = container;
  const told = (context.applicationStops.get(applicationId) ?? []).some(
    (stop) => (stop.host === null || stop.host === host) && near(stop.at, at),
  );
  if (told) return true;
  const ends = [context.applicationEnds.get(applicationId), context.attemptEnds.get(`${applicationId}#${attempt}`)];
  // Containers go just after their attempt; a kill well before its end is another matter.
  return at !== null && ends.some((end) => end !== undefined && at >= end - SAME_EVENT_MS / 5);
}

function lostNode(container: YarnContainerHistory, context: EndingContext): NodeChange | undefined {
  const changes = container.host === null ? [] : (context.nodeChanges.get(container.host) ?? []);
  return changes.find((change) => /LOST|DECOMMISSIONED|SHUTDOWN|REBOOTED|UNHEALTHY/.test(change.to));
}

function near(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && Math.abs(a - b) <= SAME_EVENT_MS;
}
