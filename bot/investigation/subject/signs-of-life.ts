import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { HostMemoryFacts } from '../../../tools/host/host-memory-facts.ts';
import type { ProcessFacts } from '../../../tools/host/process-facts.ts';
import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import type { FirstLook } from '../first-look.ts';
import { applicationOf, containerIn } from '../joining/entity-directory.ts';
import type { Candidate } from './candidate.ts';

/** A log that was written to within this time of "now" still goes on: people ask a minute or so after they looked. */
const STILL_WRITING_MS = 120_000;
/** States of a process that has ended: zombie and dead (`proc_pid_status(5)`). */
const DEAD: ReadonlySet<string> = new Set(['Z', 'X']);

/**
 * What shows that the subject still runs: its own log goes on, and a process of it lives on its host. Empty when either is
 * missing: a log that goes on may have been cut, a process may hang.
 */
export function signsOfLife(
  candidate: Pick<Candidate, 'id'> | null,
  first: Pick<FirstLook, 'logs'> & { hosts: readonly Pick<HostMemoryFacts, 'processes'>[] },
  now: number,
): Evidence[] {
  const belongs = (id: string | undefined) =>
    candidate === null || id === candidate.id || (id !== undefined && applicationOf(id) === candidate.id);
  const writing = first.logs.filter(
    (log) =>
      (belongs(log.keys.applicationId) || belongs(log.keys.containerId)) &&
      log.lastAt !== null &&
      now - log.lastAt < STILL_WRITING_MS,
  );
  if (writing.length === 0) return [];
  const living = first.hosts.flatMap((host) =>
    host.processes.filter((process) => {
      const container = process.memoryGroup === null ? null : containerIn(process.memoryGroup);
      return container !== null && belongs(container) && !DEAD.has(process.state?.letter ?? '');
    }),
  );
  if (living.length === 0) return [];
  const seenLast = living.toSorted((a, b) => lookedAt(b) - lookedAt(a));
  return [...writing.flatMap(lastLine).slice(0, 2), ...seenLast.flatMap(stateSeen).slice(0, 1)];
}

/** The end of the recording has no time of its own. */
function lookedAt({ at }: ProcessFacts): number {
  return at ?? Number.MAX_SAFE_INTEGER;
}

function stateSeen({ state, at }: ProcessFacts): Evidence[] {
  return state === null ? [] : [{ ...state.quote, area: 'memory', provenance: 'kernel', at }];
}

function lastLine(log: LogFacts): Evidence[] {
  const record = log.tail.at(-1);
  return record ? [{ ...record.quote, area: record.area, provenance: record.provenance, at: record.at }] : [];
}
