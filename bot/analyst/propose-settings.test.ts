import { describe, expect, it } from 'vitest';
import { settingOf } from '../../knowledge/causes/settings.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import { findingFixture } from '../investigation/joining/finding-fixture.ts';
import { proposeSettings } from './propose-settings.ts';

const MIB = 1 << 20;
const SETTINGS = { 'spark.executor.memory': '4g', 'spark.executor.memoryOverhead': '512m' };

const proposed = (root: Partial<Finding>, settings: Readonly<Record<string, string>> = SETTINGS) =>
  proposeSettings(findingFixture(root), settings).map(({ key, from, to }) => [key, from, to]);

describe('room beside the heap', () => {
  const killed = { code: 'kernel.memcg_oom', values: { limitBytes: 4608 * MIB, usedBytes: 4700 * MIB } } as const;

  it('is what was used and a quarter, less the heap, in steps of 256 MiB', () => {
    // 4700 × 1.25 − 4096 = 1779 → 1792 MiB
    expect(proposed(killed)).toEqual([['spark.executor.memoryOverhead', '512m', '1792m']]);
  });

  it('is written in whole GiB where it is whole', () => {
    const values = { limitBytes: 4608 * MIB, usedBytes: 4915 * MIB };
    expect(proposed({ ...killed, values })).toEqual([['spark.executor.memoryOverhead', '512m', '2g']]);
  });

  it('is the driver’s for the driver’s container', () => {
    const settings = { 'spark.driver.memory': '4g' };
    const byRole = { ...killed, values: { ...killed.values, role: 'driver' } };
    const byId = { ...killed, keys: { containerId: 'container_1700000000000_0042_01_000001' } };
    for (const root of [byRole, byId]) expect(proposed(root, settings)[0]?.[0]).toBe('spark.driver.memoryOverhead');
  });

  it('is not proposed where limit, heap or settings are not known, or where it had more', () => {
    expect(proposed({ ...killed, values: { usedBytes: 4700 * MIB } })).toEqual([]);
    expect(proposed(killed, {})).toEqual([]);
    expect(proposed(killed, { 'spark.executor.memory': 'lots' })).toEqual([]);
    expect(proposed({ ...killed, values: { limitBytes: 9000 * MIB } }, { 'spark.executor.memory': '8g' })).not.toEqual(
      [],
    );
    expect(proposed({ ...killed, code: 'storage.bad_disk' })).toEqual([]);
  });

  it('never goes below the least that Spark gives', () => {
    const small = { ...killed, values: { limitBytes: 100 * MIB, usedBytes: 100 * MIB } };
    const settings = { 'spark.executor.memory': '64m' };
    for (const [, , to] of proposed(small, settings))
      expect(Number.parseInt(String(to), 10)).toBeGreaterThanOrEqual(384);
  });

  it('says what it was computed from', () => {
    const [proposal] = proposeSettings(findingFixture(killed), SETTINGS);
    expect(proposal?.because.en).toContain('4700m');
    expect(proposal?.because.en).toContain('4g');
    expect(proposal?.because.zh).toContain('4700m');
    expect(proposal?.evidence.length).toBe(1);
  });
});

describe('a larger heap', () => {
  it('is half as much again, of the process that ran out', () => {
    expect(proposed({ code: 'memory.executor_heap_oom' })).toEqual([['spark.executor.memory', '4g', '6g']]);
    expect(proposed({ code: 'memory.driver_heap_oom' }, { 'spark.driver.memory': '1g' })).toEqual([
      ['spark.driver.memory', '1g', '1536m'],
    ]);
    expect(proposed({ code: 'memory.gc_overhead', keys: { executorId: 'driver' } }, { 'spark.app.name': 'x' })).toEqual(
      [['spark.driver.memory', '1g', '1536m']],
    );
  });

  it('is not proposed to a run whose settings nobody read', () => {
    expect(proposed({ code: 'memory.executor_heap_oom' }, {})).toEqual([]);
  });
});

describe('what a rule computed', () => {
  it('is proposed under the setting’s own key, other values are not', () => {
    const values = { 'spark.sql.shuffle.partitions': 800, 'spark.made.up': 3, peakBytes: 7 };
    expect(proposed({ values })).toEqual([
      ['spark.sql.shuffle.partitions', settingOf('spark.sql.shuffle.partitions')?.default ?? null, '800'],
    ]);
  });

  it('is not proposed when the run has that value already', () => {
    expect(
      proposed({ values: { 'spark.sql.shuffle.partitions': 800 } }, { 'spark.sql.shuffle.partitions': '800' }),
    ).toEqual([]);
  });

  it('is proposed once when two reasons name it', () => {
    const values = { 'spark.executor.memory': '8g' };
    expect(proposed({ code: 'memory.executor_heap_oom', values })).toEqual([['spark.executor.memory', '4g', '8g']]);
  });

  it('is no setting of an object’s prototype', () => {
    expect(proposed({ values: JSON.parse('{"__proto__": 1, "constructor": 2, "toString": "x"}') })).toEqual([]);
  });
});

describe('a setting that was changed', () => {
  const values = { setting: 'spark.sql.adaptive.enabled', settingFrom: 'true', settingTo: 'false' };

  it('is changed back', () => {
    expect(proposed({ values })).toEqual([['spark.sql.adaptive.enabled', 'false', 'true']]);
  });

  it('is not advised when it is outside the catalogue or had no value before', () => {
    expect(proposed({ values: { ...values, setting: 'spark.my.own' } })).toEqual([]);
    expect(proposed({ values: { setting: values.setting, settingTo: 'false' } })).toEqual([]);
  });
});
