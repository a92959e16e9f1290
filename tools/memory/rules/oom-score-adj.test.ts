import { describe, expect, it } from 'vitest';
import { composedKill, fixtureLog, hostFacts } from './host-memory-fixture.ts';
import { oomScoreAdj } from './oom-score-adj.ts';

const SPEC = { full: '/node.slice', task: '/node.slice/nodemanager', limitKb: 520_000, usageKb: 520_000 };

describe('memory/oom-score-adj', () => {
  it('sees a small process dying for its score while a large one stays', () => {
    const log = composedKill({ ...SPEC, victim: [9, 4_000, 1000, 'java'], others: [[10, 90_000, 0, 'java']] });
    expect(oomScoreAdj.apply(hostFacts({ log }))[0]).toMatchObject({
      kind: 'observed',
      code: 'kernel.oom_score_adj',
      values: { victimAdj: 1000, sparedPid: 10, sparedAdj: 0, sparedBytes: 90_000 * 4096 + 1036288 },
    });
  });

  it('sees the largest holder exempt and another dying for it', () => {
    const log = composedKill({ ...SPEC, victim: [9, 40_000, 0, 'java'], others: [[10, 90_000, -1000, 'leaky']] });
    expect(oomScoreAdj.apply(hostFacts({ log }))[0]).toMatchObject({
      values: { sparedName: 'leaky', sparedAdj: -1000 },
    });
  });

  it('leaves alone tiers by design, equal scores and small exempt daemons', () => {
    const daemons = composedKill({ ...SPEC, victim: [9, 90_000, 0, 'java'], others: [[10, 2_000, -1000, 'sshd']] });
    const equal = composedKill({ ...SPEC, victim: [9, 4_000, 0, 'java'], others: [[10, 90_000, 0, 'java']] });
    for (const log of [fixtureLog('score-tiers.dmesg.txt'), daemons, equal])
      expect(oomScoreAdj.apply(hostFacts({ log }))).toEqual([]);
  });

  it('sees an exempt container beside others in one pod: the kubelet gives a pod one class', () => {
    const pod = '/kubepods/burstable/pod5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21';
    const spec = { ...SPEC, full: pod, task: `${pod}/${'b'.repeat(64)}` };
    const withHolder = (adj: number) =>
      composedKill({ ...spec, victim: [9, 20_000, 985, 'java'], others: [[10, 90_000, adj, 'envoy']] });
    expect(oomScoreAdj.apply(hostFacts({ log: withHolder(-999) }))[0]).toMatchObject({
      code: 'kernel.oom_score_adj',
      values: { sparedName: 'envoy', sparedAdj: -999 },
    });
    // The sandbox's own score is everyday life.
    expect(oomScoreAdj.apply(hostFacts({ log: withHolder(-998) }))).toEqual([]);
  });

  it('leaves alone what Kubernetes sets by quality of service', () => {
    const task = `/kubepods/besteffort/pod5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21/${'b'.repeat(64)}`;
    const log = composedKill({
      ...SPEC,
      full: '/kubepods',
      task,
      victim: [9, 4_000, 1000, 'java'],
      others: [[10, 90_000, -997, 'java']],
    });
    expect(oomScoreAdj.apply(hostFacts({ log }))).toEqual([]);
  });

  it('says nothing without a process table', () => {
    expect(
      oomScoreAdj.apply(
        hostFacts({
          log:
            composedKill({ ...SPEC, victim: [9, 1, 1000, 'a'] })
              .split('\n')
              .at(-1) ?? '',
        }),
      ),
    ).toEqual([]);
    expect(oomScoreAdj.apply(hostFacts({}))).toEqual([]);
  });
});
