import { describe, expect, it } from 'vitest';
import { cpuSteal } from './cpu-steal.ts';
import { hostFacts } from './host-memory-fixture.ts';

const BEFORE = { user: 1000, nice: 0, system: 100, idle: 5000, iowait: 0, irq: 0, softirq: 0, steal: 50 };

function facts(more: Partial<typeof BEFORE>) {
  const readings = (times: Record<string, number>) =>
    Object.fromEntries(Object.entries(times).map(([name, value]) => [`stat:${name}`, value]));
  return hostFacts({
    samples: [
      { at: 100, readings: readings(BEFORE) },
      { at: 140, readings: readings({ ...BEFORE, ...more }) },
    ],
  });
}

describe('memory/cpu-steal', () => {
  it('suspects the machine below when it took much of the CPUs', () => {
    expect(cpuSteal.apply(facts({ user: 1600, steal: 450 }))[0]).toMatchObject({
      kind: 'inferred',
      code: 'kernel.cpu_contention',
      values: { stealPercent: 40 },
      keys: { host: 'node7' },
    });
  });

  it('is silent for a little, for a moment, after a reboot, and with one sample', () => {
    expect(cpuSteal.apply(facts({ user: 1980, steal: 70 }))).toEqual([]);
    expect(cpuSteal.apply(facts({ user: 1010, steal: 60 }))).toEqual([]);
    expect(cpuSteal.apply(facts({ user: 600, steal: 450 }))).toEqual([]);
    expect(cpuSteal.apply(hostFacts({ samples: [{ at: 1, readings: { 'stat:steal': 900 } }] }))).toEqual([]);
  });
});
