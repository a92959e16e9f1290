import { describe, expect, it } from 'vitest';
import { hostFacts } from './host-memory-fixture.ts';
import { lowCpuIdentity } from './low-cpu-identity.ts';

const CONTAINER = '/hadoop-yarn/container_e12_1700000000000_0042_01_000008';
const group = (files: Record<string, string>) => ({ [CONTAINER]: [{ at: null, files }] });
const busy = [{ at: 100, readings: { 'pressure/cpu:some avg60': 97 } }];

describe('memory/low-cpu-identity', () => {
  it("suspects a best-effort identity, waiting by the group's own figures, and the lowest shares on a busy host", () => {
    expect(lowCpuIdentity.apply(hostFacts({ groups: group({ 'cpu.bvt_warp_ns': '-1\n' }) }))[0]).toMatchObject({
      kind: 'inferred',
      code: 'kernel.cpu_contention',
      values: { bvtWarpNs: -1 },
    });
    expect(
      lowCpuIdentity.apply(
        hostFacts({ groups: group({ 'cpu.pressure': 'some avg10=80.00 avg60=70.00 avg300=9.00 total=1\n' }) }),
      )[0],
    ).toMatchObject({ values: { cpuWaitPercent: 70 } });
    expect(lowCpuIdentity.apply(hostFacts({ groups: group({ 'cpu.shares': '2\n' }), samples: busy }))[0]).toMatchObject(
      { values: { cpuShares: 2 } },
    );
  });

  it('is silent for a busy machine alone, for normal shares and identities', () => {
    expect(lowCpuIdentity.apply(hostFacts({ groups: group({ 'cpu.shares': '1024\n' }), samples: busy }))).toEqual([]);
    expect(lowCpuIdentity.apply(hostFacts({ groups: group({ 'cpu.shares': '2\n' }) }))).toEqual([]);
    expect(
      lowCpuIdentity.apply(
        hostFacts({
          groups: group({
            'cpu.bvt_warp_ns': '0\n',
            'cpu.pressure': 'some avg10=80.00 avg60=20.00 avg300=9.00 total=1\n',
          }),
        }),
      ),
    ).toEqual([]);
    expect(lowCpuIdentity.apply(hostFacts({ samples: busy }))).toEqual([]);
  });
});
