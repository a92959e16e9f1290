/** Two who answered the same yes/no question of one thing. */
export interface PairOfVerdicts {
  first: boolean;
  second: boolean;
}

/** How far two agree beyond chance. */
export interface Agreement {
  of: number;
  bothYes: number;
  bothNo: number;
  /** Yes of the first, no of the second. */
  onlyFirst: number;
  onlySecond: number;
  /** Share of pairs in which they say the same. */
  observed: number;
  /** Share that their habits alone would give. */
  expected: number;
  /** 1: always the same; 0: no better than chance; below: worse. Null where both always say one and the same: nothing can be told. */
  kappa: number | null;
}

/**
 * Cohen's kappa for two raters and two categories (J. Cohen, Educational and Psychological Measurement 20, 1960): the agreement
 * that was observed, corrected for what chance alone would give.
 *
 * @returns null for no pair
 */
export function cohenKappa(pairs: readonly PairOfVerdicts[]): Agreement | null {
  const of = pairs.length;
  if (of === 0) return null;
  const count = (first: boolean, second: boolean) =>
    pairs.filter((pair) => pair.first === first && pair.second === second).length;
  const [bothYes, bothNo, onlyFirst, onlySecond] = [
    count(true, true),
    count(false, false),
    count(true, false),
    count(false, true),
  ];
  const observed = (bothYes + bothNo) / of;
  const yesOfFirst = (bothYes + onlyFirst) / of;
  const yesOfSecond = (bothYes + onlySecond) / of;
  const expected = yesOfFirst * yesOfSecond + (1 - yesOfFirst) * (1 - yesOfSecond);
  const kappa = expected === 1 ? null : (observed - expected) / (1 - expected);
  return { of, bothYes, bothNo, onlyFirst, onlySecond, observed, expected, kappa };
}
