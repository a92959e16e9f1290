import type { Quantiles } from '../facts.ts';

/**
 * Exact quantiles by nearest rank (the smallest value with at least that share of the values at or below it). Puts `values`
 * into another order. NaN entries must have been left out. `null` for no values.
 */
export function quantilesOf(values: Float64Array): Quantiles | null {
  const count = values.length;
  if (count === 0) return null;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < count; at += 1) {
    const value = values[at] as number;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min === max) return { min, p25: min, p50: min, p75: min, p95: min, max, sum };
  // Each rank is looked for among what the one before left above it.
  const p25 = select(values, rankOf(0.25, count), 0);
  const p50 = select(values, rankOf(0.5, count), rankOf(0.25, count));
  const p75 = select(values, rankOf(0.75, count), rankOf(0.5, count));
  const p95 = select(values, rankOf(0.95, count), rankOf(0.75, count));
  return { min, p25, p50, p75, p95, max, sum };
}

/** The median by nearest rank; 0 for no values. Puts `values` into another order. */
export function medianOf(values: Float64Array): number {
  return values.length === 0 ? 0 : select(values, rankOf(0.5, values.length), 0);
}

function rankOf(share: number, count: number): number {
  return Math.max(1, Math.ceil(share * count)) - 1;
}

/**
 * The value that sorting would put at `rank`; afterwards no value before it is larger, none behind it smaller. Values
 * before `from` must be known to be no larger. Hoare's selection, with the middle of three as the pivot.
 */
function select(values: Float64Array, rank: number, from: number): number {
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOf(values[low] as number, values[(low + high) >> 1] as number, values[high] as number);
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as number) < pivot) left += 1;
      while ((values[right] as number) > pivot) right -= 1;
      if (left > right) break;
      const moved = values[left] as number;
      values[left] = values[right] as number;
      values[right] = moved;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank] as number;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
