/**
 * A quantile with linear interpolation between neighbours (R's type 7, what most tools give).
 *
 * @param share from 0 to 1: 0.5 is the median
 * @returns null for no values
 */
export function quantile(values: readonly number[], share: number): number | null {
  return values.length === 0 ? null : quantileOfSorted(Float64Array.from(values).sort(), share);
}

/** The same of values that are sorted already; there has to be one. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (place - below);
}
