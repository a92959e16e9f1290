import { expect, it, test } from 'vitest';
import { bytes, count, duration, percent, plural, were } from './spoken-figures.ts';

it.each([
  [-5, '0 ms', '0 毫秒'],
  [340, '340 ms', '340 毫秒'],
  [1_000, '1 s', '1 秒'],
  [4_560, '4.6 s', '4.6 秒'],
  [9_970, '10 s', '10 秒'],
  [42_400, '42 s', '42 秒'],
  [59_600, '1 min', '1 分钟'],
  [154_577, '2 min 35 s', '2 分 35 秒'],
  [600_000, '10 min', '10 分钟'],
  [3_599_700, '1 h', '1 小时'],
  [6_720_000, '1 h 52 min', '1 小时 52 分'],
  [10_800_000, '3 h', '3 小时'],
])('%d ms are %s, %s', (ms, en, zh) => {
  expect(duration(ms)).toEqual({ en, zh });
});

it.each([
  [-1, '0 B'],
  [1023, '1023 B'],
  [9_482_721, '9.0 MiB'],
  [45_744_128, '43.6 MiB'],
  [430_080 * 1024, '420 MiB'],
  [1.43 * 2 ** 30, '1.4 GiB'],
  [1.5 * 2 ** 40, '1.5 TiB'],
  [Number.POSITIVE_INFINITY, '∞'],
])('%d bytes are %s', (size, words) => {
  expect(bytes(size)).toBe(words);
});

test('English plurals', () => {
  expect([plural(1, 'task'), plural(0, 'task'), plural(3_000, 'task')]).toEqual(['1 task', '0 tasks', '3,000 tasks']);
  expect([were(0), were(1), were(2)]).toEqual(['were', 'was', 'were']);
});

test('counts and shares', () => {
  expect([count(7), count(1_000), count(12_345_678.4), count(-3)]).toEqual(['7', '1,000', '12,345,678', '0']);
  expect([percent(0.502), percent(0.0344), percent(1)]).toEqual(['50 %', '3.4 %', '100 %']);
});
