import { describe, expect, it } from 'vitest';
import { applyRule, judge, node, reduceStage, scanStage, usualPlan } from '../fixtures/build-job.ts';
import { configChanged } from './config-changed.ts';

const SPILLING = [
  scanStage(),
  reduceStage({ ms: 40_000, diskSpilledBytes: 900_000_000, memorySpilledBytes: 4_000_000_000 }),
];

describe('comparison/config-changed', () => {
  it('names a smaller heap behind new spill, both values from the records of both runs', () => {
    const [finding] = applyRule(
      configChanged,
      { stages: SPILLING, spark: { 'spark.executor.memory': '512m' } },
      { spark: { 'spark.executor.memory': '2g' } },
    );
    expect(finding).toMatchObject({ code: 'config.changed', kind: 'observed' });
    expect(finding?.values).toMatchObject({ setting: 'spark.executor.memory', settingFrom: '2g', settingTo: '512m' });
    expect(finding?.evidence.map(({ excerpt }) => excerpt)).toEqual([
      '"spark.executor.memory":"512m"',
      '"spark.executor.memory":"2g"',
    ]);
    expect(finding?.weight).toBeGreaterThan(0.9);
  });

  it('goes before the spill it makes', () => {
    const { codes } = judge(
      { stages: SPILLING, spark: { 'spark.executor.memory': '512m' } },
      { spark: { 'spark.executor.memory': '2g' } },
    );
    expect(codes.slice(0, 2)).toEqual(['config.changed', 'memory.spill']);
  });

  it('does not blame a setting that went the other way', () => {
    expect(
      applyRule(
        configChanged,
        { stages: SPILLING, spark: { 'spark.executor.memory': '4g' } },
        { spark: { 'spark.executor.memory': '2g' } },
      ),
    ).toEqual([]);
  });

  it('does not blame a setting whose own effect does not show', () => {
    const slower = [scanStage(), reduceStage({ ms: 40_000 })];
    // no spill, no collection, nothing done again: the heap has no hand in it
    expect(
      applyRule(
        configChanged,
        { stages: slower, spark: { 'spark.executor.memory': '1g' } },
        { spark: { 'spark.executor.memory': '2g' } },
      ),
    ).toEqual([]);
    // as many tasks as before
    expect(applyRule(configChanged, { stages: slower, spark: { 'spark.sql.shuffle.partitions': '400' } })).toEqual([]);
  });

  it('does not blame a setting for what happens on one host only', () => {
    const oneHost = scanStage();
    const stage = {
      ...oneHost,
      tasks: oneHost.tasks.map((task, i) => ({
        ...task,
        onHost: `h${(i % 3) + 1}`,
        ...(i % 3 === 0 ? { ms: 90_000, shuffleWriteMs: 80_000 } : {}),
      })),
    };
    const usual = { ...oneHost, tasks: oneHost.tasks.map((task, i) => ({ ...task, onHost: `h${(i % 3) + 1}` })) };
    const slow = { stages: [stage, reduceStage()], spark: { 'spark.shuffle.file.buffer': '16k' } };
    const { codes } = judge(slow, { stages: [usual, reduceStage()], spark: { 'spark.shuffle.file.buffer': '1m' } });
    expect(codes[0]).toBe('storage.slow_disk');
    expect(codes).not.toContain('config.changed');
  });

  it('names fewer executors, a codec, a wait for locality, a committer, a smaller driver', () => {
    const cases: [string, string, string, Parameters<typeof judge>[0]][] = [
      ['spark.executor.instances', '3', '1', { hosts: ['h1'] }],
      [
        'spark.io.compression.codec',
        'lz4',
        'none',
        {
          stages: [
            scanStage({ ms: 30_000, shuffleWriteMs: 20_000, shuffleWriteBytes: 300_000_000 }),
            reduceStage({ shuffleReadBytes: 300_000_000 }),
          ],
        },
      ],
      ['spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version', '2', '1', { commitMs: 60_000 }],
      ['spark.driver.memory', '4g', '1g', { driverMs: 60_000 }],
    ];
    for (const [key, before, after, slow] of cases) {
      const { codes, findings } = judge({ ...slow, spark: { [key]: after } }, { spark: { [key]: before } });
      expect(codes[0], key).toBe('config.changed');
      expect(findings[0]?.values.setting, key).toBe(key);
    }
  });

  it('names adaptive execution switched off when the tasks multiplied', () => {
    const many = [
      scanStage(),
      reduceStage(
        {
          ms: 300,
          shuffleReadRecords: 2_000,
          shuffleReadBytes: 200_000,
          outputRecords: 400,
          runMs: 60,
          deserialiseMs: 200,
        },
        1500,
      ),
    ];
    const { codes, findings } = judge({ stages: many, spark: { 'spark.sql.adaptive.enabled': 'false' } });
    expect(codes[0]).toBe('config.changed');
    expect(findings[0]?.statement.zh).toContain('默认 (true) → false');
  });

  it('names a lost broadcast by its threshold before the plan', () => {
    const shuffled = usualPlan({ inner: [node('SortMergeJoin'), node('Sort')] });
    const broadcast = usualPlan({ inner: [node('BroadcastHashJoin')] });
    const slow = {
      plan: shuffled,
      stages: [scanStage({ ms: 30_000, shuffleWriteMs: 20_000, shuffleWriteBytes: 900_000_000 }), reduceStage()],
    };
    const { codes } = judge({ ...slow, spark: { 'spark.sql.autoBroadcastJoinThreshold': '-1' } }, { plan: broadcast });
    expect(codes.slice(0, 2)).toEqual(['config.changed', 'code.inefficient_plan']);
  });

  it('names a smaller heap behind a cache that is gone', () => {
    const again = { stages: [scanStage(), { ...scanStage({ ms: 40_000 }), id: 7 }, reduceStage()] };
    const cached = {
      stages: [scanStage(), { ...scanStage({ inputRecords: 1, inputBytes: 100 }), id: 7 }, reduceStage()],
    };
    const { codes } = judge(
      { ...again, spark: { 'spark.executor.memory': '1g' } },
      { ...cached, spark: { 'spark.executor.memory': '8g' } },
    );
    expect(codes[0]).toBe('config.changed');
  });

  it('is silent without a change, and in a run that is not slow', () => {
    expect(applyRule(configChanged, { stages: SPILLING })).toEqual([]);
    expect(
      applyRule(
        configChanged,
        { spark: { 'spark.executor.memory': '512m' } },
        { spark: { 'spark.executor.memory': '2g' } },
      ),
    ).toEqual([]);
  });
});
