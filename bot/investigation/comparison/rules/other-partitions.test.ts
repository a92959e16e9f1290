import { describe, expect, it } from 'vitest';
import { applyRule, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { otherPartitions } from './other-partitions.ts';

const TINY = { ms: 400, shuffleReadRecords: 2_000, shuffleReadBytes: 200_000, outputRecords: 400, runMs: 80 };

describe('comparison/other-partitions', () => {
  it('fires for the same rows in hundreds of times more tasks', () => {
    const [finding] = applyRule(otherPartitions, { stages: [scanStage(), reduceStage(TINY, 1500)] });
    expect(finding).toMatchObject({ code: 'skew.partition_sizing', kind: 'observed', keys: { stageId: 1 } });
    expect(finding?.values).toMatchObject({ tasks: 1500, usualTasks: 6 });
  });

  it('fires for one task where there were six (coalesce to one)', () => {
    const one = reduceStage(
      { ms: 60_000, shuffleReadRecords: 3_000_000, shuffleReadBytes: 300_000_000, outputRecords: 600_000 },
      1,
    );
    const { codes } = judge({ stages: [scanStage(), one] });
    expect(codes[0]).toBe('skew.partition_sizing');
  });

  it('does not fire for a scan planned before the executors had come', () => {
    const few = { stages: [scanStage({ ms: 60_000, inputRecords: 6_000_000 }, 1), reduceStage()], hosts: ['h1'] };
    expect(applyRule(otherPartitions, few)).toEqual([]);
  });

  it('fires for a scan in one task though all executors were there (coalesce to one)', () => {
    const one = scanStage({ ms: 60_000, inputRecords: 6_000_000, inputBytes: 600_000_000 }, 1);
    expect(judge({ stages: [one, reduceStage()] }).codes[0]).toBe('skew.partition_sizing');
  });

  it('does not fire when the tasks grew with the rows', () => {
    const grown = reduceStage({}, 36);
    expect(applyRule(otherPartitions, { stages: [scanStage(), grown] })).toEqual([]);
  });

  it('is silent for the same number of tasks', () => {
    expect(applyRule(otherPartitions, { stages: [scanStage(), reduceStage({ ms: 60_000 })] })).toEqual([]);
  });
});
