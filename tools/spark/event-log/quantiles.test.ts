import { describe, expect, it } from 'vitest';
import { medianOf, quantilesOf } from './quantiles.ts';

describe('quantilesOf', () => {
  it('takes the nearest rank, without interpolation', () => {
    const values = Float64Array.from({ length: 20 }, (_, at) => 20 - at);
    expect(quantilesOf(values)).toEqual({ min: 1, p25: 5, p50: 10, p75: 15, p95: 19, max: 20, sum: 210 });
  });

  it('agrees with sorting on values of every kind of repetition', () => {
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state;
    };
    for (let round = 0; round < 300; round += 1) {
      const count = 1 + (random() % 200);
      const kinds = 1 + (random() % 50);
      const values = Float64Array.from({ length: count }, () => (random() % kinds) - 5);
      const sorted = values.toSorted();
      const at = (share: number) => sorted[Math.max(1, Math.ceil(share * count)) - 1];
      expect(quantilesOf(values.slice())).toEqual({
        min: sorted[0],
        p25: at(0.25),
        p50: at(0.5),
        p75: at(0.75),
        p95: at(0.95),
        max: sorted[count - 1],
        sum: values.reduce((sum, value) => sum + value, 0),
      });
      expect(medianOf(values)).toBe(at(0.5));
    }
  });

  it('gives null for nothing and the value itself for one', () => {
    expect(quantilesOf(new Float64Array())).toBeNull();
    expect(quantilesOf(Float64Array.of(7))).toEqual({ min: 7, p25: 7, p50: 7, p75: 7, p95: 7, max: 7, sum: 7 });
    expect(medianOf(new Float64Array())).toBe(0);
  });
});
