import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { LedgerContext } from './ledger-context.ts';

/** The span of time a ledger books, and the instants that split it before the first job. */
export interface RunWindow {
  from: number;
  to: number;
  /** Before this instant the application was not launched: it stood in the queue. `from` when nothing is known of it. */
  launchedAt: number;
  /** Start of the application as the driver tells it. */
  startedAt: number;
  /** After this instant no record says anything (a log that was cut, though the platform knows a later end). */
  recordedUntil: number;
  /** What the end rests on. */
  end: 'application_end' | 'platform' | 'now' | 'last_event';
}

/**
 * Wall clock of a run (`ledger.md`, Definition): from submission, else the application's start, to its end, else to the
 * last event. A running run is booked up to `now` when that is given.
 */
export function runWindow(run: SparkRun, context: LedgerContext = {}): RunWindow {
  const { firstEventAt, lastEventAt } = run.completeness;
  const startedAt = Math.round(run.application.startedAt ?? firstEventAt ?? earliestTime(run));
  const lastRecord = Math.round(Math.max(lastEventAt ?? startedAt, latestTime(run, startedAt)));
  const { to, end } = endOfRun(run, context, lastRecord);
  const queued = context.submittedAt !== undefined && context.launchedAt !== undefined;
  const from = Math.min(startedAt, finite(context.submittedAt) ?? finite(context.launchedAt) ?? startedAt);
  const launchedAt = queued ? (finite(context.launchedAt) ?? from) : from;
  return {
    from,
    to: Math.max(from, to),
    launchedAt,
    startedAt,
    recordedUntil: end === 'platform' ? lastRecord : Math.max(from, to),
    end,
  };
}

function endOfRun(run: SparkRun, context: LedgerContext, lastRecord: number): Pick<RunWindow, 'to' | 'end'> {
  const ended = finite(run.application.endedAt);
  if (ended !== undefined) return { to: ended, end: 'application_end' };
  const finished = finite(context.finishedAt);
  if (finished !== undefined && finished >= lastRecord) return { to: finished, end: 'platform' };
  const now = finite(context.now);
  if (run.completeness.end === 'in_progress' && now !== undefined && now >= lastRecord) return { to: now, end: 'now' };
  return { to: lastRecord, end: 'last_event' };
}

function finite(time: number | null | undefined): number | undefined {
  return time !== null && time !== undefined && Number.isFinite(time) ? Math.round(time) : undefined;
}

function earliestTime(run: SparkRun): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const job of run.jobs) earliest = Math.min(earliest, job.submittedAt ?? earliest);
  for (const stage of run.stages) earliest = Math.min(earliest, stage.submittedAt ?? earliest);
  for (let row = 0; row < run.tasks.length; row++) earliest = Math.min(earliest, run.tasks.launchedAt[row] || earliest);
  return Number.isFinite(earliest) ? earliest : 0;
}

/** Latest time any fact carries; only asked where the log has no last event's time. */
function latestTime(run: SparkRun, atLeast: number): number {
  if (run.completeness.lastEventAt !== null) return atLeast;
  let latest = atLeast;
  for (const job of run.jobs) latest = Math.max(latest, job.endedAt ?? latest);
  for (const stage of run.stages) latest = Math.max(latest, stage.completedAt ?? latest);
  for (let row = 0; row < run.tasks.length; row++) latest = Math.max(latest, run.tasks.finishedAt[row] || latest);
  return latest;
}
