import type { SparkRun } from '../../../tools/spark/facts.ts';
import { SlotState } from './slot-state.ts';
import type { Timeline } from './timeline.ts';
import { CHANGE } from './timeline.ts';

/** Where the wall clock of a window went, before attempts are divided by their own breakdown. Milliseconds, not rounded. */
export interface SweptTime {
  /** Whole instants in which no stage was active, or nothing could run. */
  queueWait: number;
  driver: number;
  commit: number;
  /** An interactive application waiting for its user. */
  waitingForUser: number;
  unexplained: number;
  /** Waiting for executors before the first job ran. */
  executorWaitBeforeJobs: number;
  idleOfUnknownStages: number;
  /** By stage row: waiting for executors while the stage wanted tasks; free slots while it had tasks to launch; free slots
   * beyond the number of its tasks. */
  executorWait: Float64Array;
  scheduling: Float64Array;
  idle: Float64Array;
  /** By task row: the share of the wall clock carried by the slot the attempt held, and by the idle slots behind it. */
  busy: Float64Array;
  tail: Float64Array;
}

/**
 * Sweeps the instants where anything changes and books each interval between them (`ledger.md`, the table of states).
 * Attempts and stages are booked by differences of running integrals, so that an interval costs O(1) whatever runs in it.
 * Windows of one timeline add up: everything but the clipping of intervals is the same for every window.
 */
export function sweep(timeline: Timeline, from = timeline.window.from, to = timeline.window.to): SweptTime {
  const { at, kind, about, run } = timeline;
  const state = new SlotState(timeline);
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < at.length; i++) {
    const now = at[i] as number;
    const ms = Math.min(now, to) - Math.max(last, from);
    if (ms > 0) book(state, timeline, Math.max(last, from), ms);
    change(state, run, kind[i] as number, about[i] as number);
    last = now;
  }
  return state.swept;
}

function book(state: SlotState, timeline: Timeline, from: number, ms: number): void {
  const { window } = timeline;
  state.moveTo(from);
  if (from < window.launchedAt) state.swept.queueWait += ms;
  else if (from >= window.recordedUntil) state.swept.unexplained += ms;
  else if (state.activeStages > 0) state.bookStages(ms);
  else bookDriver(state, timeline, from, ms);
}

/** No stage is active. */
function bookDriver(state: SlotState, timeline: Timeline, from: number, ms: number): void {
  const { run, window, executors } = timeline;
  const started = from >= window.startedAt;
  if (started && !state.jobsSeen && waitsForFirstExecutor(run, executors.known, state)) {
    state.swept.executorWaitBeforeJobs += ms;
  } else if (state.commits > 0) {
    state.swept.commit += ms;
  } else if (run.application.interactive && started && state.jobs === 0 && state.executions === 0) {
    state.swept.waitingForUser += ms;
  } else {
    state.swept.driver += ms;
  }
}

/** A cluster's context waits for its executors; a local one has none to wait for, and old logs do not tell of any. */
function waitsForFirstExecutor(run: SparkRun, known: boolean, state: SlotState): boolean {
  const { platform } = run.application;
  if (state.executorsSeen || platform === 'local') return false;
  return known || (platform !== 'unknown' && run.tasks.length === 0 && tellsOfExecutors(run.sparkVersion));
}

/** ExecutorAdded is logged since Spark 1.3 (SPARK-4214 follow-up); an unknown version is taken for older. */
function tellsOfExecutors(version: string | null): boolean {
  const [major, minor] = (version ?? '0.0').split('.').map((part) => Number.parseInt(part, 10));
  return (major ?? 0) > 1 || (major === 1 && (minor ?? 0) >= 3);
}

function change(state: SlotState, run: SparkRun, kind: number, about: number): void {
  switch (kind) {
    case CHANGE.attemptStarts:
      state.attemptStarts(about, run.tasks.stage[about] as number);
      break;
    case CHANGE.attemptEnds:
      state.attemptEnds(about, run.tasks.stage[about] as number);
      break;
    case CHANGE.stageStarts:
      state.stageStarts(about);
      break;
    case CHANGE.stageEnds:
      state.stageEnds(about);
      break;
    case CHANGE.executorComes:
      state.executorComes(about);
      break;
    case CHANGE.executorGoes:
      state.executorGoes(about);
      break;
    case CHANGE.jobStarts:
      state.jobs++;
      state.jobsSeen = true;
      break;
    case CHANGE.jobEnds:
      state.jobs--;
      break;
    case CHANGE.executionStarts:
      state.executions++;
      break;
    case CHANGE.executionEnds:
      state.executions--;
      break;
    case CHANGE.commitStarts:
      state.commits++;
      break;
    case CHANGE.commitEnds:
      state.commits--;
      break;
    default:
      break;
  }
}
