import { describe, expect, it } from 'vitest';
import { applyRule, judge, ORDERS, reduceStage, scanStage, usualPlan } from '../fixtures/build-job.ts';
import { readAgain } from './read-again.ts';

/** A count that reads the orders once more, with its own result stage. */
function counted(id: number) {
  return { ...scanStage({ ms: 30_000 }), id, name: `count at job.py:${id}` };
}

describe('comparison/read-again', () => {
  const usual = [scanStage(), reduceStage()];

  it('fires when stages no earlier run had read the very same rows once more', () => {
    const slow = { stages: [...usual, counted(2), counted(3)] };
    const [finding] = applyRule(readAgain, slow);
    expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'observed' });
    expect(finding?.values).toMatchObject({ newStages: 2, timesRead: 3, rowsReadAgain: 6_000_000 });
    expect(finding?.statement.en).toContain('6,000,000 rows are read and computed 3 times');
    expect(finding?.weight).toBeGreaterThan(0.8);
    expect(judge(slow).codes[0]).toBe('code.inefficient_plan');
  });

  it('does not fire for stages that read other rows, unless a scan more stands in the plan', () => {
    const other = { ...scanStage({ ms: 30_000, inputRecords: 700_000 }), id: 2, name: 'count at job.py:2' };
    expect(applyRule(readAgain, { stages: [...usual, other] })).toEqual([]);
  });

  it('does not fire when it was always so', () => {
    const always = { stages: [...usual, counted(2)] };
    const slow = { stages: [scanStage(), reduceStage({ ms: 60_000 }), counted(2)] };
    expect(applyRule(readAgain, slow, always)).toEqual([]);
  });

  it('leaves a relation that grew to its own rule', () => {
    const slow = {
      stages: [...usual, counted(2)],
      plan: usualPlan({ orders: { ...ORDERS, rows: 18_000_000, bytes: 1_800_000_000 } }),
    };
    expect(applyRule(readAgain, slow)).toEqual([]);
  });

  it('only suggests it when executors went before: what they kept is read again', () => {
    const gone = {
      id: '1',
      host: 'h1',
      cores: 2,
      addedAt: 1_002_000,
      removedAt: 1_020_000,
      removalKind: 'lost' as const,
    };
    const rest = ['2', '3'].map((id) => ({ id, host: `h${id}`, cores: 2, addedAt: 1_002_000 }));
    const slow = { stages: [...usual, counted(2)], startedAt: 1_000_000, executors: [gone, ...rest] };
    const [finding] = applyRule(readAgain, slow);
    expect(finding?.kind).toBe('inferred');
  });

  it('is silent without rows', () => {
    const dark = (id: number) => ({ ...scanStage({ inputRecords: 0, inputBytes: 0, ms: 30_000 }), id });
    expect(
      applyRule(readAgain, { stages: [dark(0), reduceStage(), dark(2)] }, { stages: [dark(0), reduceStage()] }),
    ).toEqual([]);
  });
});
