import { describe, expect, it } from 'vitest';
import { applyRule, judge, ORDERS, reduceStage, scanStage, usualPlan } from '../fixtures/build-job.ts';
import { rowsMultiplied } from './rows-multiplied.ts';

const EXPLODED = { stages: [scanStage(), reduceStage({ ms: 60_000, shuffleReadRecords: 3_000_000 })] };

describe('comparison/rows-multiplied', () => {
  it('suggests a join that multiplies rows when the input is as always', () => {
    const [finding] = applyRule(rowsMultiplied, EXPLODED);
    expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'inferred', keys: { stageId: 1 } });
    expect(finding?.values).toMatchObject({ rows: 18_000_000, usualRows: 3_000_000 });
    expect(judge(EXPLODED).codes[0]).toBe('code.inefficient_plan');
  });

  it('is shown when the program changed as well', () => {
    const submit = 'org.apache.spark.deploy.SparkSubmit /srv/job.py';
    const [finding] = applyRule(
      rowsMultiplied,
      { ...EXPLODED, command: `${submit} join=left` },
      { command: `${submit} join=semi` },
    );
    expect(finding?.kind).toBe('observed');
  });

  it('does not fire when the input grew as well', () => {
    const plan = usualPlan({ orders: { rows: ORDERS.rows * 6, bytes: ORDERS.bytes * 6, files: 72 } });
    expect(applyRule(rowsMultiplied, { ...EXPLODED, plan })).toEqual([]);
  });

  it('is silent when the rows are as many as always, and when none are told', () => {
    expect(applyRule(rowsMultiplied, { stages: [scanStage(), reduceStage({ ms: 60_000 })] })).toEqual([]);
    const dark = { shuffleReadRecords: 0, shuffleReadBytes: 0 };
    expect(
      applyRule(
        rowsMultiplied,
        { stages: [scanStage(), reduceStage({ ...dark, ms: 60_000 })] },
        { stages: [scanStage(), reduceStage(dark)] },
      ),
    ).toEqual([]);
  });
});
