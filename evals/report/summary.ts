import type { CalibrationRow } from '../statistics/calibration-table.ts';
import type { ConfusionCell } from '../statistics/confusion-table.ts';
import type { CoverageRiskPoint } from '../statistics/coverage-risk.ts';
import type { Interval, Share } from '../statistics/interval.ts';
import type { Variant } from '../trial/trial.ts';

/** The figures of a run, worked out of its result; one part for each variant, because they say different things. */
export interface Summary {
  variants: readonly VariantSummary[];
  /** Trials that could not be made, each with why: in no figure. */
  notRun: readonly { id: string; why: string }[];
}

/** One variant. Shares are over trials that were made; their intervals are drawn by base incident. */
export interface VariantSummary {
  variant: Variant;
  /** False for `scripted`: its answers were recorded, so that being right tests the loop and the gate, not the product. */
  isAccuracy: boolean;
  incidents: number;
  asks: number;
  /** How often each ask was put at the most. */
  attempts: number;
  trials: number;
  crashed: number;
  notRun: number;
  /** Null where nothing was made. */
  right: Share | null;
  /** Wrong, and said to be confirmed: what costs trust most. */
  wrongConfirmed: Share | null;
  /** By tag, code group, code, form, language: in how far the figure holds everywhere. */
  cuts: Readonly<Record<CutName, readonly Cut[]>>;
  scorers: readonly ScorerSummary[];
  hardGates: readonly HardGateSummary[];
  /** Expected behaviour by the one that was shown. */
  behaviours: readonly ConfusionCell[];
  /** Code groups, expected by given; on the diagonal when the first code is a true one. */
  groups: readonly ConfusionCell[];
  /** Codes taken for one another: the wrong first ones. */
  confusions: readonly (ConfusionCell & { scenarios: readonly string[] })[];
  coverageRisk: readonly CoverageRiskPoint[];
  /** Answers that abstained, of all. */
  abstained: number;
  calibration: readonly CalibrationRow[];
  calibrationError: number | null;
  brier: number | null;
  /** pass^k for k = 1 to `attempts`; for k = 1 the mean of the asks. Empty unless asks were repeated. */
  passPower: readonly { k: number; value: number }[];
  /** Asks that were right and wrong in turns, of those put several times. */
  flipping: { asks: number; of: number };
  costs: readonly CostSummary[];
}

/** What trials are cut by. */
export type CutName = 'tag' | 'group' | 'code' | 'form' | 'language' | 'behaviour';

/** The trials that share one thing. */
export interface Cut {
  name: string;
  incidents: number;
  /** Null where all of them were not run. */
  right: Share | null;
  notRun: number;
}

/** What one scorer says over all trials that it speaks of. */
export interface ScorerSummary {
  name: string;
  measures: string;
  isHardGate: boolean;
  /** Trials it speaks of. */
  of: number;
  /** Null where it speaks of none. */
  mean: number | null;
  interval: Interval | null;
  /** Trials below 1. */
  below: number;
}

/** One gate that no trial may break. */
export interface HardGateSummary {
  name: string;
  measures: string;
  /** Trials it was held against. */
  held: number;
  broken: readonly string[];
  /** Where none is broken: what the rate may still be, 95 %, counted by incident. */
  upperBound: number | null;
}

/** What answers cost; `durationMs` in milliseconds, money in US dollars. */
export interface CostSummary {
  name: string;
  unit: 'ms' | 'count' | 'usd';
  of: number;
  median: number;
  p95: number;
  most: number;
  sum: number;
}
