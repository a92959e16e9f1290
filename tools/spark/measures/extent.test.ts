import { expect, test } from 'vitest';
import { extentOf, largest } from './extent.ts';

test('extents of more values than a call can spread', () => {
  const many = Float64Array.from({ length: 500_000 }, (_, index) => index);
  expect(extentOf(many)).toEqual({ least: 0, most: 499_999 });
  expect([largest(many), largest([], 7), extentOf([])]).toEqual([499_999, 7, null]);
});
