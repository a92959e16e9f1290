/** How one case went: right in `right` of `tries`. */
export interface Tries {
  right: number;
  tries: number;
}

/**
 * pass^k: how likely k tries of one case are all right; the unbiased estimate C(c, k) / C(n, k) from n tries with c right (τ-bench,
 * arXiv 2406.12045, §4). A bot that several people ask the same needs this, not the best of k.
 *
 * @returns null when fewer than k tries were made
 */
export function passPower({ right, tries }: Tries, k: number): number | null {
  if (tries < k) return null;
  let power = 1;
  for (let at = 0; at < k; at++) power *= Math.max(0, right - at) / (tries - at);
  return power;
}

/** The mean of pass^k over the cases with at least k tries; null where there is none. */
export function meanPassPower(cases: readonly Tries[], k: number): number | null {
  const powers = cases.flatMap((tried) => passPower(tried, k) ?? []);
  return powers.length === 0 ? null : powers.reduce((sum, power) => sum + power, 0) / powers.length;
}
