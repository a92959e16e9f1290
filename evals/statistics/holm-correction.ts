/**
 * Several tests at once: p values raised so that together they are wrong no more often than one (S. Holm, Scandinavian Journal of
 * Statistics 6, 1979). In the order given.
 */
export function holmCorrection(ps: readonly number[]): number[] {
  const adjusted = Array<number>(ps.length).fill(1);
  let most = 0;
  for (const [rank, { p, at }] of [...ps.entries()]
    .map(([at, p]) => ({ p, at }))
    .sort((a, b) => a.p - b.p)
    .entries()) {
    most = Math.max(most, Math.min(1, p * (ps.length - rank)));
    adjusted[at] = most;
  }
  return adjusted;
}
