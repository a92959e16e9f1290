import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { SparkRunListing } from '../../../tools/spark/source.ts';
import { normaliseJobName } from './normalise-job-name.ts';

/** More runs tell no more about what is usual, and each has to be read. */
const MAX_BASELINES = 10;

/** What must be known of the run in question to find its history. */
type BaselineSubject = Pick<SparkRunListing, 'applicationId' | 'applicationName' | 'user' | 'startedAt'>;

/**
 * Earlier runs of the same job (same name without dates, same user where both are known), newest first, at most ten. Runs
 * that are still in progress are no baseline; whether one ended well is known only when it has been read
 * (`isUsableBaseline`). Of several attempts of one application the last counts.
 */
export function chooseBaselines(listing: readonly SparkRunListing[], subject: BaselineSubject): SparkRunListing[] {
  if (!subject.applicationName) return [];
  const job = normaliseJobName(subject.applicationName).toLowerCase();
  const latest = new Map<string, SparkRunListing>();
  for (const run of listing) {
    if (run.inProgress || !run.applicationName || run.applicationId === subject.applicationId) continue;
    if (normaliseJobName(run.applicationName).toLowerCase() !== job) continue;
    if (run.user && subject.user && run.user !== subject.user) continue;
    if (run.startedAt === null || (subject.startedAt !== null && run.startedAt >= subject.startedAt)) continue;
    const key = run.applicationId ?? run.handle;
    const known = latest.get(key);
    if (!known || attemptOf(run) > attemptOf(known)) latest.set(key, run);
  }
  return [...latest.values()].sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0)).slice(0, MAX_BASELINES);
}

function attemptOf(run: SparkRunListing): number {
  const attempt = Number(run.attempt ?? 0);
  return Number.isFinite(attempt) ? attempt : 0;
}

/** A run that shows what is usual: it ended, and its last job succeeded. */
export function isUsableBaseline(run: SparkRun): boolean {
  if (run.completeness.end !== 'ended' || run.application.endedAt === null) return false;
  if (run.application.exitCode !== null && run.application.exitCode !== 0) return false;
  const last = run.jobs.at(-1);
  return last === undefined || last.result !== 'failed';
}
