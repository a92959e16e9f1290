import { describe, expect, it } from 'vitest';
import { event, iso, kubernetesCase, node, pod } from '../kubernetes-fixture.ts';
import { podUnschedulable } from './pod-unschedulable.ts';

const refused = (message: string, name = 'ads-exec-3', requests?: Record<string, string>) =>
  pod({
    name,
    phase: 'Pending',
    conditions: [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: iso(12) },
    ],
    ...(requests ? { requests } : {}),
  });
const FULL =
  '0/2 nodes are available: 2 Insufficient memory. preemption: 0/2 nodes are available: 2 No preemption victims found.';
const nodes = [node({ name: 'n1' }), node({ name: 'n2' })];
const apply = (items: Parameters<typeof kubernetesCase>[0], scope = {}) =>
  podUnschedulable.apply(kubernetesCase(items, scope));

describe('kubernetes/pod-unschedulable', () => {
  it('full nodes: the executors of one run are one finding', () => {
    const found = apply([refused(FULL, 'e1', { memory: '8Gi' }), refused(FULL, 'e2', { memory: '8Gi' }), ...nodes]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      kind: 'observed',
      code: 'scheduling.insufficient_resources',
      symptom: 'waiting',
      keys: { applicationId: 'spark-1f2e' },
      until: null,
      count: 2,
    });
    expect(found[0]?.evidence[0]).toMatchObject({ provenance: 'kubernetes', area: 'kubernetes' });
    expect(found[0]?.evidence[0]?.excerpt).toContain('Insufficient memory');
  });

  it('an ask that no node is large enough for is a setting, when every node is known', () => {
    const ask = refused(FULL, 'e1', { memory: '64Gi' });
    expect(apply([ask, ...nodes])[0]).toMatchObject({
      code: 'config.resource_setting',
      values: { asked: 64 * 2 ** 30, largest: 32 * 2 ** 30 },
    });
    expect(apply([ask, nodes[0] as object as Parameters<typeof kubernetesCase>[0][number]])[0]).toMatchObject({
      code: 'scheduling.insufficient_resources',
    });
  });

  it.each([
    ["0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.", 'config.resource_setting'],
    ['0/3 nodes are available: 3 node(s) had untolerated taint {team: ml}.', 'config.resource_setting'],
    [
      '0/3 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
      'scheduling.insufficient_resources',
    ],
    ['0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.', null],
  ])('%s', (message, code) => {
    expect(apply([refused(message)])[0]).toMatchObject({ code });
  });

  it('a pod that was placed after a while has waited; at once it has not', () => {
    const placed = (at: number) => [
      pod({
        node: 'n1',
        createdAt: 10,
        conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: iso(at) }],
      }),
      event({ reason: 'FailedScheduling', message: FULL, at: 15 }),
    ];
    expect(apply(placed(310))[0]).toMatchObject({ weight: 0.6, values: { waitedMs: 300_000 } });
    expect(apply(placed(20))).toEqual([]);
  });

  it('others’ pods, other times, gates and a missing status say nothing', () => {
    expect(apply([refused(FULL)], { applicationIds: ['spark-other'] })).toEqual([]);
    expect(apply([refused(FULL)], { window: { from: 0, to: 1 } })).toEqual([]);
    const gated = { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: 'x' };
    expect(apply([pod({ conditions: [gated] })])).toEqual([]);
    expect(apply([{ kind: 'Pod', metadata: { name: 'x' } }], { applicationIds: [] })).toEqual([]);
  });
});
