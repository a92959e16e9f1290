import type { Candidate, OfSeveral, SubjectChoice, SubjectHints } from './candidate.ts';
import { nameFit, spokenName } from './match-name.ts';

/** A name that fits less than this is another job's. */
const FITS = 0.55;

/**
 * Which run is meant: ids first; else the job's name as people say it, the latest run that overlaps the asked window (a failed
 * one where a failure is asked about); with nothing said, the run of an event log named by path, else the only run there is. Several left: the caller asks back.
 */
export function chooseSubject(
  hints: SubjectHints,
  candidates: readonly Candidate[],
  programs: readonly Candidate[] = [],
): SubjectChoice {
  const [id] = hints.applicationIds;
  if (id !== undefined) {
    const known = candidates.find((candidate) => candidate.id === id);
    return known
      ? { kind: 'chosen', candidate: worseNamed(known, hints, candidates), by: 'id' }
      : { kind: 'unknown_id', id };
  }
  const others = candidates.filter(({ sparkHandle }) => !isAmong(sparkHandle, hints.apart));
  const given = hints.given ? others.filter(({ sparkHandle }) => isAmong(sparkHandle, hints.given)) : null;
  for (const pool of given ? [given, others] : [others]) {
    const byName = fittingName(hints, pool);
    if (byName.length > 0) return { kind: 'chosen', by: 'name', ...bestRun(byName, hints) };
  }
  if (given) return withoutName(hints, given);
  // A program that no scheduler knows is meant when its name is said, or when there is nothing else.
  const program = fittingName(hints, programs);
  if (program.length > 0) return { kind: 'chosen', by: 'name', ...bestRun(program, hints) };
  return others.length === 0 && programs.length === 1 ? withoutName(hints, programs) : withoutName(hints, others);
}

/**
 * The first run named by id, unless another run of the same job is named too and that is the one that went wrong: it failed where
 * a failure is asked about, or neither did and it took much longer. "Compare yesterday's run with today's" names them in any order.
 */
function worseNamed(first: Candidate, hints: SubjectHints, candidates: readonly Candidate[]): Candidate {
  const job = spokenName(first.names[0] ?? first.id);
  const named = candidates.filter(
    (run) => hints.applicationIds.includes(run.id) && spokenName(run.names[0] ?? run.id) === job,
  );
  if (named.length < 2) return first;
  const failed = named.find((run) => badness(run, hints) > badness(first, hints) && endedBadly(run));
  if (failed) return failed;
  if (hints.asks === 'failure' && endedBadly(first)) return first;
  const longest = longestOf(named);
  return longest !== null && lasted(longest) >= lasted(first) * LONGER ? longest : first;
}

function isAmong(handle: string | null, handles: ReadonlySet<string> | null | undefined): boolean {
  return handle !== null && handles?.has(handle) === true;
}

function fittingName(hints: SubjectHints, candidates: readonly Candidate[]): Candidate[] {
  const scored = candidates.map((candidate) => ({
    candidate,
    fit: bestFit(hints.jobNames, [...candidate.names, candidate.id]),
  }));
  const best = Math.max(0, ...scored.map(({ fit }) => fit));
  return best < FITS ? [] : scored.filter(({ fit }) => fit === best).map(({ candidate }) => candidate);
}

/** A pod's id holds its job's name, so ids are names too. */
function bestFit(said: readonly string[], names: readonly string[]): number {
  return Math.max(0, ...said.flatMap((word) => names.map((name) => nameFit(word, name))));
}

/** Beside a run that took so much longer, a later one is not the slow one. */
const LONGER = 1.2;

/**
 * Among runs of one name: those in the asked window, unfinished or failed first where that is asked about, then the latest. Of
 * several that were named by path, the one that took longest where slowness is asked about: whoever hands in two logs hands in
 * the slow one and one to compare with, in any order.
 */
function bestRun(runs: readonly Candidate[], hints: SubjectHints): { candidate: Candidate; ofSeveral?: OfSeveral } {
  const inWindow = runs.filter((run) => overlaps(run, hints.window));
  const pool = inWindow.length > 0 ? inWindow : runs;
  const sorted = pool.toSorted(
    (a, b) => badness(b, hints) - badness(a, hints) || (b.startedAt ?? 0) - (a.startedAt ?? 0),
  );
  const first = sorted[0] as Candidate;
  if (pool.length < 2 || !pool.every(({ sparkHandle }) => isAmong(sparkHandle, hints.given)))
    return { candidate: first };
  const longest = hints.asks === 'slowness' ? longestOf(pool) : null;
  if (longest !== null && lasted(longest) >= lasted(first) * LONGER) {
    return { candidate: longest, ofSeveral: { runs: pool.length, taken: 'longest' } };
  }
  const failed = badness(first, hints) > badness(sorted.at(-1) as Candidate, hints) && endedBadly(first);
  return { candidate: first, ofSeveral: { runs: pool.length, taken: failed ? 'failed' : 'latest' } };
}

/** Null while one of them may still go on: how long that takes is not known. */
function longestOf(runs: readonly Candidate[]): Candidate | null {
  if (!runs.every((run) => lasted(run) > 0)) return null;
  return runs.reduce((longest, run) => (lasted(run) > lasted(longest) ? run : longest));
}

function lasted({ startedAt, endedAt }: Candidate): number {
  return startedAt === null || endedAt === null ? 0 : endedAt - startedAt;
}

function endedBadly({ state }: Candidate): boolean {
  return state === 'failed' || state === 'killed';
}

/** Asked about a failure, a run that ended badly is meant before one whose end is unknown, and that before any other. */
function badness(run: Candidate, hints: SubjectHints): number {
  if (hints.asks !== 'failure') return 0;
  return { failed: 3, killed: 3, unknown: 2, running: 1, waiting: 1, succeeded: 0 }[run.state];
}

function overlaps(run: Candidate, window: SubjectHints['window']): boolean {
  if (window === null) return true;
  const started = run.startedAt ?? Number.NEGATIVE_INFINITY;
  const ended = run.endedAt ?? Number.POSITIVE_INFINITY;
  return started <= window.to && ended >= window.from;
}

function withoutName(hints: SubjectHints, candidates: readonly Candidate[]): SubjectChoice {
  const inWindow = candidates.filter((candidate) => overlaps(candidate, hints.window));
  const pool = inWindow.length > 0 ? inWindow : candidates;
  if (pool.length === 0) return { kind: 'none' };
  const [said] = hints.jobNames;
  const insteadOf = said === undefined ? {} : { insteadOf: said };
  // Whoever says a name that nothing goes by does not mean whatever else ran at that time: then it must be the only job at all.
  const isOnlyJob = countJobs(said === undefined ? pool : candidates) === 1;
  if (isOnlyJob) return { kind: 'chosen', by: 'only', ...bestRun(pool, hints), ...insteadOf };
  const failed = pool.filter(endedBadly);
  if (hints.asks === 'failure' && failed.length === 1 && failed[0]) {
    return { kind: 'chosen', candidate: failed[0], by: 'only', ...insteadOf };
  }
  return said === undefined
    ? { kind: 'ambiguous', candidates: pool }
    : { kind: 'unknown_name', name: said, others: pool };
}

function countJobs(candidates: readonly Candidate[]): number {
  return new Set(candidates.map(({ names, id }) => spokenName(names[0] ?? id))).size;
}
