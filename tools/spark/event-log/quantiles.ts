import type { Quantiles } from '../facts.ts';

/**
 * Exact quantiles by nearest rank (the smallest value with at least that share of the values at or below it). Sorts
 * `values` in place. NaN entries must have been left out. `null` for no values.
 */
export function quantilesOf(values: Float64Array): Quantiles | null {
  const count = values.length;
  if (count === 0) return null;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min === max) return { min, p25: min, p50: min, p75: min, p95: min, max, sum };
  values.sort();
  return {
    min,
    p25: nearestRank(values, 0.25),
    p50: nearestRank(values, 0.5),
    p75: nearestRank(values, 0.75),
    p95: nearestRank(values, 0.95),
    max,
    sum,
  };
}

/** The median by nearest rank of unsorted values; 0 for none. Sorts in place. */
export function medianOf(values: Float64Array): number {
  if (values.length === 0) return 0;
  const first = values[0];
  if (values.every((value) => value === first)) return first ?? 0;
  values.sort();
  return nearestRank(values, 0.5);
}

function nearestRank(sorted: Float64Array, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}
