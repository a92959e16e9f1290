import type { ContainerEvent } from './container-events.ts';
import type { YarnContainerHistory } from './container-history.ts';
import { unknownContainer } from './parse-containers.ts';
import { roleOf } from './parse-process-tree.ts';
import { type EndingContext, whoEnded } from './who-ended.ts';

/** More containers than this are counted, not kept: one question never needs them. */
const MAX_CONTAINERS = 50_000;

/** Pieces of evidence kept for one container beyond those that have a field of their own. */
const MAX_EVIDENCE = 8;

/**
 * The lives of containers: what was known of them (REST), with the events of the daemons' records told in order of time. Pure.
 *
 * @returns the histories, oldest container first, and how many were left out
 */
export function buildContainerHistories(
  known: readonly YarnContainerHistory[],
  events: readonly ContainerEvent[],
  context: EndingContext,
): { containers: YarnContainerHistory[]; leftOut: number } {
  const histories = new Map<string, YarnContainerHistory>();
  for (const container of known) {
    const before = histories.get(container.containerId);
    histories.set(container.containerId, before ? combine(before, container) : container);
  }
  const byContainer = Map.groupBy(events, (event) => event.id.containerId);
  let leftOut = 0;
  for (const [containerId, own] of byContainer) {
    const start = histories.get(containerId) ?? (own[0] ? unknownContainer(own[0].id) : undefined);
    if (!start) continue;
    if (!histories.has(containerId) && histories.size >= MAX_CONTAINERS) {
      leftOut += 1;
      continue;
    }
    histories.set(containerId, tell(start, [...own].sort(byTime), context));
  }
  const containers = [...histories.values()].sort((a, b) => (a.containerId < b.containerId ? -1 : 1));
  return { containers: containers.map((container) => closeFromStatus(container, context)), leftOut };
}

function byTime(a: ContainerEvent, b: ContainerEvent): number {
  return (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER) || a.order - b.order;
}

/** Two REST answers about one container (ResourceManager and NodeManager): the first that knows a thing tells it. */
function combine(a: YarnContainerHistory, b: YarnContainerHistory): YarnContainerHistory {
  return {
    ...a,
    host: a.host ?? b.host,
    memoryBytes: a.memoryBytes ?? b.memoryBytes,
    vcores: a.vcores ?? b.vcores,
    startedAt: a.startedAt ?? b.startedAt,
    finishedAt: a.finishedAt ?? b.finishedAt,
    exitCode: a.exitCode ?? b.exitCode,
    exitStatus: a.exitStatus ?? b.exitStatus,
    diagnostics: a.diagnostics || b.diagnostics,
    exitEvidence: a.exitEvidence ?? b.exitEvidence,
    evidence: [...a.evidence, ...b.evidence],
  };
}

function tell(
  start: YarnContainerHistory,
  events: readonly ContainerEvent[],
  context: EndingContext,
): YarnContainerHistory {
  let history = { ...start, evidence: [...start.evidence] };
  for (const event of events) history = withEvent(history, event);
  const ended = whoEnded(history, events, context);
  const keepOld = ended.by === 'unknown' && start.endedBy !== 'unknown';
  return {
    ...history,
    endedBy: keepOld ? start.endedBy : ended.by,
    endedByEvidence: keepOld ? start.endedByEvidence : ended.evidence,
    endCovered: start.endCovered || events.some((event) => event.from === 'node_manager' && isEnd(event)),
  };
}

function isEnd(event: ContainerEvent): boolean {
  if (event.what.kind === 'exit_code') return true;
  return event.what.kind === 'node_state' && /EXITED|KILLING|DONE|CLEANEDUP/.test(event.what.to);
}

function withEvent(history: YarnContainerHistory, event: ContainerEvent): YarnContainerHistory {
  const next: YarnContainerHistory = { ...history, host: history.host ?? event.host };
  const { what, at } = event;
  switch (what.kind) {
    case 'start_requested':
    case 'allocated':
      next.memoryBytes ??= what.resources?.memoryBytes ?? null;
      next.vcores ??= what.resources?.vcores ?? null;
      next.allocatedAt ??= at;
      if (what.kind === 'allocated') next.queue ??= what.queue;
      break;
    case 'node_state':
    case 'scheduler_state':
      if (what.to === 'RUNNING') next.startedAt ??= at;
      if (what.to === 'EXITED_WITH_SUCCESS') next.exitCode ??= 0;
      if (what.to === 'LOCALIZATION_FAILED') next.localizationFailure ??= { output: '', at, evidence: event.evidence };
      if (/EXITED|KILLED|COMPLETED|RELEASED|EXPIRED|DONE|CLEANEDUP/.test(what.to)) next.finishedAt ??= at;
      break;
    case 'exit_code':
      next.exitCode = what.code;
      next.exitEvidence = event.evidence;
      next.finishedAt ??= at;
      break;
    case 'breach':
      // The NodeManager's own line before the ResourceManager's copy of it, which lacks the lines' own times.
      if (!next.breach || event.from === 'node_manager') next.breach = what.breach;
      Object.assign(next, roleFrom(next));
      break;
    case 'launch_failed':
      if (what.output !== '' || !next.launchFailure) {
        next.launchFailure = { output: what.output, at, evidence: event.evidence };
      }
      break;
    case 'localization_failed':
      if (!next.localizationFailure?.output) {
        next.localizationFailure = { output: what.output, at, evidence: event.evidence };
      }
      break;
    case 'diagnostics':
      next.diagnostics ||= what.text;
      next.exitStatus = what.exitStatus ?? next.exitStatus;
      next.exitEvidence ??= event.evidence;
      next.finishedAt ??= at;
      break;
    case 'preempted':
      next.finishedAt ??= at;
      break;
  }
  if (next.evidence.length < MAX_EVIDENCE && isTelling(event)) next.evidence = [...next.evidence, event.evidence];
  return next;
}

function roleFrom(history: YarnContainerHistory): Pick<YarnContainerHistory, 'role' | 'executorId'> {
  const said = roleOf(history.breach?.processes ?? []);
  return said.role === 'unknown' ? { role: history.role, executorId: history.executorId } : said;
}

/** Worth keeping as evidence: how it ended, not how it was started. */
function isTelling(event: ContainerEvent): boolean {
  return event.what.kind !== 'start_requested' && event.what.kind !== 'allocated' && isEndOrFault(event);
}

function isEndOrFault(event: ContainerEvent): boolean {
  const { what } = event;
  if (what.kind === 'node_state') return /EXITED|KILLING|LOCALIZATION_FAILED/.test(what.to);
  if (what.kind === 'scheduler_state') return /KILLED|RELEASED|EXPIRED/.test(what.to);
  return true;
}

/** Containers without a single record still have the status that REST gave. */
function closeFromStatus(container: YarnContainerHistory, context: EndingContext): YarnContainerHistory {
  if (container.endedBy !== 'unknown') return container;
  const ended = whoEnded(container, [], context);
  return { ...container, endedBy: ended.by, endedByEvidence: ended.evidence };
}
