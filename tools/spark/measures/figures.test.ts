import { expect, test } from 'vitest';
import { bytes, count, duration, percent, plural, settingSize } from './figures.ts';

test('durations in the unit a person would use, never negative', () => {
  expect(duration(340)).toEqual({ en: '340 ms', zh: '340 毫秒' });
  expect(duration(154_577)).toEqual({ en: '154.6 s', zh: '154.6 秒' });
  expect(duration(3_480_000)).toEqual({ en: '58.0 min', zh: '58.0 分钟' });
  expect(duration(10_800_000)).toEqual({ en: '3.0 h', zh: '3.0 小时' });
  expect(duration(-5).en).toBe('0 ms');
});

test('English plurals', () => {
  expect([plural(1, 'task'), plural(0, 'task'), plural(3_000, 'task')]).toEqual(['1 task', '0 tasks', '3,000 tasks']);
});

test('sizes, counts and shares', () => {
  expect([bytes(0), bytes(1_023), bytes(9_482_721), bytes(1024 ** 4 * 1.5)]).toEqual([
    '0 B',
    '1023 B',
    '9.0 MiB',
    '1.5 TiB',
  ]);
  expect([count(7), count(1_000), count(12_345_678.4), count(-3)]).toEqual(['7', '1,000', '12,345,678', '0']);
  expect([percent(0.502), percent(0.0344), percent(1)]).toEqual(['50 %', '3.4 %', '100 %']);
});

test('settings are rounded up to what holds the size', () => {
  expect([settingSize(1), settingSize(768 * 1024 ** 2), settingSize(1024 ** 3), settingSize(1024 ** 3 + 1)]).toEqual([
    '1m',
    '768m',
    '1g',
    '1025m',
  ]);
});
