/**
 * The upper 95 % bound of a rate of which no failure was seen in `trials` independent ones: 1 − 0.05^(1/n); about 3/n (the “rule of
 * three”). Never seen is not never.
 *
 * @returns null for nothing
 */
export function zeroFailuresBound(trials: number): number | null {
  return trials <= 0 ? null : 1 - 0.05 ** (1 / trials);
}
