import { describe, expect, it } from 'vitest';
import { applyRule, judge, node, reduceStage, scan, scanStage, usualPlan } from '../fixtures/build-job.ts';
import { worsePlan } from './worse-plan.ts';

const SUBMIT = 'org.apache.spark.deploy.SparkSubmit --master yarn';
const SLOW_SCAN = [scanStage({ ms: 60_000 }), reduceStage()];

describe('comparison/worse-plan', () => {
  it('fires when rows began to go through Python', () => {
    const slow = {
      stages: SLOW_SCAN,
      plan: usualPlan({ inner: [node('BatchEvalPython')] }),
      command: `${SUBMIT} /srv/parse_udf.py`,
    };
    const [finding] = applyRule(worsePlan, slow, { command: `${SUBMIT} /srv/parse_sql.py` });
    expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'observed' });
    expect(finding?.statement.en).toContain('BatchEvalPython 0 → 1');
    expect(finding?.statement.en).toContain('/srv/parse_sql.py → /srv/parse_udf.py');
  });

  it('fires for a cross product, a lost broadcast without a setting, a lost cache', () => {
    for (const [now, before] of [
      [[node('CartesianProduct')], [node('SortMergeJoin')]],
      [[node('SortMergeJoin')], [node('BroadcastHashJoin')]],
      [[node('Filter')], [node('InMemoryTableScan')]],
    ]) {
      const { codes } = judge(
        { stages: SLOW_SCAN, plan: usualPlan({ inner: now }) },
        { plan: usualPlan({ inner: before }) },
      );
      expect(codes[0], now?.[0]?.name).toBe('code.inefficient_plan');
    }
  });

  it('fires when a relation is no longer read by the partitions needed, and the input is not blamed', () => {
    const read = (filters: string, bytes: number) => ({
      ...usualPlan(),
      children: [
        {
          ...scan('hdfs://ns1/ods/orders', { rows: bytes / 100, bytes, files: 12 }),
          description: `FileScan parquet [id#1] Location: CatalogFileIndex(1 paths)[hdfs://ns1/ods/orders], PartitionFilters: [${filters}], PushedFilters: []`,
        },
      ],
    });
    const slow = {
      stages: [scanStage({ ms: 60_000, inputRecords: 6_000_000 }), reduceStage()],
      plan: read('', 3_600_000_000),
    };
    const { codes } = judge(slow, { plan: read('isnotnull(dt#7), (dt#7 = 2026-11-19)', 600_000_000) });
    expect(codes[0]).toBe('code.inefficient_plan');
    expect(codes).not.toContain('data.input_grew');
    // the same filter of another day is no change
    const grown = { ...slow, plan: read('isnotnull(dt#9), (dt#9 = 2026-11-20)', 3_600_000_000) };
    expect(judge(grown, { plan: read('isnotnull(dt#7), (dt#7 = 2026-11-19)', 600_000_000) }).codes[0]).toBe(
      'data.input_grew',
    );
  });

  it('leaves a join that a grown table changed to the table', () => {
    const dim = (bytes: number) => scan('hdfs://ns1/dim/sku', { rows: bytes / 100, bytes, files: 1 });
    const plan = (join: string, bytes: number) => node('Project', {}, node(join, {}, usualPlan(), dim(bytes)));
    const slow = {
      stages: [scanStage({ ms: 60_000, shuffleWriteMs: 40_000 }), reduceStage()],
      plan: plan('SortMergeJoin', 14_000_000),
    };
    const { codes } = judge(slow, { plan: plan('BroadcastHashJoin', 8_000_000) });
    expect(codes.slice(0, 2)).toEqual(['data.input_grew', 'code.inefficient_plan']);
  });

  it('does not fire when the plan got better, or the growth lies on one host', () => {
    expect(
      applyRule(
        worsePlan,
        { stages: SLOW_SCAN, plan: usualPlan({ inner: [node('BroadcastHashJoin')] }) },
        { plan: usualPlan({ inner: [node('SortMergeJoin')] }) },
      ),
    ).toEqual([]);
    const stage = scanStage();
    const place = (slow: boolean) => ({
      ...stage,
      tasks: stage.tasks.map((task, i) => ({
        ...task,
        onHost: `h${(i % 3) + 1}`,
        ms: slow && i % 3 === 0 ? 90_000 : 10_000,
      })),
    });
    const slow = { stages: [place(true), reduceStage()], plan: usualPlan({ inner: [node('BatchEvalPython')] }) };
    expect(applyRule(worsePlan, slow, { stages: [place(false), reduceStage()] })).toEqual([]);
  });

  it('is silent without plans', () => {
    expect(applyRule(worsePlan, { stages: SLOW_SCAN, plan: null }, { plan: null })).toEqual([]);
  });
});
