import type { FirstLook } from '../first-look.ts';
import { applicationOf, containerIn } from '../joining/entity-directory.ts';
import type { Candidate } from './candidate.ts';

/** A log that was written to within this time of "now" still goes on. */
const STILL_WRITING_MS = 60_000;

/** True when a process of the subject is alive on its host and its own log still goes on. */
export function isAlive(candidate: Candidate | null, first: FirstLook, now: number): boolean {
  const belongs = (id: string | undefined) =>
    candidate === null || id === candidate.id || (id !== undefined && applicationOf(id) === candidate.id);
  const writing = first.logs.some(
    (log) =>
      (belongs(log.keys.applicationId) || belongs(log.keys.containerId)) &&
      log.lastAt !== null &&
      now - log.lastAt < STILL_WRITING_MS,
  );
  if (!writing) return false;
  return first.hosts.some((host) =>
    host.processes.some((process) => {
      const container = process.memoryGroup === null ? null : containerIn(process.memoryGroup);
      return container !== null && belongs(container);
    }),
  );
}
