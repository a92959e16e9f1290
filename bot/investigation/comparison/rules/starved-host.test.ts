import { describe, expect, it } from 'vitest';
import { applyRule, type JobStage, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { starvedHost } from './starved-host.ts';

/** The scan, two tasks a host, running for `ms` on each host named, with the CPU time given. */
function running(ms: Record<string, number>, cpuMs = 8_000): JobStage {
  const stage = scanStage();
  return {
    ...stage,
    tasks: stage.tasks.map((task, i) => {
      const onHost = `h${(i % 3) + 1}`;
      return { ...task, onHost, ms: ms[onHost] ?? 10_000, cpuMs };
    }),
  };
}

const USUAL = { stages: [running({}), reduceStage()] };

describe('comparison/starved-host', () => {
  it('fires when one host needs far more run time for the same CPU time', () => {
    const [finding] = applyRule(starvedHost, { stages: [running({ h3: 90_000 }), reduceStage()] }, USUAL);
    expect(finding).toMatchObject({ code: 'kernel.cpu_contention', kind: 'observed', keys: { host: 'h3' } });
    expect(finding?.weight).toBeGreaterThan(0.8);
  });

  it('does not fire when the host computed more', () => {
    const stage = running({ h3: 90_000 });
    const more = {
      ...stage,
      tasks: stage.tasks.map((task) => (task.onHost === 'h3' ? { ...task, cpuMs: 85_000 } : task)),
    };
    expect(applyRule(starvedHost, { stages: [more, reduceStage()] }, USUAL)).toEqual([]);
  });

  it('does not fire when the host waits for its disk', () => {
    const stage = running({ h3: 90_000 });
    const disk = {
      ...stage,
      tasks: stage.tasks.map((task) => (task.onHost === 'h3' ? { ...task, shuffleWriteMs: 80_000 } : task)),
    };
    expect(judge({ stages: [disk, reduceStage()] }, USUAL).codes).not.toContain('kernel.cpu_contention');
  });

  it('only suggests it when all hosts are slower and nothing of the job changed', () => {
    const all = { h1: 40_000, h2: 40_000, h3: 40_000 };
    const [finding] = applyRule(starvedHost, { stages: [running(all), reduceStage()] }, USUAL);
    expect(finding).toMatchObject({ code: 'kernel.cpu_contention', kind: 'inferred' });
    const withSetting = {
      stages: [running(all), reduceStage()],
      spark: { 'spark.executor.extraJavaOptions': '-Xint' },
    };
    expect(applyRule(starvedHost, withSetting, USUAL)).toEqual([]);
  });

  it('is silent without CPU times (before Spark 2.1)', () => {
    const old = running({ h3: 90_000 }, Number.NaN);
    expect(
      applyRule(starvedHost, { stages: [old, reduceStage()] }, { stages: [running({}, Number.NaN), reduceStage()] }),
    ).toEqual([]);
  });
});
