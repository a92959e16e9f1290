import { randomNumbers } from './random-numbers.ts';

/** Up to this many differences every sign is tried: 65,536 sums. */
const MOST_EXACT = 16;
const DRAWS = 10_000;
/** Sums that differ by less are the same sum added in another order. */
const ROUNDING = 1e-9;

/**
 * Two versions on the same cases, each several times: the two-sided p of the sign-flip permutation test on the differences of the
 * cases' means (R. A. Fisher, The Design of Experiments, 1935, §21). Were the versions alike, each difference could as well have the
 * other sign. Exact up to 16 differences that are not zero, else drawn: then at least 1 / 10,001 (B. Phipson, G. K. Smyth, 2010).
 */
export function signFlipTest(differences: readonly number[], seed: number, draws = DRAWS): number {
  const moved = differences.filter((difference) => difference !== 0);
  if (moved.length === 0) return 1;
  const seen = Math.abs(moved.reduce((sum, difference) => sum + difference, 0)) - ROUNDING;
  if (moved.length <= MOST_EXACT) return exact(moved, seen);
  const random = randomNumbers(seed);
  let asFar = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (const difference of moved) sum += random() < 0.5 ? difference : -difference;
    if (Math.abs(sum) >= seen) asFar++;
  }
  return (asFar + 1) / (draws + 1);
}

function exact(moved: readonly number[], seen: number): number {
  const all = 2 ** moved.length;
  let asFar = 0;
  for (let signs = 0; signs < all; signs++) {
    let sum = 0;
    for (let at = 0; at < moved.length; at++) sum += (signs >> at) & 1 ? (moved[at] ?? 0) : -(moved[at] ?? 0);
    if (Math.abs(sum) >= seen) asFar++;
  }
  return asFar / all;
}
