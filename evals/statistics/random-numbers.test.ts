import { expect, it } from 'vitest';
import { randomNumbers } from './random-numbers.ts';

it('numbers are the same for a seed, others for another, and spread evenly', () => {
  const [one, same, other] = [randomNumbers(7), randomNumbers(7), randomNumbers(8)];
  const drawn = Array.from({ length: 20_000 }, one);
  expect(drawn.slice(0, 50)).toEqual(Array.from({ length: 50 }, same));
  expect(drawn.slice(0, 50)).not.toEqual(Array.from({ length: 50 }, other));
  const tenths = drawn.reduce<number[]>((counts, number) => {
    const tenth = Math.floor(number * 10);
    counts[tenth] = (counts[tenth] ?? 0) + 1;
    return counts;
  }, []);
  expect(tenths).toHaveLength(10);
  // Chi-square with 9 degrees of freedom: 27.9 is exceeded once in a thousand.
  expect(tenths.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9);
});
