import { describe, expect, it } from 'vitest';
import { cpuThrottled } from './cpu-throttled.ts';
import { hostFacts, type SampleSpec } from './host-memory-fixture.ts';

const v1 = (at: number | null, periods: number, throttled: number, nanos: number): SampleSpec => ({
  at,
  files: {
    'cpu.stat': `nr_periods ${periods}\nnr_throttled ${throttled}\nthrottled_time ${nanos}\n`,
    'cpu.cfs_quota_us': '4500\n',
    'cpu.cfs_period_us': '100000\n',
  },
});
const v2 = (at: number | null, periods: number, throttled: number, micros: number): SampleSpec => ({
  at,
  files: {
    'cpu.stat': `usage_usec 5\nnr_periods ${periods}\nnr_throttled ${throttled}\nthrottled_usec ${micros}\n`,
    'cpu.max': '200000 100000\n',
  },
});
const apply = (...samples: SampleSpec[]) => cpuThrottled.apply(hostFacts({ groups: { '/spark/node7': samples } }));

describe('memory/cpu-throttled', () => {
  it('sees a quota that ran out nearly always (figures of a recording, version 1, nanoseconds)', () => {
    expect(apply(v1(600, 3061, 2768, 290522732977))[0]).toMatchObject({
      kind: 'observed',
      code: 'kernel.cpu_contention',
      keys: { host: 'node7', cgroupPath: '/spark/node7' },
      values: { periods: 3061, throttledPeriods: 2768, throttledPercent: 90, throttledSeconds: 291, quotaCpus: 0.045 },
    });
  });

  it('reads version 2 in microseconds', () => {
    expect(apply(v2(600, 1000, 600, 40_000_000))[0]).toMatchObject({ values: { throttledMs: 40_000, quotaCpus: 2 } });
  });

  it('judges by what rose between two samples', () => {
    expect(apply(v1(100, 10_000, 10, 1e9), v1(160, 10_600, 500, 40e9))[0]).toMatchObject({
      values: { periods: 600, throttledPeriods: 490, throttledMs: 39_000 },
    });
  });

  it('needs both the share of periods and the share of time', () => {
    expect(apply(v1(600, 1000, 200, 50e9))).toEqual([]);
    expect(apply(v1(600, 1000, 900, 5e9))).toEqual([]);
    expect(apply(v1(600, 50, 50, 5e9))).toEqual([]);
    expect(apply(v1(600, 0, 0, 0))).toEqual([]);
  });

  it('says nothing without files', () => {
    expect(cpuThrottled.apply(hostFacts({}))).toEqual([]);
  });
});
