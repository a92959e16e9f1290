import { describe, expect, it } from 'vitest';
import { hostFacts } from './host-memory-fixture.ts';
import { reclaimLatency } from './reclaim-latency.ts';

// Composed from reference C3 (Alibaba and OpenCloudOS kernels).
const histogram = (slow: number) =>
  `0-1ms: \t900\n1-5ms: \t40\n5-10ms: \t9\n10-100ms: \t${slow}\n100-500ms: \t1\n500-1000ms: \t0\n>=1000ms: \t0\n`;

function facts(file: string, ...counts: number[]) {
  return hostFacts({
    groups: { '/c': counts.map((count, at) => ({ at: 100 + at * 60, files: { [file]: histogram(count) } })) },
  });
}

describe('memory/reclaim-latency', () => {
  it("tells the group's own limit from a short host by which histogram rose", () => {
    expect(reclaimLatency.apply(facts('memory.direct_reclaim_memcg_latency', 5, 405))[0]).toMatchObject({
      kind: 'observed',
      code: 'kernel.direct_reclaim',
      responsibility: 'user',
      values: { slowReclaims: 400, shortage: 'group' },
    });
    expect(reclaimLatency.apply(facts('memory.direct_reclaim_global_latency', 5, 405))[0]).toMatchObject({
      responsibility: 'platform',
      values: { shortage: 'host' },
    });
  });

  it('reads the sections of OpenCloudOS, its misspelling included', () => {
    const sli = (slow: number) => `globa_direct_reclaim:\n${histogram(slow)}memcg_direct_reclaim:\n${histogram(0)}`;
    const groups = { '/c': [5, 405].map((slow, at) => ({ at: 100 + at * 60, files: { 'memory.sli': sli(slow) } })) };
    const found = reclaimLatency.apply(hostFacts({ groups }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'observed', values: { slowReclaims: 400, shortage: 'host' } });
  });

  it('only suspects by the totals of a life', () => {
    expect(reclaimLatency.apply(facts('memory.direct_reclaim_memcg_latency', 405))[0]).toMatchObject({
      kind: 'inferred',
    });
  });

  it('is silent when nothing rose, and without files', () => {
    expect(reclaimLatency.apply(facts('memory.direct_reclaim_memcg_latency', 405, 410))).toEqual([]);
    expect(reclaimLatency.apply(hostFacts({}))).toEqual([]);
  });
});
