import { describe, expect, it } from 'vitest';
import { farBelowLimit } from './far-below-limit.ts';
import { hostFacts, type SampleSpec } from './host-memory-fixture.ts';

const GROUP = '/hadoop-yarn/container_e12_1700000000000_0112_01_000002';
const sample = (at: number | null, limit: string, peak: number, hits: number): SampleSpec => ({
  at,
  files: {
    'memory.limit_in_bytes': `${limit}\n`,
    'memory.max_usage_in_bytes': `${peak}\n`,
    'memory.failcnt': `${hits}\n`,
  },
});
const apply = (spec: SampleSpec, window?: { from: number; to: number }) =>
  farBelowLimit.apply(hostFacts({ groups: { [GROUP]: [spec] }, ...(window ? { window } : {}) }));

describe('memory/far-below-limit', () => {
  it('speaks against the limit that was never near (figures of a recording)', () => {
    const [finding] = apply(sample(null, '734003200', 247218176, 0));
    expect(finding).toMatchObject({
      code: null,
      keys: { containerId: 'container_e12_1700000000000_0112_01_000002' },
      values: { peakBytes: 247218176, limitBytes: 734003200 },
    });
    expect(finding?.refutes?.map((entry) => entry.code)).toEqual([
      'kernel.memcg_oom',
      'memory.container_physical_limit',
      'kernel.direct_reclaim',
    ]);
  });

  it("speaks only against the kernel's own limit where there is none", () => {
    expect(apply(sample(null, '9223372036854771712', 917147648, 0))[0]?.refutes?.map((entry) => entry.code)).toEqual([
      'kernel.memcg_oom',
    ]);
  });

  it('keeps silent near the limit, after hits, and by a sample taken before the end', () => {
    expect(apply(sample(null, '734003200', 700000000, 0))).toEqual([]);
    expect(apply(sample(null, '734003200', 247218176, 1))).toEqual([]);
    expect(apply(sample(100, '734003200', 247218176, 0), { from: 50, to: 400 })).toEqual([]);
    expect(apply(sample(398, '734003200', 247218176, 0), { from: 50, to: 400 })).toHaveLength(1);
  });

  it('keeps silent for groups that are no container, and without files', () => {
    expect(
      farBelowLimit.apply(hostFacts({ groups: { '/system.slice/x.service': [sample(null, '734003200', 1, 0)] } })),
    ).toEqual([]);
    expect(farBelowLimit.apply(hostFacts({}))).toEqual([]);
  });
});
