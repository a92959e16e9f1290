import { describe, expect, it } from 'vitest';
import { APP, containerId, fixture, line, ranAndExited, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { nodeLostRule } from './node-lost.ts';

const scope = { applicationIds: [APP] };
const LOST = line(100, 'rmnode', 'n1:45454 Node Transitioned from RUNNING to LOST');
const on = (number: number, host: string) =>
  line(
    5,
    'scheduler',
    `Assigned container ${containerId(number)} of capacity <memory:768, vCores:1> on host ${host}:45454, which has 1 containers`,
  ) + line(6, 'rmcontainer', `${containerId(number)} Container Transitioned from ACQUIRED to RUNNING`);
const killed = (number: number) =>
  line(100.2, 'rmcontainer', `${containerId(number)} Container Transitioned from RUNNING to KILLED`);
const judge = async (resourceManager: string, fields: Record<string, unknown> = {}, nodeManagers = {}) =>
  nodeLostRule.apply(await typedCluster({ answers: [restApp(fields)], resourceManager, nodeManagers, scope }));

describe('yarn/node-lost', () => {
  it('sees the containers that went with their node', async () => {
    const [finding] = await judge(on(2, 'n1') + on(3, 'n2') + LOST + killed(2));
    expect(finding).toMatchObject({
      code: 'scheduling.spot_node_lost',
      symptom: 'node_lost',
      kind: 'observed',
      keys: { host: 'n1', containerId: containerId(2) },
      values: { lostContainers: 1, nodeState: 'LOST' },
    });
    expect(finding?.evidence.at(-1)?.excerpt).toContain('from RUNNING to LOST');
  });

  it('weighs little when the program failed by itself afterwards', async () => {
    const [finding] = await judge(on(2, 'n1') + LOST + killed(2), {
      diagnostics: 'User application exited with status 1',
    });
    expect(finding?.weight).toBeLessThanOrEqual(0.3);
  });

  it('refutes itself when nothing of the application ran there (recorded line)', async () => {
    const id = 'application_1795259698281_0015';
    const facts = await typedCluster({
      answers: [restApp({ id, startedTime: 1795260666372, finishedTime: 1795260709918 })],
      nodeManagers: { 'bd-node11': ranAndExited('container_1795259698281_0015_01_000002', 5, 50, 0) },
      resourceManager: fixture('node-lost.resource-manager.txt'),
      scope: { applicationIds: [id] },
    });
    const [finding] = nodeLostRule.apply(facts);
    expect(finding).toMatchObject({ code: null, echo: true, keys: { host: 'bd-node12' } });
    expect(finding?.refutes?.[0]?.code).toBe('scheduling.spot_node_lost');
  });

  it('is silent for nodes that were lost long before, and for containers that had ended', async () => {
    expect(await judge(on(2, 'n2') + line(-3600, 'rmnode', 'n1:45454 Node Transitioned from RUNNING to LOST'))).toEqual(
      [],
    );
    expect(await judge(LOST, {}, { n1: ranAndExited(containerId(2), 5, 50, 0) })).toEqual([]);
    expect(await judge('')).toEqual([]);
  });
});
