import { describe, expect, it } from 'vitest';
import { clusteredMean, clusteredShare } from './clustered-share.ts';
import { wilsonInterval } from './wilson-interval.ts';

describe('a share of trials that come by incident', () => {
  it('counts trials, and draws incidents', () => {
    const clusters = Array.from({ length: 100 }, (_, at) => [at < 80, at < 80, at < 80]);
    const share = clusteredShare(clusters, 1);
    expect([share?.hits, share?.of, share?.value]).toEqual([240, 300, 0.8]);
    // As of a hundred trials, not of three hundred, which would be 75.1 to 84.1.
    expect(share?.interval.low).toBeCloseTo(0.722, 1.7);
    expect(share?.interval.high).toBeCloseTo(0.878, 1.7);
  });

  it('is never sure of itself because all are right', () => {
    const all = Array.from({ length: 20 }, () => [true, true, true, true]);
    expect(clusteredShare(all, 1)?.interval).toEqual(wilsonInterval(20, 20));
  });

  it('of few incidents is as wide as of so many trials', () => {
    expect(clusteredShare([[true, true, false, true], [true]], 1)?.interval).toEqual(wilsonInterval(1.6, 2));
  });

  it('of values between is drawn likewise, and sure of nothing that never moved', () => {
    expect(clusteredMean([[0.5], [1, 0]], 1)).toEqual({ value: 0.5, interval: wilsonInterval(1, 2) });
    const halves = clusteredMean(
      Array.from({ length: 30 }, (_, at) => [at % 2 ? 0.4 : 0.6]),
      1,
    );
    expect(halves?.interval.low).toBeGreaterThan(0.44);
    expect(clusteredMean([[]], 1)).toBeNull();
  });

  it('of nothing is none', () => {
    expect(clusteredShare([[], []], 1)).toBeNull();
  });
});
