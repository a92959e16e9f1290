import { describe, expect, it } from 'vitest';
import { parseQuantity } from './parse-quantity.ts';

describe('parseQuantity', () => {
  it.each([
    ['512Mi', 512 * 2 ** 20],
    ['4G', 4e9],
    ['1500m', 1.5],
    ['1e9', 1e9],
    ['2', 2],
    [3, 3],
    ['128974848', 128974848],
  ])('%s', (given, value) => {
    expect(parseQuantity(given)).toBeCloseTo(value as number);
  });

  it('is null for what is no quantity', () => {
    for (const bad of ['', '4 Gi', 'Gi', '-1', '1e999', 'NaN', null, {}, Number.NaN, -3])
      expect(parseQuantity(bad)).toBeNull();
  });
});
