import { expect, it } from 'vitest';
import { calibrationError, calibrationTable } from './calibration-table.ts';

const said = (confidence: number, rights: readonly boolean[]) => rights.map((right) => ({ confidence, right }));

it('answers are put together by how sure they said they were', () => {
  const rows = calibrationTable([...said(0.7, [true, false]), ...said(0.95, [true, true, true, false])]);
  expect(rows.map(({ confidence, right }) => [confidence, right.hits, right.of])).toEqual([
    [0.95, 3, 4],
    [0.7, 1, 2],
  ]);
  expect(rows[0]?.right.interval.low).toBeLessThan(0.75);
  // (4 × |0.95 − 0.75| + 2 × |0.7 − 0.5|) / 6
  expect(calibrationError(rows)).toBeCloseTo(0.2, 12);
});

it('who is right as often as said has no error, and of nothing there is none', () => {
  expect(calibrationError(calibrationTable(said(0.5, [true, false])))).toBe(0);
  expect([calibrationTable([]), calibrationError([])]).toEqual([[], null]);
});
