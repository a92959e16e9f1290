import { describe, expect, it } from 'vitest';
import { quantityBytes } from './quantity-bytes.ts';
import { looksLikeKubernetes, readKubernetes } from './read-kubernetes.ts';
import { composedPod } from './rules/kubernetes-fixture.ts';

const pod = composedPod({ ended: { reason: 'OOMKilled', exitCode: 137 } });
const { apiVersion: _v, kind: _k, ...bare } = pod;

describe('readKubernetes', () => {
  it.each([
    ['a pod', pod],
    ['a PodList, whose items have no kind', { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [bare] }],
    ['a List of kubectl', { apiVersion: 'v1', items: [pod], kind: 'List' }],
  ])('reads %s, printed wide or on one line', (_, value) => {
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 4)]) {
      expect(looksLikeKubernetes(text.slice(0, 8192))).toBe(true);
      const facts = readKubernetes(text, 'http/pods.json');
      expect(facts?.pods[0]).toMatchObject({
        name: 'ads-exec-3',
        node: 'node7',
        labels: { sparkApp: 'spark-1f2e', sparkExecutor: '3' },
      });
      const [end] = facts?.pods[0]?.terminations ?? [];
      expect(end).toMatchObject({ reason: 'OOMKilled', exitCode: 137, containerId: 'c'.repeat(64) });
      expect(text).toContain(end?.quote?.excerpt ?? 'missing');
      expect(end?.quote?.excerpt).toContain('OOMKilled');
    }
  });

  it('quotes each pod of a list where it stands', () => {
    const second = {
      ...pod,
      metadata: { ...pod.metadata, uid: '00000000-0000-0000-0000-000000000002', name: 'other' },
    };
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pod, second] }, null, 1);
    const quotes = readKubernetes(text, 's')?.pods.map((entry) => entry.terminations[0]?.quote);
    expect(quotes?.[0]?.fromLine).toBeLessThan(quotes?.[1]?.fromLine ?? 0);
  });

  it('reads node conditions', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node7', uid: 'n' },
      status: {
        conditions: [
          {
            type: 'MemoryPressure',
            status: 'True',
            reason: 'KubeletHasInsufficientMemory',
            message: 'kubelet has insufficient memory available',
            lastTransitionTime: '2026-11-21T10:00:00Z',
          },
        ],
        nodeInfo: { kernelVersion: '5.10.0' },
        allocatable: { memory: '16Gi' },
      },
    };
    expect(readKubernetes(JSON.stringify(node), 's')?.nodes[0]).toMatchObject({
      name: 'node7',
      kernelVersion: '5.10.0',
      allocatableMemoryBytes: 16 * 2 ** 30,
      conditions: [{ type: 'MemoryPressure', status: 'True', at: Date.UTC(2026, 10, 21, 10) }],
    });
  });

  it('refuses broken, foreign and hostile JSON', () => {
    expect(readKubernetes('{"kind":"Pod"', 's')).toBeNull();
    expect(readKubernetes('[]', 's')).toBeNull();
    expect(readKubernetes('null', 's')).toBeNull();
    expect(readKubernetes('{"kind":"Deployment","metadata":{}}', 's')).toBeNull();
    const hostile = readKubernetes(
      '{"apiVersion":"v1","kind":"Pod","__proto__":{"polluted":1},"metadata":[],"status":{"containerStatuses":{"length":9e99}}}',
      's',
    );
    expect(hostile?.pods[0]?.terminations).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('quantityBytes', () => {
  it.each([
    ['512Mi', 512 * 2 ** 20],
    ['4G', 4e9],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['1073741824', 2 ** 30],
    ['1e9', 1e9],
    ['lots', null],
    ['', null],
  ])('%s', (quantity, bytes) => {
    expect(quantityBytes(quantity)).toBe(bytes);
  });
});
