import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import { accountMs } from '../comparison/account-deltas.ts';
import type { TimeLedger } from '../time-ledger.ts';
import { type Culprit, culpritsOf, spokenCulprit } from './culprit.ts';
import { replay } from './replay.ts';
import { replayModel } from './replay-model.ts';
import { replayWithout } from './replay-without.ts';

/** What a run would have won without one culprit: the difference of two replays of its schedule. */
export interface WhatIf {
  culprit: Culprit;
  /** The culprit as the answer names it. */
  without: Bilingual;
  savedMs: number;
  /** How far the replay of the unchanged run is from the record, percent of the wall clock, one decimal. */
  modelErrorPct: number;
}

/** Above this error of the model nothing is promised (`ledger.md`, What-if), percent. */
export const MAX_ERROR_PCT = 10;
/** Saving less than this share of the wall clock is within the model's noise. */
const WORTH_SAYING = 0.03;

/**
 * Replays the run's schedule (the stages' order, the recorded attempts on the recorded slots) first unchanged and then
 * without each culprit. Empty when the unchanged replay misses the record by more than a tenth. Largest saving first.
 */
export function whatIf(
  run: SparkRun,
  ledger: TimeLedger,
  culprits: readonly Culprit[] = culpritsOf(run, ledger),
): WhatIf[] {
  if (ledger.wallClockMs <= 0 || run.tasks.length === 0) return [];
  const model = replayModel(run, ledger);
  const unchanged = replay(model);
  const modelErrorPct = errorPct(unchanged, ledger.wallClockMs);
  if (modelErrorPct > MAX_ERROR_PCT) return [];
  const commitMs = accountMs(ledger, 'commit');
  return culprits
    .map((culprit) => {
      const without = replay(model, replayWithout(culprit, model, commitMs));
      const savedMs = Math.max(0, Math.round(unchanged - without));
      return { culprit, without: spokenCulprit(culprit), savedMs, modelErrorPct };
    })
    .filter(({ savedMs }) => Number.isFinite(savedMs) && savedMs >= ledger.wallClockMs * WORTH_SAYING)
    .sort((a, b) => b.savedMs - a.savedMs);
}

/** Error of the unchanged replay in percent of the wall clock; 0 for a run without tasks. */
export function replayErrorPct(run: SparkRun, ledger: TimeLedger): number {
  if (ledger.wallClockMs <= 0 || run.tasks.length === 0) return 0;
  return errorPct(replay(replayModel(run, ledger)), ledger.wallClockMs);
}

function errorPct(replayed: number, recorded: number): number {
  return Math.round((Math.abs(replayed - recorded) / recorded) * 1000) / 10;
}
