import { describe, expect, it } from 'vitest';
import { applyRule, judge, ORDERS, reduceStage, scanStage, usualPlan } from '../fixtures/build-job.ts';
import { inputGrew } from './input-grew.ts';

const TRIPLE = {
  stages: [
    scanStage({ ms: 30_000, inputRecords: 3_000_000, inputBytes: 300_000_000 }),
    reduceStage({ ms: 30_000, shuffleReadRecords: 1_500_000 }),
  ],
  plan: usualPlan({ orders: { rows: 18_000_000, bytes: 1_800_000_000, files: 36 }, day: '2026-11-20' }),
};

describe('comparison/input-grew', () => {
  it('fires when rows and time grew alike', () => {
    const [finding] = applyRule(inputGrew, TRIPLE);
    expect(finding).toMatchObject({ code: 'data.input_grew', kind: 'observed' });
    expect(finding?.values).toMatchObject({ from: 6_000_000, to: 18_000_000, ratio: 3 });
    expect(finding?.weight).toBeGreaterThan(0.9);
    expect(finding?.statement.en).toContain('ods/orders rows 6,000,000 → 18,000,000');
    expect(finding?.refutes?.[0]?.code).toBe('kernel.cpu_contention');
  });

  it('goes first against several usual runs', () => {
    expect(judge(TRIPLE, {}, {}, {}, {}, {}).codes[0]).toBe('data.input_grew');
  });

  it('does not fire when the input grew a little and the time a lot', () => {
    const little = {
      stages: [scanStage({ ms: 30_000, inputRecords: 1_030_000 }), reduceStage({ ms: 30_000 })],
      plan: usualPlan({ orders: { ...ORDERS, rows: 6_180_000 } }),
    };
    expect(applyRule(inputGrew, little)).toEqual([]);
  });

  it('does not take the same relation read more often for a greater one', () => {
    const twice = {
      stages: [scanStage(), { ...scanStage({ ms: 30_000 }), id: 5 }, reduceStage()],
      // the scan's rows doubled while its files and bytes are what they were: it was computed again
      plan: usualPlan({ orders: { ...ORDERS, rows: 12_000_000 } }),
    };
    expect(applyRule(inputGrew, twice)).toEqual([]);
  });

  it('only suggests it where the time for a row rose as well', () => {
    const sorts = {
      stages: [scanStage(), reduceStage({ ms: 90_000, shuffleReadRecords: 650_000, diskSpilledBytes: 300_000_000 })],
      plan: usualPlan({ orders: { rows: 7_800_000, bytes: 780_000_000, files: 16 } }),
    };
    const { findings } = judge(sorts);
    const grew = findings.find(({ code }) => code === 'data.input_grew');
    expect(grew === undefined || grew.kind === 'inferred').toBe(true);
    expect(findings[0]?.code).toBe('memory.spill');
  });

  it('uses the records of the stages where no plan tells', () => {
    const [finding] = applyRule(inputGrew, { ...TRIPLE, plan: null }, { plan: null });
    expect(finding?.values).toMatchObject({ input: 'input rows', ratio: 3 });
  });

  it('is silent where no input is told', () => {
    const dark = { inputRecords: 0, inputBytes: 0 };
    expect(
      applyRule(
        inputGrew,
        { plan: null, stages: [scanStage({ ...dark, ms: 40_000 })] },
        { plan: null, stages: [scanStage(dark)] },
      ),
    ).toEqual([]);
  });
});
