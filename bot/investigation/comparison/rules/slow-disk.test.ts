import { describe, expect, it } from 'vitest';
import { applyRule, type JobStage, judge, reduceStage, scanStage } from '../fixtures/build-job.ts';
import { slowDisk } from './slow-disk.ts';

/** The scan, two tasks a host, writing for `ms` on each host named. */
function writing(ms: Record<string, number>, bytes = 50_000_000): JobStage {
  const stage = scanStage({ shuffleWriteBytes: bytes });
  return {
    ...stage,
    tasks: stage.tasks.map((task, i) => {
      const onHost = `h${(i % 3) + 1}`;
      const write = ms[onHost] ?? 500;
      return { ...task, onHost, ms: 9_500 + write, shuffleWriteMs: write };
    }),
  };
}

describe('comparison/slow-disk', () => {
  it('fires when one host writes the same bytes far more slowly', () => {
    const [finding] = applyRule(
      slowDisk,
      { stages: [writing({ h2: 90_000 }), reduceStage()] },
      { stages: [writing({}), reduceStage()] },
    );
    expect(finding).toMatchObject({ code: 'storage.slow_disk', kind: 'observed', keys: { host: 'h2', stageId: 0 } });
    expect(finding?.weight).toBeGreaterThan(0.8);
  });

  it('does not fire when all hosts write more slowly', () => {
    const all = { h1: 60_000, h2: 60_000, h3: 60_000 };
    expect(
      applyRule(slowDisk, { stages: [writing(all), reduceStage()] }, { stages: [writing({}), reduceStage()] }),
    ).toEqual([]);
  });

  it('does not fire when far more is written at the old rate, however long it takes', () => {
    const slow = writing({ h1: 50_000, h2: 50_000, h3: 50_000 }, 5_000_000_000);
    expect(applyRule(slowDisk, { stages: [slow, reduceStage()] }, { stages: [writing({}), reduceStage()] })).toEqual(
      [],
    );
  });

  it('does not fire for a disk that always was slow', () => {
    const usual = { stages: [writing({ h2: 60_000 }), reduceStage()] };
    expect(applyRule(slowDisk, { stages: [writing({ h2: 90_000 }), reduceStage()], driverMs: 60_000 }, usual)).toEqual(
      [],
    );
  });

  it('is silent without write metrics and with one host', () => {
    const dark = (stage: JobStage): JobStage => ({
      ...stage,
      tasks: stage.tasks.map((task) => ({ ...task, shuffleWriteMs: 0, shuffleWriteBytes: 0 })),
    });
    expect(applyRule(slowDisk, { stages: [dark(writing({ h2: 90_000 }))] }, { stages: [dark(writing({}))] })).toEqual(
      [],
    );
    const single = (write: number) => ({
      hosts: ['h1'],
      stages: [scanStage({ ms: 10_000 + write, shuffleWriteMs: write })],
    });
    expect(judge(single(50_000), single(500)).codes).not.toContain('storage.slow_disk');
  });
});
