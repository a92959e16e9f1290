import { describe, expect, it } from 'vitest';
import { applyRule, judge, node, reduceStage, scanStage, usualPlan } from '../fixtures/build-job.ts';
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

  it('fires for a driver that works alone on collected rows', () => {
    const slow = {
      driverMs: 90_000,
      jobDescriptions: ['save at Job.scala:7', 'collect at /srv/job.py:10'],
      command: `${SUBMIT} /srv/job.py check=driver`,
    };
    const [finding] = applyRule(worsePlan, slow, { command: `${SUBMIT} /srv/job.py check=sql` });
    expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'observed' });
    expect(finding?.statement.en).toContain('collect at /srv/job.py:10');
    expect(finding?.values).toMatchObject({ changed: 'argument check', from: 'sql', to: 'driver' });
  });

  it('only suggests it when nobody collected and the program is the same', () => {
    const [finding] = applyRule(worsePlan, { driverMs: 90_000 });
    expect(finding?.kind).toBe('inferred');
  });

  it('leaves a driver that was made smaller to the setting', () => {
    const slow = { driverMs: 90_000, spark: { 'spark.driver.memory': '512m' } };
    expect(judge(slow, { spark: { 'spark.driver.memory': '4g' } }).codes).toEqual(['config.changed']);
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
