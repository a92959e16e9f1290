import { describe, expect, it } from 'vitest';
import { comparedRuns, compareRuns } from './compare-runs.ts';
import { buildJob, type JobSpec, ORDERS, reduceStage, scanStage, usualPlan } from './fixtures/build-job.ts';
import { inputAsUsual } from './input-as-usual.ts';

function asUsual(slow: JobSpec, usual: JobSpec = {}) {
  const [now, before] = [buildJob({ ...slow, startedAt: 9_000_000 }), buildJob(usual)];
  return inputAsUsual(compareRuns(now.run, now.ledger, [before]), comparedRuns(now.run, now.ledger, [before]));
}

describe('input as usual', () => {
  it('answers with both figures when the run read what it always reads', () => {
    const answer = asUsual({ driverMs: 90_000 });
    expect(answer?.values).toEqual({ inputRows: 6_000_000, usualInputRows: 6_000_000 });
    expect(answer?.refutes[0]).toMatchObject({ code: 'data.input_grew' });
    expect(answer?.refutes[0]?.why.en).toBe('It read 6,000,000 rows, usually 6,000,000');
  });

  it('says nothing when a relation grew', () => {
    const grown = { ...ORDERS, rows: 12_000_000, bytes: 1_200_000_000 };
    const stages = [scanStage({ inputRecords: 2_000_000, ms: 20_000 }), reduceStage()];
    expect(asUsual({ stages, plan: usualPlan({ orders: grown }) })).toBeNull();
  });

  it('says nothing when the same relation was read again and again', () => {
    const stages = [scanStage(), reduceStage(), { ...scanStage(), id: 2 }];
    expect(asUsual({ stages })).toBeNull();
  });

  it('says nothing when the log tells no rows', () => {
    const dark = [scanStage({ inputRecords: 0, inputBytes: 0 }), reduceStage()];
    expect(asUsual({ stages: dark, driverMs: 90_000, plan: null }, { stages: dark, plan: null })).toBeNull();
  });
});
