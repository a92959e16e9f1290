import { expect, test } from 'vitest';
import { settingSize } from './setting-size.ts';

test('settings are rounded up to what holds the size', () => {
  expect([settingSize(1), settingSize(768 * 1024 ** 2), settingSize(1024 ** 3), settingSize(1024 ** 3 + 1)]).toEqual([
    '1m',
    '768m',
    '1g',
    '1025m',
  ]);
});
