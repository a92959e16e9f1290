import type { SparkRun } from '../facts.ts';
import { measuresOf } from './run-measures.ts';
import { slotsAt } from './slots.ts';

/**
 * Wall clock a stage would have won, at least, had each of its attempts lasted no longer than `cappedMs` says: the stage's
 * last end minus its last end with the caps, less the part of that window in which other stages kept the slots busy. Tasks
 * are not moved to earlier starts, so it is a lower bound.
 */
export function savedByCapping(run: SparkRun, stageIndex: number, cappedMs: (row: number) => number): number {
  const { rowsOfStage, startedAt, endedAt } = measuresOf(run);
  let end = Number.NEGATIVE_INFINITY;
  let cappedEnd = Number.NEGATIVE_INFINITY;
  for (const row of rowsOfStage[stageIndex] ?? []) {
    const launched = startedAt[row] ?? 0;
    const ended = endedAt[row] ?? launched;
    end = Math.max(end, ended);
    cappedEnd = Math.max(cappedEnd, launched + Math.min(ended - launched, Math.max(0, cappedMs(row))));
  }
  if (!(end > cappedEnd)) return 0;
  return (end - cappedEnd) * (1 - busyShare(run, stageIndex, cappedEnd, end));
}

/** Share of the slots that other stages' tasks used between two instants, 0 to 1. */
function busyShare(run: SparkRun, stageIndex: number, from: number, to: number): number {
  const { rowsOfStage, startedAt, endedAt } = measuresOf(run);
  const slots = slotsAt(run, (from + to) / 2);
  if (slots === 0) return 0;
  let busy = 0;
  for (const [index, rows] of rowsOfStage.entries()) {
    const stage = run.stages[index];
    if (index === stageIndex || !stage || (stage.completedAt ?? to) < from || (stage.submittedAt ?? from) > to)
      continue;
    for (const row of rows) {
      const overlap = Math.min(endedAt[row] ?? 0, to) - Math.max(startedAt[row] ?? 0, from);
      if (overlap > 0) busy += overlap;
    }
  }
  return Math.min(1, busy / (slots * (to - from)));
}
