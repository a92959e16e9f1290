import { describe, expect, it } from 'vitest';
import { APP, containerId, daemonRecords, line, restApp, typedCluster } from './fixtures/typed-cluster.ts';
import { mergeYarnRecords } from './merge-yarn-records.ts';
import { oneNamePerHost } from './one-name-per-host.ts';

describe('oneNamePerHost', () => {
  it('takes the name of the logs for the same host', () => {
    expect([...oneNamePerHost(['n1', 'n2'], ['n1.example.com', 'n2', 'n3.example.com'])]).toEqual([
      ['n1.example.com', 'n1'],
    ]);
  });

  it('leaves addresses and doubtful names alone', () => {
    expect(oneNamePerHost(['n1.a', 'n1.b'], ['n1']).size).toBe(0);
    expect(oneNamePerHost(['n1'], ['n1.a', 'n1.b']).size).toBe(0);
    expect(oneNamePerHost(['10.0.0.1'], ['10.0.0.2', '::1']).size).toBe(0);
  });

  it('joins a node’s REST answer with its log', async () => {
    const facts = await typedCluster({
      answers: [
        restApp(),
        {
          request: '/ws/v1/cluster/nodes',
          body: { nodes: { node: [{ id: 'n1.example.com:45454', nodeHostName: 'n1.example.com', state: 'RUNNING' }] } },
        },
      ],
      resourceManager: line(
        4,
        'scheduler',
        `Assigned container ${containerId(2)} of capacity <memory:768, vCores:1> on host n1.example.com:45454, which has 1 containers`,
      ),
      scope: { applicationIds: [APP] },
    });
    const log =
      line(0, 'monitor', 'Physical memory check enabled: true') +
      line(9, 'executor', `Exit code from container ${containerId(2)} is : 1`);
    const merged = mergeYarnRecords(facts, daemonRecords('node_manager', 'n1', log));
    expect(merged.nodes.map((node) => [node.host, node.state, node.checks.physical])).toEqual([
      ['n1', 'RUNNING', true],
    ]);
    expect(merged.containers.map((container) => [container.host, container.exitCode])).toEqual([['n1', 1]]);
  });
});
