/** How often what was expected was answered by what was given. */
export interface ConfusionCell {
  expected: string;
  given: string;
  count: number;
}

/** The cells that are not empty: most frequent first, then by name. */
export function confusionTable(pairs: readonly (readonly [expected: string, given: string])[]): ConfusionCell[] {
  const cells = new Map<string, ConfusionCell>();
  for (const [expected, given] of pairs) {
    const key = JSON.stringify([expected, given]);
    const cell = cells.get(key) ?? { expected, given, count: 0 };
    cells.set(key, { ...cell, count: cell.count + 1 });
  }
  return [...cells.values()].sort(
    (a, b) => b.count - a.count || compare(a.expected, b.expected) || compare(a.given, b.given),
  );
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
