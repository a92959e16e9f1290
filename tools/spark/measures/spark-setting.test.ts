import { expect, test } from 'vitest';
import { sparkRunFixture } from '../rules/spark-run-fixture.ts';
import {
  adaptiveEnabled,
  booleanSetting,
  countSetting,
  parseSize,
  parseTime,
  settingOf,
  sizeSetting,
  sparkAtLeast,
  timeSetting,
} from './spark-setting.ts';

test('sizes as Spark reads them; fractions and words are none', () => {
  expect(['512m', '1g', '8MB', '64 kb', '10485760', '2t', '-1'].map((text) => parseSize(text))).toEqual([
    512 * 1024 ** 2,
    1024 ** 3,
    8 * 1024 ** 2,
    65_536,
    10_485_760,
    2 * 1024 ** 4,
    -1,
  ]);
  expect(parseSize('512', 'm')).toBe(512 * 1024 ** 2);
  expect(['1.5g', 'much', '', '9'.repeat(40), '1xb'].map((text) => parseSize(text))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('durations as Spark reads them', () => {
  expect(['4s', '20', '2min', '2m', '1h', '500ms', '250us'].map((text) => parseTime(text))).toEqual([
    4_000, 20_000, 120_000, 120_000, 3_600_000, 500, 0.25,
  ]);
  expect([parseTime('20', 'ms'), parseTime('soon')]).toEqual([20, null]);
});

test('a setting that is absent or unreadable falls back', () => {
  const run = sparkRunFixture({ settings: { a: '2g', b: 'x', c: ' TRUE ', d: '7', e: '3s' } });
  expect([sizeSetting(run, 'a', 1), sizeSetting(run, 'b', 1), sizeSetting(run, 'z', 1)]).toEqual([2 * 1024 ** 3, 1, 1]);
  expect([booleanSetting(run, 'c', false), booleanSetting(run, 'b', true)]).toEqual([true, true]);
  expect([countSetting(run, 'd', 0), countSetting(run, 'a', 5), timeSetting(run, 'e', 1)]).toEqual([7, 5, 3_000]);
  expect([settingOf(run, '__proto__'), settingOf(run, 'constructor')]).toEqual([null, null]);
});

test('versions, and the default of adaptive execution that changed with 3.2', () => {
  const of = (sparkVersion: string | null, settings = {}) => sparkRunFixture({ sparkVersion, settings });
  expect(sparkAtLeast(of('3.3.0-amzn-0'), 3, 2)).toBe(true);
  expect([
    adaptiveEnabled(of('3.1.1')),
    adaptiveEnabled(of('3.2.0')),
    adaptiveEnabled(of('4.0.1')),
    adaptiveEnabled(of(null)),
  ]).toEqual([false, true, true, false]);
  expect(adaptiveEnabled(of('3.5.6', { 'spark.sql.adaptive.enabled': 'false' }))).toBe(false);
});
