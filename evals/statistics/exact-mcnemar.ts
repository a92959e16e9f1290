/**
 * Two versions on the same cases, each case once: the two-sided p of McNemar's test, exact (binomial over the cases that changed;
 * Q. McNemar, Psychometrika 12, 1947). Cases on which both agree say nothing.
 *
 * @param better cases that only the new one has right
 * @param worse cases that only the old one has right
 */
export function exactMcnemar(better: number, worse: number): number {
  const changed = better + worse;
  let term = 0.5 ** changed;
  let tail = 0;
  for (let few = 0; few <= Math.min(better, worse); few++) {
    tail += term;
    term *= (changed - few) / (few + 1);
  }
  return Math.min(1, 2 * tail);
}
