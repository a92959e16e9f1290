/** How a run's wall clock stands against its own history. */
export interface RunHistory {
  /** `usual`: within the history's own spread. `unknown`: nothing to compare with. */
  verdict: 'slow' | 'usual' | 'fast' | 'unknown';
  /** Median wall clock of the history. */
  medianMs: number;
  /** What counts as usual: from … to, milliseconds. */
  usualFromMs: number;
  usualToMs: number;
  /** How the range was made: median ± 3 scaled MAD, or with fewer than five runs a margin around them. */
  by: 'spread' | 'margin';
  runs: number;
}

/** From this many runs a spread can be told; with fewer a margin stands in (`ledger.md`, Comparison). */
const RUNS_FOR_SPREAD = 5;
/** Scaled MAD equals one standard deviation of normal noise; three of them hold 99.7 % of it. */
const SPREADS = 3;
const MAD_TO_DEVIATION = 1.4826;
/** A history without any spread does not make a run slow that is a tenth longer. */
const LEAST_RELATIVE_SPREAD = 0.1;
/** With few runs: beyond the extremes by this much (repeated clean runs of one job on a shared cluster differed by 40 %). */
const FEW_RUNS_MARGIN = 1.3;
/** Below this difference nobody waits longer: starting executors alone varies by that much. */
const LEAST_DIFFERENCE_MS = 5_000;

/** Judges a wall clock against those of earlier runs. */
export function isSlow(wallClockMs: number, baselineMs: readonly number[]): RunHistory {
  const known = baselineMs.filter((ms) => Number.isFinite(ms) && ms > 0).sort((a, b) => a - b);
  if (known.length === 0) {
    return { verdict: 'unknown', medianMs: 0, usualFromMs: 0, usualToMs: 0, by: 'margin', runs: 0 };
  }
  const medianMs = medianOf(known);
  const by = known.length >= RUNS_FOR_SPREAD ? 'spread' : 'margin';
  const [usualFromMs, usualToMs] = by === 'spread' ? spreadRange(known, medianMs) : marginRange(known);
  const slow = wallClockMs > usualToMs && wallClockMs - medianMs >= LEAST_DIFFERENCE_MS;
  const fast = wallClockMs < usualFromMs && medianMs - wallClockMs >= LEAST_DIFFERENCE_MS;
  const verdict = slow ? 'slow' : fast ? 'fast' : 'usual';
  return { verdict, medianMs, usualFromMs, usualToMs, by, runs: known.length };
}

function spreadRange(sorted: readonly number[], median: number): [number, number] {
  const deviations = sorted.map((ms) => Math.abs(ms - median)).sort((a, b) => a - b);
  const spread = Math.max(SPREADS * MAD_TO_DEVIATION * medianOf(deviations), median * LEAST_RELATIVE_SPREAD);
  return [Math.max(0, Math.round(median - spread)), Math.round(median + spread)];
}

function marginRange(sorted: readonly number[]): [number, number] {
  return [
    Math.round((sorted[0] as number) / FEW_RUNS_MARGIN),
    Math.round((sorted[sorted.length - 1] as number) * FEW_RUNS_MARGIN),
  ];
}

/** Median of sorted values; the mean of the middle two for an even number. */
export function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
