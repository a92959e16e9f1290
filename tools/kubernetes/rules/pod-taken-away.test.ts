import { describe, expect, it } from 'vitest';
import { event, iso, kubernetesCase, node, pod } from '../kubernetes-fixture.ts';
import { podTakenAway } from './pod-taken-away.ts';

const disrupted = (reason: string) =>
  pod({
    node: 'node7',
    priority: 0,
    phase: 'Failed',
    conditions: [{ type: 'DisruptionTarget', status: 'True', reason, message: 'x', lastTransitionTime: iso(100) }],
  });
const apply = (items: Parameters<typeof kubernetesCase>[0], scope = {}) =>
  podTakenAway.apply(kubernetesCase(items, scope));

describe('kubernetes/pod-taken-away', () => {
  it('preemption, with who took the place', () => {
    const taker = pod({ name: 'etl-driver', uid: 'u-9', priority: 1000, labels: {} });
    const [finding] = apply([
      disrupted('PreemptionByScheduler'),
      taker,
      event({ reason: 'Preempted', message: 'Preempted by pod u-9 on node node7', at: 100 }),
    ]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'scheduling.preemption',
      symptom: 'executor_lost',
      values: { by: 'ads/etl-driver' },
    });
    expect(finding?.statement.en).toBe(
      'The Spark executor pod ads-exec-3 was preempted by ads/etl-driver (priority 1000 over 0)',
    );
  });

  it.each([
    ['DeletionByTaintManager', 'scheduling.spot_node_lost', 'observed'],
    ['DeletionByPodGC', 'scheduling.spot_node_lost', 'observed'],
    ['EvictionByEvictionAPI', null, 'inferred'],
  ])('%s', (reason, code, kind) => {
    expect(apply([disrupted(reason)])[0]).toMatchObject({ code, kind });
  });

  it('a drain of a cordoned node, a shutdown of a node, a lost one of older versions', () => {
    expect(apply([disrupted('EvictionByEvictionAPI'), node({ unschedulable: true })])[0]).toMatchObject({
      code: 'scheduling.spot_node_lost',
    });
    const shut = pod({
      node: 'node7',
      phase: 'Failed',
      reason: 'Terminated',
      message: 'Pod was terminated in response to imminent node shutdown.',
    });
    expect(apply([shut])[0]).toMatchObject({ code: 'scheduling.spot_node_lost', kind: 'observed' });
    expect(apply([pod({ node: 'node7', reason: 'NodeLost' })])[0]).toMatchObject({ code: 'scheduling.spot_node_lost' });
  });

  it('evictions for memory or disk, cancelled ones, others and other times are left out', () => {
    expect(apply([disrupted('TerminationByKubelet')])).toEqual([]);
    expect(
      apply([pod({ node: 'node7', reason: 'Evicted', message: 'The node was low on resource: memory.' })]),
    ).toEqual([]);
    expect(
      apply([
        pod({ node: 'node7' }),
        event({ reason: 'TaintManagerEviction', message: 'Cancelling deletion of Pod ads/ads-exec-3', at: 60 }),
      ]),
    ).toEqual([]);
    expect(apply([disrupted('PreemptionByScheduler')], { applicationIds: ['spark-x'] })).toEqual([]);
    expect(apply([disrupted('PreemptionByScheduler')], { window: { from: 0, to: 1 } })).toEqual([]);
  });
});
