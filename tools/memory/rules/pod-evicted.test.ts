import { describe, expect, it } from 'vitest';
import { hostFacts } from './host-memory-fixture.ts';
import { composedPod } from './kubernetes-fixture.ts';
import { podEvicted } from './pod-evicted.ts';

const apply = (message: string, reason = 'Evicted') =>
  podEvicted.apply(hostFacts({ kubernetes: composedPod({ reason, message }) }));

describe('memory/pod-evicted', () => {
  it.each([
    [
      'newer',
      'The node was low on resource: memory. Threshold quantity: 100Mi, available: 52Mi. Container main was using 3Gi, request is 2Gi, has larger consumption of memory. ',
    ],
    ['older', 'The node was low on resource: memory. Container main was using 3Gi, which exceeds its request of 2Gi. '],
  ])('takes the %s message for over-commit', (_, message) => {
    const [finding] = apply(message);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'scheduling.overcommit_eviction',
      completeStatement: 'kubelet_eviction_message',
      symptom: 'container_exited',
      keys: { podName: 'ads-exec-3', host: 'node7' },
    });
    expect(finding?.statement.en).toContain('Container main was using 3Gi');
    expect(finding?.evidence[0]?.excerpt).toContain('Evicted');
  });

  it.each([
    'The node was low on resource: ephemeral-storage. ',
    'Pod ephemeral local storage usage exceeds the total limit of containers 10Gi. ',
  ])('takes local storage for a full disk: %s', (message) => {
    expect(apply(message)[0]).toMatchObject({
      code: 'storage.disk_full_local',
      completeStatement: 'kubelet_ephemeral_storage_eviction',
    });
  });

  it('is silent for other ends of a pod, for a message without a resource, and without pods', () => {
    expect(apply('The node was low on resource: memory. ', 'NodeLost')).toEqual([]);
    expect(apply('Pod was evicted by a person')).toEqual([]);
    expect(podEvicted.apply(hostFacts({}))).toEqual([]);
  });
});
