import type { KnownRun } from '../../../tools/spark/known-runs.ts';
import type { Candidate } from './candidate.ts';
import { decideRunEnd } from './decide-run-end.ts';
import { spokenName } from './match-name.ts';

/** More logs of one job than this are not all read to choose one: the newest are. */
const MOST_READ = 6;

/** What is known before a run is chosen. */
interface Known {
  runs: readonly KnownRun[];
  /** Handles of the event logs named by path; null when none was named. */
  given: ReadonlySet<string> | null;
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * The candidates, with their ends read where several event logs of one job were named by path: the head of a log does not tell
 * whether the run failed, and that decides which one a question is about. The platform's own word for an end stays.
 */
export async function readGivenEnds(
  candidates: readonly Candidate[],
  known: Known,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const rivals = new Set(rivalsAmong(candidates.filter(({ sparkHandle }) => known.given?.has(sparkHandle ?? ''))));
  return await Promise.all(
    candidates.map(async (candidate) => (rivals.has(candidate) ? await withEnd(candidate, known, signal) : candidate)),
  );
}

/** Those that share a job's name with another, newest first. */
function rivalsAmong(given: readonly Candidate[]): Candidate[] {
  const jobs = Map.groupBy(given, ({ names, id }) => spokenName(names[0] ?? id));
  const rivals = [...jobs.values()].filter((runs) => runs.length > 1).flat();
  return rivals.sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0)).slice(0, MOST_READ);
}

async function withEnd(candidate: Candidate, { runs, now }: Known, signal: AbortSignal): Promise<Candidate> {
  const known = runs.find(({ listing }) => listing.handle === candidate.sparkHandle);
  const outcome = await known?.source.read(known.listing.handle, signal);
  if (outcome?.outcome !== 'ok' || candidate.state === 'failed' || candidate.state === 'killed') return candidate;
  const end = decideRunEnd({ run: outcome.value, application: null, findings: [], alive: false, now });
  return { ...candidate, state: end.state, endedAt: candidate.endedAt ?? end.at };
}
