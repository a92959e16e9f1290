import { describe, expect, it } from 'vitest';
import { composedKill, hostFacts } from './host-memory-fixture.ts';
import { composedPod } from './kubernetes-fixture.ts';
import { podOomKilled } from './pod-oom-killed.ts';

const ID = 'c'.repeat(64);
const POD = '/kubepods/burstable/pod5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21';
const oomKilled = composedPod({ ended: { reason: 'OOMKilled', exitCode: 137 } });

describe('memory/pod-oom-killed', () => {
  it("takes the kubelet's word where the kernel's is missing", () => {
    const [finding] = podOomKilled.apply(hostFacts({ kubernetes: oomKilled }));
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'memory.container_physical_limit',
      symptom: 'container_exited',
      completeStatement: 'kubelet_oom_killed_status',
      keys: { podName: 'ads-exec-3', host: 'node7', containerId: ID, applicationId: 'spark-1f2e', executorId: '3' },
      at: Date.UTC(2026, 10, 21, 10, 22, 41),
      values: { exitCode: 137, limitBytes: 4 * 2 ** 30, requestBytes: 2 * 2 ** 30 },
    });
    expect(finding?.evidence[0]).toMatchObject({ provenance: 'kubernetes' });
    expect(finding?.evidence[0]?.excerpt).toMatch(/^\{[\s\S]*"OOMKilled"[\s\S]*\}$/);
  });

  it('only sees the end where the kernel log tells of the kill, and points to the node when the container stayed below its limit', () => {
    const log = composedKill({ full: POD, task: `${POD}/${ID}`, victim: [9, 1000, 0, 'java'] });
    expect(podOomKilled.apply(hostFacts({ kubernetes: oomKilled, log }))[0]).toMatchObject({
      code: null,
      symptom: 'container_exited',
    });
    const groups = {
      [`${POD}/${ID}`]: [
        { at: null, files: { 'memory.limit_in_bytes': '4294967296\n', 'memory.max_usage_in_bytes': '900000000\n' } },
      ],
    };
    expect(podOomKilled.apply(hostFacts({ kubernetes: oomKilled, groups }))[0]).toMatchObject({
      kind: 'inferred',
      code: 'kernel.global_oom',
      weight: 0.4,
    });
  });

  it('does not take exit 137 alone for memory', () => {
    const killed = composedPod({ ended: { reason: 'Error', exitCode: 137 } });
    expect(podOomKilled.apply(hostFacts({ kubernetes: killed }))[0]).toMatchObject({
      code: null,
      symptom: 'container_exited',
      values: { exitCode: 137 },
    });
  });

  it('leaves out a restart of another day, a good end, and no pods', () => {
    const window = { from: 100_000, to: 110_000 };
    expect(podOomKilled.apply(hostFacts({ kubernetes: oomKilled, window }))).toEqual([]);
    expect(
      podOomKilled.apply(hostFacts({ kubernetes: composedPod({ ended: { reason: 'Completed', exitCode: 0 } }) })),
    ).toEqual([]);
    expect(podOomKilled.apply(hostFacts({}))).toEqual([]);
  });
});
