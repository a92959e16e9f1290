import type { SparkRun } from '../facts.ts';

/** The window of a run on the driver's clock, milliseconds since the epoch, and its length. */
export interface RunClock {
  from: number;
  to: number;
  ms: number;
  /** False while the run has not ended or its log was cut: the length is that so far. */
  ended: boolean;
}

/** Start to end of the run, or to the last event of a run without an end; `null` when no such window is known. */
export function runClock(run: SparkRun): RunClock | null {
  const from = run.application.startedAt ?? run.completeness.firstEventAt;
  const to = run.application.endedAt ?? run.completeness.lastEventAt;
  if (from === null || to === null || !Number.isFinite(to - from) || to <= from) return null;
  return { from, to, ms: to - from, ended: run.application.endedAt !== null };
}
