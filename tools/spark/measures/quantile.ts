/** Nearest-rank quantile of unsorted values (the rule the stage facts use); 0 for none. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return 0;
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  return sorted[rank - 1] ?? 0;
}

/** Nearest-rank median. */
export function median(values: Iterable<number>): number {
  return quantile(values, 0.5);
}
