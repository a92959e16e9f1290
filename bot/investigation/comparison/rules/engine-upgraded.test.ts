import { describe, expect, it } from 'vitest';
import { applyRule, judge, ORDERS, reduceStage, scanStage, usualPlan } from '../fixtures/build-job.ts';
import { engineUpgraded } from './engine-upgraded.ts';

const SLOWER = [scanStage({ ms: 30_000, cpuMs: 28_000 }), reduceStage()];

describe('comparison/engine-upgraded', () => {
  it('suggests the new version when nothing else changed', () => {
    const [finding] = applyRule(engineUpgraded, { stages: SLOWER, version: '4.0.1' });
    expect(finding).toMatchObject({ code: 'code.engine_upgrade', kind: 'inferred' });
    expect(finding?.values).toMatchObject({ version: '4.0.1', usualVersion: '3.5.6' });
    expect(applyRule(engineUpgraded, { stages: SLOWER, javaVersion: '21.0.2' })).toHaveLength(1);
  });

  it('does not when input, setting or program explain it', () => {
    const grew = {
      stages: [scanStage({ ms: 30_000, inputRecords: 3_000_000 }), reduceStage()],
      plan: usualPlan({ orders: { rows: ORDERS.rows * 3, bytes: ORDERS.bytes * 3, files: 36 } }),
      version: '4.0.1',
    };
    expect(judge(grew).codes[0]).toBe('data.input_grew');
    expect(applyRule(engineUpgraded, grew)).toEqual([]);
    expect(
      applyRule(engineUpgraded, {
        stages: SLOWER,
        version: '4.0.1',
        spark: { 'spark.executor.extraJavaOptions': '-Xint' },
      }),
    ).toEqual([]);
  });

  it('does not for waiting, skew or work done again', () => {
    expect(applyRule(engineUpgraded, { executorAt: 90_000, version: '4.0.1' })).toEqual([]);
  });

  it('does not for a patch release, nor where the history had the version', () => {
    expect(applyRule(engineUpgraded, { stages: SLOWER, version: '3.5.7' })).toEqual([]);
    expect(applyRule(engineUpgraded, { stages: SLOWER, version: '4.0.1' }, { version: '4.0.1' })).toEqual([]);
    expect(applyRule(engineUpgraded, { stages: SLOWER })).toEqual([]);
  });
});
