import { describe, expect, it } from 'vitest';
import { isSlow } from './run-history.ts';

const S = 1000;

describe('isSlow', () => {
  it('uses median and MAD from five runs on', () => {
    // wall clocks of a real nightly job, and of its run with three times the input
    const history = [41.6, 41.7, 37.5, 31.2, 31.3].map((s) => s * S);
    expect(isSlow(83.1 * S, history)).toMatchObject({ verdict: 'slow', by: 'spread', medianMs: 37_500, runs: 5 });
    expect(isSlow(50 * S, history).verdict).toBe('usual');
  });

  it('calls a run within a wide history usual, though it is slower than the fastest', () => {
    // six clean runs of one job on a busy cluster
    expect(
      isSlow(
        67.2 * S,
        [37.5, 50.2, 53.5, 79.1, 67.3].map((s) => s * S),
      ).verdict,
    ).toBe('usual');
  });

  it('is not widened by one outlier', () => {
    expect(
      isSlow(
        190 * S,
        [40, 41, 42, 43, 200].map((s) => s * S),
      ).verdict,
    ).toBe('slow');
  });

  it('takes a margin around fewer runs', () => {
    expect(isSlow(103.7 * S, [57.7 * S])).toMatchObject({ verdict: 'slow', by: 'margin' });
    expect(isSlow(70 * S, [57.7 * S]).verdict).toBe('usual');
    expect(isSlow(100 * S, [57.7 * S, 84 * S]).verdict).toBe('usual');
  });

  it('does not make seconds matter', () => {
    expect(isSlow(4 * S, [2 * S]).verdict).toBe('usual');
    expect(
      isSlow(
        104 * S,
        [100, 100, 100, 100, 100].map((s) => s * S),
      ).verdict,
    ).toBe('usual');
  });

  it('knows a fast run and an empty history', () => {
    expect(isSlow(20 * S, [60 * S]).verdict).toBe('fast');
    expect(isSlow(20 * S, []).verdict).toBe('unknown');
    expect(isSlow(20 * S, [Number.NaN, 0]).verdict).toBe('unknown');
  });
});
