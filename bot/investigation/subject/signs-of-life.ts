import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { Reading } from '../../../tools/host/readings.ts';
import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import type { FirstLook } from '../first-look.ts';
import { applicationOf, containerIn } from '../joining/entity-directory.ts';
import type { Candidate } from './candidate.ts';

/** A log that was written to within this time of "now" still goes on: people ask a minute or so after they looked. */
const STILL_WRITING_MS = 120_000;

/**
 * What shows that the subject still runs: its own log goes on, and a process of it lives on its host. Empty when either is
 * missing: a log that goes on may have been cut, a process may hang.
 */
export function signsOfLife(candidate: Candidate | null, first: FirstLook, now: number): Evidence[] {
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
      return container !== null && belongs(container);
    }),
  );
  if (living.length === 0) return [];
  const status = living.flatMap((process) => [...process.status.values()].slice(0, 1));
  return [...writing.flatMap(lastLine).slice(0, 2), ...status.slice(0, 1).map(asEvidence)];
}

function asEvidence(reading: Reading): Evidence {
  const { source, line, text } = reading;
  return { source, fromLine: line, toLine: line, excerpt: text, area: 'memory', provenance: 'kernel', at: null };
}

function lastLine(log: LogFacts): Evidence[] {
  const record = log.tail.at(-1);
  return record ? [{ ...record.quote, area: record.area, provenance: record.provenance, at: record.at }] : [];
}
