import { describe, expect, it } from 'vitest';
import { judgeKubernetes } from './judge-kubernetes.ts';
import { event, iso, kubernetesCase, node, pod } from './kubernetes-fixture.ts';

const judged = (items: Parameters<typeof kubernetesCase>[0]) => {
  const { state, scope } = kubernetesCase(items);
  return judgeKubernetes(state, scope);
};

describe('judgeKubernetes', () => {
  const waiting = pod({
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/2 nodes are available: 2 Insufficient memory.',
        lastTransitionTime: iso(12),
      },
    ],
  });

  it('asks every rule: what is found is told with the rule that found it', () => {
    const found = judged([waiting, node({ name: 'n1' }), node({ name: 'n2' })]);
    expect(found.map(({ rule, code, area }) => [rule, code, area])).toEqual([
      ['kubernetes/pod-unschedulable', 'scheduling.insufficient_resources', 'kubernetes'],
    ]);
  });

  it('finds nothing in a healthy cluster and nothing where nothing was read', () => {
    const well = event({ reason: 'Scheduled', message: 'Successfully assigned ads/ads-exec-3 to n1', at: 11 });
    expect(judged([pod({ node: 'n1' }), well, node({ name: 'n1' })])).toEqual([]);
    expect(judged([])).toEqual([]);
  });
});
