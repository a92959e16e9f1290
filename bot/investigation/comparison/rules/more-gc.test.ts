import { describe, expect, it } from 'vitest';
import { applyRule, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { moreGc } from './more-gc.ts';

describe('comparison/more-gc', () => {
  it('fires when the collector takes what the run is slower by', () => {
    const slow = {
      stages: [scanStage({ ms: 40_000, gcMs: 30_000 }), reduceStage()],
      spark: { 'spark.executor.memory': '512m' },
    };
    const [finding] = applyRule(moreGc, slow, { spark: { 'spark.executor.memory': '512m' } });
    expect(finding).toMatchObject({ code: 'memory.gc_overhead', kind: 'observed', keys: { stageId: 0 } });
    expect(finding?.weight).toBeGreaterThan(0.9);
    expect(finding?.statement.en).toContain('spark.executor.memory = 512m');
    expect(finding?.refutes?.[0]?.code).toBe('kernel.cpu_contention');
  });

  it('does not fire where everything became slower and the collector kept its share', () => {
    const usual = { stages: [scanStage({ gcMs: 2_000 }), reduceStage()] };
    const slow = { stages: [scanStage({ ms: 60_000, gcMs: 12_000 }), reduceStage()] };
    expect(applyRule(moreGc, slow, usual)).toEqual([]);
  });

  it('is not the first thing said when rows tripled and the collector with them', () => {
    const usual = { stages: [scanStage({ gcMs: 2_000 }), reduceStage()] };
    const slow = { stages: [scanStage({ ms: 30_000, gcMs: 6_000, inputRecords: 3_000_000 }), reduceStage()] };
    expect(judge(slow, usual).codes).not.toContain('memory.gc_overhead');
  });

  it('is silent without collector times', () => {
    expect(applyRule(moreGc, { stages: [scanStage({ ms: 60_000 }), reduceStage()] })).toEqual([]);
  });
});
