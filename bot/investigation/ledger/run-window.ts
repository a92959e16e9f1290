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
  const startedAt = finite(run.application.startedAt) ?? finite(firstEventAt) ?? earliestTime(run);
  const lastRecord = Math.max(startedAt, finite(lastEventAt) ?? latestTime(run, startedAt));
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

/** Earliest time any fact carries, for a log without a start and without times of events. */
function earliestTime(run: SparkRun): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const time of timesOf(run)) earliest = Math.min(earliest, time);
  return Number.isFinite(earliest) ? earliest : 0;
}

/** Latest time any fact carries, where the log tells no time of its last event. */
function latestTime(run: SparkRun, atLeast: number): number {
  let latest = atLeast;
  for (const time of timesOf(run)) latest = Math.max(latest, time);
  return latest;
}

function* timesOf(run: SparkRun): Generator<number> {
  for (const { submittedAt, endedAt } of run.jobs) yield* known(submittedAt, endedAt);
  for (const { submittedAt, completedAt } of run.stages) yield* known(submittedAt, completedAt);
  for (const { addedAt, removedAt } of run.executors) yield* known(addedAt, removedAt);
  for (let row = 0; row < run.tasks.length; row++) {
    yield* known(run.tasks.launchedAt[row] ?? null, run.tasks.finishedAt[row] ?? null);
  }
}

function* known(...times: (number | null)[]): Generator<number> {
  for (const time of times) {
    const at = finite(time);
    if (at !== undefined && at > 0) yield at;
  }
}
