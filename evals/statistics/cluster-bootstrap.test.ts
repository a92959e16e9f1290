import { describe, expect, it } from 'vitest';
import { clusterBootstrap } from './cluster-bootstrap.ts';

const singles = Array.from({ length: 100 }, (_, at) => [at < 80 ? 1 : 0]);
const width = (interval: { low: number; high: number } | null) => (interval?.high ?? 0) - (interval?.low ?? 0);

describe('a bootstrap by incident', () => {
  it('of single trials is near the normal one: 80 of 100 is 72.2 to 87.8', () => {
    const interval = clusterBootstrap(singles, 1);
    expect(interval?.low).toBeCloseTo(0.722, 1.7);
    expect(interval?.high).toBeCloseTo(0.878, 1.7);
  });

  it('is not narrower because each question is put four times and answered alike (design effect = 4)', () => {
    const repeated = singles.map(([value = 0]) => [value, value, value, value]);
    expect(width(clusterBootstrap(repeated, 1))).toBeCloseTo(width(clusterBootstrap(singles, 1)), 10);
    const asIfIndependent = clusterBootstrap(
      repeated.flat().map((value) => [value]),
      1,
    );
    expect(width(clusterBootstrap(repeated, 1)) / width(asIfIndependent)).toBeCloseTo(2, 0);
  });

  it('is the same for a seed, and hardly another for another', () => {
    expect(clusterBootstrap(singles, 3)).toEqual(clusterBootstrap(singles, 3));
    expect(clusterBootstrap(singles, 3)?.low).toBeCloseTo(clusterBootstrap(singles, 4)?.low ?? 0, 1.7);
  });

  it('weighs an incident by its questions', () => {
    const interval = clusterBootstrap([[1, 1, 1, 1, 1, 1, 1, 1, 1], [0]], 1);
    expect(interval).toEqual({ low: 0, high: 1 });
    expect(clusterBootstrap([[0.9], [0.9], []], 1)).toEqual({ low: 0.9, high: 0.9 });
  });

  it('of nothing is none', () => {
    expect(clusterBootstrap([[], []], 1)).toBeNull();
  });
});
