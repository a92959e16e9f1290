import { describe, expect, it } from 'vitest';
import { applyRule, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { driverAlone } from './driver-alone.ts';

const SUBMIT = 'org.apache.spark.deploy.SparkSubmit --master yarn';

describe('comparison/driver-alone', () => {
  it('fires for a driver that works alone on collected rows', () => {
    const slow = {
      driverMs: 90_000,
      jobDescriptions: ['save at Job.scala:7', 'collect at /srv/job.py:10'],
      command: `${SUBMIT} /srv/job.py check=driver`,
    };
    const [finding] = applyRule(driverAlone, slow, { command: `${SUBMIT} /srv/job.py check=sql` });
    expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'observed' });
    expect(finding?.statement.en).toContain('collect at /srv/job.py:10');
    expect(finding?.values).toMatchObject({ changed: 'argument check', from: 'sql', to: 'driver' });
  });

  it('only suggests it when nobody collected and the program is the same', () => {
    const [finding] = applyRule(driverAlone, { driverMs: 90_000 });
    expect(finding?.kind).toBe('inferred');
  });

  it('sees a driver that came later than usual to its first job, and only suggests why', () => {
    const [finding] = applyRule(driverAlone, { stages: [{ ...scanStage(), gapMs: 60_100 }, reduceStage()] });
    expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'inferred' });
    expect(finding?.values.longestGapMs).toBe(60_000);
    expect(finding?.values).not.toHaveProperty('after');
    expect(finding?.statement.en).toContain('before the first job');
    expect(finding?.evidence.length).toBeGreaterThan(0);
  });

  it('does not count a late start that is as late as always', () => {
    const late = { stages: [{ ...scanStage(), gapMs: 60_100 }, reduceStage()] };
    const [finding] = applyRule(driverAlone, { ...late, driverMs: 90_000 }, late);
    expect(finding?.values.after).toBe('save at Job.scala:7');
  });

  it('leaves a driver that was made smaller to the setting', () => {
    const slow = { driverMs: 90_000, spark: { 'spark.driver.memory': '512m' } };
    expect(judge(slow, { spark: { 'spark.driver.memory': '4g' } }).codes).toEqual(['config.changed']);
  });

  it('does not fire when the executors were what the run waited for', () => {
    expect(applyRule(driverAlone, { executorAt: 90_000 })).toEqual([]);
  });

  it('is silent when the driver took as long as always', () => {
    expect(applyRule(driverAlone, { driverMs: 60_000, executorAt: 60_000 }, { driverMs: 60_000 })).toEqual([]);
  });
});
