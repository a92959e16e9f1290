import { describe, expect, it } from 'vitest';
import { meanPassPower, passPower } from './pass-power.ts';

describe('pass^k', () => {
  it.each([
    [8, 8, 8, 1],
    [7, 8, 1, 7 / 8],
    [7, 8, 2, 21 / 28],
    [6, 8, 4, 15 / 70],
    [3, 4, 4, 0],
    [0, 4, 1, 0],
  ])('%d right of %d, k = %d: the pairs that are all right', (right, tries, k, power) => {
    expect(passPower({ right, tries }, k)).toBeCloseTo(power, 12);
  });

  it('is unbiased: over all outcomes of independent tries its mean is p^k', () => {
    const [n, p] = [6, 0.9];
    const choose = (few: number) =>
      Array.from({ length: few }, (_, at) => (n - at) / (at + 1)).reduce((a, b) => a * b, 1);
    for (const [k, published] of [
      [3, 0.73],
      [5, 0.59],
    ] as const) {
      const mean = Array.from({ length: n + 1 }, (_, right) => right)
        .map((right) => choose(right) * p ** right * (1 - p) ** (n - right) * (passPower({ right, tries: n }, k) ?? 0))
        .reduce((a, b) => a + b, 0);
      expect(mean).toBeCloseTo(p ** k, 12);
      expect(mean).toBeCloseTo(published, 2);
    }
  });

  it('says nothing of more tries than were made', () => {
    expect(passPower({ right: 2, tries: 2 }, 3)).toBeNull();
    expect(meanPassPower([{ right: 2, tries: 2 }], 3)).toBeNull();
    expect(
      meanPassPower(
        [
          { right: 2, tries: 2 },
          { right: 1, tries: 3 },
        ],
        3,
      ),
    ).toBe(0);
  });
});
