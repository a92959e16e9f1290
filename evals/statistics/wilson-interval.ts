import type { Interval } from './interval.ts';

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The score interval of a share (E. B. Wilson, 1927): holds for few trials and for shares near 0 and 1, where the usual one does not
 * (R. G. Newcombe, Statistics in Medicine 17, 1998, method 3).
 *
 * @param hits need not be whole: a mean of shares over `of` independent cases is told likewise
 * @returns null for nothing
 */
export function wilsonInterval(hits: number, of: number): Interval | null {
  if (of <= 0) return null;
  const share = hits / of;
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  const middle = share + (Z * Z) / (2 * of);
  const scale = 1 + (Z * Z) / of;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
