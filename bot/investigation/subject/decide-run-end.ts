import type { Finding } from '../../../tools/evidence/finding.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { YarnApplication } from '../../../tools/yarn/facts.ts';
import type { RunEnd } from '../joining/run-end.ts';

/** What the areas know about the end of the subject. */
export interface EndWitnesses {
  run: SparkRun | null;
  application: YarnApplication | null;
  /** Findings in scope; those about the application as a whole speak about its end. */
  findings: readonly Finding[];
  /** The subject's process still writes and lives, seen by its host. */
  alive: boolean;
  /** The ResourceManager began after the run and does not know it: what older records say of its state holds no more. */
  forgotten?: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * A log in progress to which nothing was added for so long is what a killed driver leaves behind: Spark writes at least when
 * a job, a stage or an executor begins or ends.
 */
const GIVEN_UP_MS = 24 * 3_600_000;

/** True for a run whose log has no end yet and was written to within a day of `now`. */
export function goesOn({ completeness }: SparkRun, now: number): boolean {
  if (completeness.end !== 'in_progress') return false;
  return completeness.lastEventAt === null || now - completeness.lastEventAt < GIVEN_UP_MS;
}

/**
 * How the run ended. The ResourceManager's word is not the last one: in client mode it says SUCCEEDED for a driver that failed
 * (`real-servers.md`). An event log that just stops says nothing about the end.
 */
export function decideRunEnd(witnesses: EndWitnesses): RunEnd {
  const { run, application } = witnesses;
  const times = {
    at: application?.finishedAt ?? run?.application.endedAt ?? run?.completeness.lastEventAt ?? null,
    startedAt: application?.startedAt ?? run?.application.startedAt ?? null,
  };
  return { state: stateOf(witnesses), ...times, ...(run !== null && hasNoExecutor(run) ? { idle: true } : {}) };
}

/** No executor is there that was added and not removed (local mode adds the driver as one). */
function hasNoExecutor({ executors }: SparkRun): boolean {
  return !executors.some(({ addedAt, removedAt }) => addedAt !== null && removedAt === null);
}

function stateOf(witnesses: EndWitnesses): RunEnd['state'] {
  const state = stateTold(witnesses);
  const goesOn = state === 'running' || state === 'waiting';
  return witnesses.forgotten && goesOn && !witnesses.alive ? 'unknown' : state;
}

function stateTold({ run, application: told, findings, alive, now, forgotten }: EndWitnesses): RunEnd['state'] {
  const application = forgotten && told?.finishedAt === null ? null : told;
  const byYarn = application && !leftUnfinished(run, application) ? yarnState(application) : null;
  if (byYarn === 'failed' || byYarn === 'killed') return byYarn;
  if (byYarn === 'running' || byYarn === 'waiting') return byYarn;
  const bySpark = run ? sparkState(run, now) : null;
  if (bySpark === 'failed') return 'failed';
  if (failedByItsOwnLog(findings, byYarn === 'succeeded' || bySpark === 'succeeded')) return 'failed';
  if (application && leftUnfinished(run, application)) return 'unknown';
  if (byYarn ?? bySpark) return byYarn ?? bySpark ?? 'unknown';
  return alive ? 'running' : 'unknown';
}

/**
 * In client mode the ApplicationMaster signs off with SUCCEEDED whenever its driver is gone, also a killed one (Spark 1.x-4.x,
 * "Driver terminated or disconnected!"). A driver that ended by itself has closed its event log before.
 */
function leftUnfinished(run: SparkRun | null, { state, finalStatus }: YarnApplication): boolean {
  if (run?.completeness.end !== 'in_progress' || run.application.deployMode !== 'client') return false;
  return state === 'FINISHED' && finalStatus === 'SUCCEEDED';
}

function yarnState(application: YarnApplication): RunEnd['state'] | null {
  if (application.state === 'FAILED' || application.finalStatus === 'FAILED') return 'failed';
  if (application.state === 'KILLED' || application.finalStatus === 'KILLED') return 'killed';
  if (application.state === 'FINISHED') return application.finalStatus === 'SUCCEEDED' ? 'succeeded' : null;
  if (application.state === 'RUNNING') return 'running';
  return application.state === 'UNKNOWN' ? null : 'waiting';
}

function sparkState(run: SparkRun, now: number): RunEnd['state'] | null {
  const { end } = run.completeness;
  const exitCode = run.application.exitCode;
  if (exitCode !== null && exitCode !== 0) return 'failed';
  if (end === 'in_progress') return goesOn(run, now) ? 'running' : null;
  if (end === 'cut') return null;
  return lastWorkFailed(run) ? 'failed' : 'succeeded';
}

/**
 * What the program did last did not end well: its last job, or a query that failed in the driver after all jobs were done
 * (collecting, broadcasting, committing), which no job tells of.
 */
function lastWorkFailed(run: SparkRun): boolean {
  const jobs = run.jobs.map((job) => ({ endedAt: job.endedAt ?? 0, failed: job.result === 'failed' }));
  const queries = run.sqlExecutions.flatMap((sql) =>
    sql.endedAt === null || sql.errorMessage === null
      ? []
      : [{ endedAt: sql.endedAt, failed: sql.errorMessage !== '' }],
  );
  const last = [...jobs, ...queries].sort((a, b) => b.endedAt - a.endedAt)[0];
  return last?.failed ?? false;
}

/** A driver's own last word, where no other record is there or the record is known to err (client mode). */
function failedByItsOwnLog(findings: readonly Finding[], toldSucceeded: boolean): boolean {
  return findings.some((finding) => {
    if (finding.symptom !== 'application_failed' && finding.symptom !== 'submission_failed') return false;
    const fromDriver = finding.area === 'logs' && finding.kind === 'observed';
    return toldSucceeded ? fromDriver && finding.values.final === 'true' : finding.area !== 'spark';
  });
}
