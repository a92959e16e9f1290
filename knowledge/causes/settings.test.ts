import { describe, expect, it } from 'vitest';
import { SETTINGS } from './settings.ts';

const VERSION = /^\d+(?:\.\d+){0,3}$/;

describe('the settings', () => {
  it('hold each key once', () => {
    const keys = SETTINGS.map((setting) => setting.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(150);
  });

  it.each(SETTINGS)('$key is complete', (setting) => {
    expect(setting.meaning.en).toMatch(/[A-Za-z]{2}/);
    expect(setting.meaning.zh).toMatch(/\p{Script=Han}/u);
    expect(setting.meaning.zh).not.toMatch(/\p{Script=Han}[,;()]|[,;()]\p{Script=Han}/u);
    const figures = (text: string) => (text.match(/-?\d+(?:\.\d+)*/g) ?? []).sort();
    expect(figures(setting.meaning.zh)).toEqual(figures(setting.meaning.en));
    if (setting.since !== undefined) expect(setting.since).toMatch(VERSION);
    if (setting.until !== undefined) expect(setting.until).toMatch(VERSION);
  });

  it.each(SETTINGS.filter((setting) => setting.min !== undefined || setting.max !== undefined))(
    '$key has a range that makes sense',
    (setting) => {
      expect(Number.isFinite(setting.min ?? 0)).toBe(true);
      expect(setting.max ?? Number.MAX_VALUE).toBeGreaterThan(setting.min ?? 0);
      expect(setting.unit).not.toBe('text');
      expect(setting.unit).not.toBe('boolean');
    },
  );

  it('gives a number that stands as the default a place inside its range', () => {
    const plain = SETTINGS.filter(
      ({ unit, default: value }) => /^(count|ratio)$/.test(unit) && /^-?[\d.]+f?$/.test(value ?? ''),
    );
    expect(plain.length).toBeGreaterThan(20);
    for (const { key, default: value, min, max } of plain) {
      const number = Number.parseFloat(value ?? '');
      expect(number, key).toBeGreaterThanOrEqual(min ?? Number.NEGATIVE_INFINITY);
      expect(number, key).toBeLessThanOrEqual(max ?? Number.POSITIVE_INFINITY);
    }
  });

  it('lists the words of every switch, the default among them', () => {
    for (const { key, unit, default: value, values } of SETTINGS) {
      if (unit === 'boolean') expect(values, key).toHaveLength(2);
      if (values !== undefined && value !== undefined) expect(values, key).toContain(value);
    }
  });

  it('gives sizes in bytes and durations in milliseconds', () => {
    const of = (key: string) => SETTINGS.find((setting) => setting.key === key);
    expect(of('spark.driver.memory')?.min).toBe(512 * 1024 * 1024);
    expect(of('spark.network.timeout')?.max).toBe(3_600_000);
    expect(of('dfs.namenode.delegation.token.max-lifetime')?.max).toBe(365 * 86_400_000);
  });
});
