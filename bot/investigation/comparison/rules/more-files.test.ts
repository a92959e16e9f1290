import { describe, expect, it } from 'vitest';
import { applyRule, judge, ORDERS, reduceStage, scanStage, usualPlan } from '../fixtures/build-job.ts';
import { moreFiles } from './more-files.ts';

describe('comparison/more-files', () => {
  it('fires when the commit grew with the number of written files', () => {
    const slow = { commitMs: 140_000, plan: usualPlan({ writtenFiles: 1440 }) };
    const [finding] = applyRule(moreFiles, slow, { commitMs: 9_000, plan: usualPlan({ writtenFiles: 120 }) });
    expect(finding).toMatchObject({ code: 'data.small_files', kind: 'observed' });
    expect(finding?.values).toMatchObject({ filesWritten: 1440, usualFilesWritten: 120 });
    expect(judge(slow, { commitMs: 9_000, plan: usualPlan({ writtenFiles: 120 }) }).codes[0]).toBe('data.small_files');
  });

  it('fires when the tasks that write them take longer for as many rows, however quick the commit', () => {
    const slow = { stages: [scanStage(), reduceStage({ ms: 60_000 })], plan: usualPlan({ writtenFiles: 2400 }) };
    const [finding] = applyRule(moreFiles, slow, { plan: usualPlan({ writtenFiles: 16 }) });
    expect(finding).toMatchObject({ code: 'data.small_files', kind: 'observed' });
    expect(finding?.values.writingGrewMs).toBeGreaterThan(45_000);
    expect(finding?.weight).toBeGreaterThan(0.9);
  });

  it('leaves a slow writing stage to others when hardly more files are written, or more rows', () => {
    const usual = { plan: usualPlan({ writtenFiles: 16 }) };
    const slow = { stages: [scanStage(), reduceStage({ ms: 60_000 })] };
    expect(applyRule(moreFiles, { ...slow, plan: usualPlan({ writtenFiles: 40 }) }, usual)).toEqual([]);
    const more = { stages: [scanStage(), reduceStage({ ms: 60_000, outputRecords: 600_000 })] };
    expect(applyRule(moreFiles, { ...more, plan: usualPlan({ writtenFiles: 2400 }) }, usual)).toEqual([]);
  });

  it('leaves files that are only as many as the tasks to the number of tasks', () => {
    const stages = [scanStage(), reduceStage({ ms: 400, shuffleReadRecords: 2_000, outputRecords: 400 }, 1500)];
    const slow = { stages, plan: usualPlan({ writtenFiles: 1500 }) };
    expect(applyRule(moreFiles, slow, { plan: usualPlan({ writtenFiles: 6 }) })).toEqual([]);
  });

  it('does not count another stage than the one that writes', () => {
    const slow = { stages: [scanStage({ ms: 60_000 }), reduceStage()], plan: usualPlan({ writtenFiles: 2400 }) };
    expect(applyRule(moreFiles, slow, { plan: usualPlan({ writtenFiles: 16 }) })).toEqual([]);
  });

  it('does not fire when the same files took longer to commit', () => {
    expect(applyRule(moreFiles, { commitMs: 140_000 }, { commitMs: 9_000 })).toEqual([]);
  });

  it('fires when the same bytes lie in many more files to be listed and opened', () => {
    const slow = {
      stages: [
        {
          ...scanStage({ ms: 200, inputRecords: 4_000, inputBytes: 400_000, runMs: 40, deserialiseMs: 100 }, 1500),
          gapMs: 40_000,
        },
        reduceStage(),
      ],
      plan: usualPlan({ orders: { ...ORDERS, files: 20_000 } }),
    };
    const [finding] = applyRule(moreFiles, slow);
    expect(finding).toMatchObject({ code: 'data.small_files', kind: 'observed' });
    expect(finding?.statement.en).toContain('files 12 → 20,000');
  });

  it('does not fire when files and bytes grew together', () => {
    const slow = {
      stages: [
        scanStage({ ms: 40_000, inputRecords: 4_000_000 }),
        reduceStage({ ms: 40_000, shuffleReadRecords: 2_000_000 }),
      ],
      plan: usualPlan({ orders: { rows: 24_000_000, bytes: 2_400_000_000, files: 48 } }),
    };
    expect(applyRule(moreFiles, slow)).toEqual([]);
    expect(judge(slow).codes[0]).toBe('data.input_grew');
  });

  it('suggests it from longer listing jobs alone', () => {
    const listing = { id: 9, tasks: [{ ms: 40_000 }], sqlExecutionId: null };
    const slow = {
      stages: [listing, scanStage(), reduceStage()],
      jobDescriptions: [
        'Listing leaf files and directories for 5000 paths:<br/>hdfs://ns1/ods/orders/dt=2026-11-20, ...',
        'save',
        'save',
      ],
    };
    const [finding] = applyRule(moreFiles, slow);
    expect(finding).toMatchObject({ code: 'data.small_files', kind: 'inferred' });
  });

  it('is silent without plans and listing', () => {
    expect(applyRule(moreFiles, { plan: null, driverMs: 60_000 }, { plan: null })).toEqual([]);
  });
});
