import { expect, test } from 'vitest';
import { median, quantile } from './quantile.ts';

test('nearest rank, as the stage facts have it', () => {
  expect([
    median([3, 1, 2]),
    median([4, 1, 2, 3]),
    quantile([1, 2, 3, 4], 0.75),
    quantile([9], 0.95),
    median([]),
  ]).toEqual([2, 2, 3, 9, 0]);
});
