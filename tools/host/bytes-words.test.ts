import { expect, it } from 'vitest';
import { bytesWords } from './bytes-words.ts';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [430080 * 1024, '420 MiB'],
  [1.43 * 2 ** 30, '1.4 GiB'],
  [45_744_128, '43.6 MiB'],
  [Number.POSITIVE_INFINITY, '∞'],
])('%d bytes are %s', (bytes, words) => {
  expect(bytesWords(bytes)).toBe(words);
});
