/** Smallest and largest of any number of values; `null` for none. Spread calls end with the stack at some 100,000 values. */
export function extentOf(values: Iterable<number>): { least: number; most: number } | null {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? { least, most } : null;
}

/** Largest of any number of values, `otherwise` for none. */
export function largest(values: Iterable<number>, otherwise = 0): number {
  return extentOf(values)?.most ?? otherwise;
}
