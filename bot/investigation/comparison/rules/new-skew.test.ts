import { describe, expect, it } from 'vitest';
import { applyRule, type JobStage, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { newSkew } from './new-skew.ts';

/** The stage with all its rows, of which one task holds `times` a share. */
function skewed(
  stage: JobStage,
  times: number,
  rows: 'shuffleReadRecords' | 'shuffleReadBytes' | 'inputRecords',
): JobStage {
  return {
    ...stage,
    tasks: stage.tasks.map((task, i) => ({
      ...task,
      ms: i === 0 ? task.ms * times : task.ms,
      [rows]: (task[rows] ?? 0) * (i === 0 ? times : 1),
    })),
  };
}

describe('comparison/new-skew', () => {
  it('fires when one task came to hold most rows behind a shuffle', () => {
    const [finding] = applyRule(newSkew, { stages: [scanStage(), skewed(reduceStage(), 12, 'shuffleReadRecords')] });
    expect(finding).toMatchObject({ code: 'skew.join_key', kind: 'observed', keys: { stageId: 1 } });
    expect(finding?.values).toMatchObject({ maxRows: 6_000_000, medianRows: 500_000, usualMaxRows: 500_000 });
    expect(finding?.weight).toBeGreaterThan(0.8);
  });

  it('tells when the stage ran, not when the run began', () => {
    const slow = { stages: [scanStage(), skewed(reduceStage(), 12, 'shuffleReadRecords')] };
    const { findings, runs } = judge(slow);
    const stage = runs.slow.run.stages.find(({ stageId }) => stageId === 1);
    const finding = findings.find(({ code }) => code === 'skew.join_key');
    expect(stage?.submittedAt).toBeGreaterThan(runs.slow.run.application.startedAt ?? 0);
    expect([finding?.at, finding?.until]).toEqual([stage?.submittedAt, stage?.completedAt]);
  });

  it('is about the partition where one file of the input is the big one', () => {
    const [finding] = applyRule(newSkew, { stages: [skewed(scanStage(), 12, 'inputRecords'), reduceStage()] });
    expect(finding?.code).toBe('skew.partition_sizing');
  });

  it('fires by bytes when one task holds as many rows, of which one is huge', () => {
    const [finding] = applyRule(newSkew, { stages: [scanStage(), skewed(reduceStage(), 12, 'shuffleReadBytes')] });
    expect(finding).toMatchObject({ code: 'skew.join_key', kind: 'observed' });
    expect(finding?.values.skewRatio).toBeCloseTo(12, 5);
    expect(finding?.values).toHaveProperty('maxBytes');
    expect(finding?.values).not.toHaveProperty('maxRows');
  });

  it('does not fire for a long task with as many rows as the others', () => {
    const slowOne = {
      ...reduceStage(),
      tasks: reduceStage().tasks.map((task, i) => ({ ...task, ms: i === 0 ? 120_000 : task.ms })),
    };
    expect(applyRule(newSkew, { stages: [scanStage(), slowOne] })).toEqual([]);
  });

  it('does not fire for skew that was always there', () => {
    const always = [scanStage(), skewed(reduceStage(), 6, 'shuffleReadRecords')];
    const slower = [scanStage(), skewed(reduceStage({ ms: 20_000 }), 6, 'shuffleReadRecords')];
    expect(applyRule(newSkew, { stages: slower }, { stages: always })).toEqual([]);
    expect(judge({ stages: slower }, { stages: always }).codes[0]).not.toBe('skew.join_key');
  });

  it('is silent without rows', () => {
    const dark = { shuffleReadRecords: 0, shuffleReadBytes: 0, outputRecords: 0, outputBytes: 0 };
    const stage = reduceStage(dark);
    const slow = { ...stage, tasks: stage.tasks.map((task, i) => ({ ...task, ms: i === 0 ? 90_000 : task.ms })) };
    expect(applyRule(newSkew, { plan: null, stages: [slow] }, { plan: null, stages: [stage] })).toEqual([]);
  });
});
