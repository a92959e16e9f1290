/** How sure an answer said it was, and whether it was right. */
export interface Forecast {
  /** From 0 to 1. */
  confidence: number;
  right: boolean;
}

/**
 * The mean square of how far confidence was from the truth (G. W. Brier, Monthly Weather Review 78, 1950, in the form for one event):
 * 0 is perfect, 0.25 what always saying one half gets, 1 sure and always wrong.
 *
 * @returns null for nothing
 */
export function brierScore(forecasts: readonly Forecast[]): number | null {
  if (forecasts.length === 0) return null;
  const sum = forecasts.reduce((sum, { confidence, right }) => sum + (confidence - Number(right)) ** 2, 0);
  return sum / forecasts.length;
}
