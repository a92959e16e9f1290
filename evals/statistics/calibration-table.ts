import type { Forecast } from './brier-score.ts';
import type { Share } from './interval.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** Answers that said they were equally sure, and how many of them were right. */
export interface CalibrationRow {
  confidence: number;
  right: Share;
}

/** One row for each confidence that was said, surest first. Answers come with few confidences: nothing is put into bins. */
export function calibrationTable(forecasts: readonly Forecast[]): CalibrationRow[] {
  const said = [...new Set(forecasts.map(({ confidence }) => confidence))].sort((a, b) => b - a);
  return said.map((confidence) => {
    const same = forecasts.filter((forecast) => forecast.confidence === confidence);
    const [hits, of] = [same.filter(({ right }) => right).length, same.length];
    return {
      confidence,
      right: { hits, of, value: hits / of, interval: wilsonInterval(hits, of) ?? { low: 0, high: 1 } },
    };
  });
}

/**
 * How far confidence is from the share of right answers, on average over answers: the expected calibration error (M. P. Naeini and
 * others, AAAI 2015). Null for nothing.
 */
export function calibrationError(rows: readonly CalibrationRow[]): number | null {
  const all = rows.reduce((sum, { right }) => sum + right.of, 0);
  if (all === 0) return null;
  return rows.reduce((sum, { confidence, right }) => sum + (right.of / all) * Math.abs(confidence - right.value), 0);
}
