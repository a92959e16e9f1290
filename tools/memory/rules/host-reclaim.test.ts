import { describe, expect, it } from 'vitest';
import { hostFacts } from './host-memory-fixture.ts';
import { hostReclaim } from './host-reclaim.ts';

const GIB = 2 ** 30;

function facts(available: number, stalls: number, full = 40) {
  const readings = (count: number) => ({
    'meminfo:MemTotal': 256 * GIB,
    'meminfo:MemAvailable': available,
    'vmstat:allocstall_normal': count,
    'pressure/memory:full avg10': full,
  });
  return hostFacts({
    samples: [
      { at: 100, readings: readings(10) },
      { at: 160, readings: readings(10 + stalls) },
    ],
  });
}

describe('memory/host-reclaim', () => {
  it('suspects a host with hardly any memory and stalls', () => {
    expect(hostReclaim.apply(facts(2 * GIB, 9000))[0]).toMatchObject({
      kind: 'inferred',
      code: 'kernel.direct_reclaim',
      values: { stalls: 9000, availableBytes: 2 * GIB },
      responsibility: 'platform',
    });
  });

  it('is silent with memory to spare, without stalls, without pressure, and with one sample', () => {
    expect(hostReclaim.apply(facts(100 * GIB, 9000))).toEqual([]);
    expect(hostReclaim.apply(facts(2 * GIB, 0))).toEqual([]);
    expect(hostReclaim.apply(facts(2 * GIB, 9000, 1))).toEqual([]);
    expect(
      hostReclaim.apply(
        hostFacts({ samples: [{ at: 1, readings: { 'meminfo:MemTotal': GIB, 'meminfo:MemAvailable': 1 } }] }),
      ),
    ).toEqual([]);
  });
});
