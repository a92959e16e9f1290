import type { SparkRun } from '../facts.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';
import type { RunClock } from './run-clock.ts';
import { measuresOf } from './run-measures.ts';

/** The clock of a run that is long enough to be judged for slowness, else `null`. */
export function judgedClock(run: SparkRun): RunClock | null {
  const { clock } = measuresOf(run);
  return clock && clock.ms >= SPARK_THRESHOLDS.minRunMs ? clock : null;
}

/** Share of the wall clock, 0 when the time is too small to speak of. */
export function weightOf(clock: RunClock, savedMs: number): number {
  return savedMs >= SPARK_THRESHOLDS.minSavedMs ? Math.min(1, savedMs / clock.ms) : 0;
}
