import { describe, expect, it } from 'vitest';
import { event, iso, kubernetesCase, node, pod } from '../kubernetes-fixture.ts';
import { nodeTrouble } from './node-trouble.ts';

const notReady = node({
  conditions: [
    {
      type: 'Ready',
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: iso(120),
    },
  ],
});
const apply = (items: Parameters<typeof kubernetesCase>[0], scope = {}) =>
  nodeTrouble.apply(kubernetesCase(items, scope));

describe('kubernetes/node-trouble', () => {
  it('a node that went with pods of the run carries the run’s id', () => {
    expect(apply([notReady, pod({ node: 'node7' })])[0]).toMatchObject({
      kind: 'inferred',
      code: 'scheduling.spot_node_lost',
      symptom: 'node_lost',
      keys: { host: 'node7', applicationId: 'spark-1f2e' },
      values: { pods: 1 },
    });
  });

  it('one that came back is told by its events', () => {
    const told = event({
      reason: 'NodeNotReady',
      message: 'Node node7 status is now: NodeNotReady',
      kind: 'Node',
      name: 'node7',
      at: 130,
    });
    expect(apply([node({}), told, pod({ node: 'node7' })])[0]).toMatchObject({ code: 'scheduling.spot_node_lost' });
  });

  it('one that held nothing of the run is harmless', () => {
    const [finding] = apply([notReady, pod({ node: 'node8' })], { hosts: ['node7'] });
    expect(finding).toMatchObject({ echo: true, weight: 0, code: null });
  });

  it('pressure counts where nothing was evicted for it', () => {
    const low = node({
      conditions: [
        { type: 'Ready', status: 'True' },
        {
          type: 'DiskPressure',
          status: 'True',
          reason: 'KubeletHasDiskPressure',
          message: 'x',
          lastTransitionTime: iso(60),
        },
      ],
    });
    expect(apply([low, pod({ node: 'node7' })])[0]).toMatchObject({
      code: 'storage.disk_full_local',
      kind: 'inferred',
      weight: 0.3,
    });
    expect(apply([low, pod({ node: 'node7', reason: 'Evicted' })])).toEqual([]);
  });

  it('ready nodes, later times and missing status say nothing', () => {
    expect(apply([node({}), pod({ node: 'node7' })])).toEqual([]);
    expect(apply([notReady, pod({ node: 'node7' })], { window: { from: 0, to: 1 } })).toEqual([]);
    expect(apply([{ kind: 'Node', metadata: { name: 'node7' } }, pod({ node: 'node7' })])).toEqual([]);
  });
});
