import { describe, expect, it } from 'vitest';
import {
  APP,
  containerId,
  fixture,
  line,
  ranAndExited,
  ranAndKilled,
  restApp,
  typedCluster,
} from '../fixtures/typed-cluster.ts';
import { containerMemoryLimitRule } from './container-memory-limit.ts';

const MIB = 1 << 20;
const scope = { applicationIds: [APP] };
const old = (number: number, kind: 'physical' | 'virtual') =>
  line(
    50,
    'monitor',
    `Container [pid=7,containerID=${containerId(number)}] is running beyond ${kind} memory limits. Current usage: 4.1 GB of 4 GB physical memory used; 9.4 GB of 8.4 GB virtual memory used. Killing container.`,
    'WARN',
  );
const judge = async (n1: string, fields: Record<string, unknown> = {}) =>
  containerMemoryLimitRule.apply(await typedCluster({ answers: [restApp(fields)], nodeManagers: { n1 }, scope }));

describe('yarn/container-memory-limit', () => {
  it('proves the driver’s kill that ended the application (recorded)', async () => {
    const facts = await typedCluster({
      answers: [
        { request: '/ws/v1/cluster/apps/application_1795259698281_0006', body: fixture('driver-limit.app.json') },
        {
          request: '/ws/v1/cluster/apps/application_1795259698281_0006/appattempts',
          body: fixture('driver-limit.appattempts.json'),
        },
      ],
      nodeManagers: { 'bd-node11': fixture('driver-limit.node-manager.txt') },
      resourceManager: fixture('driver-limit.resource-manager.txt'),
      scope: { applicationIds: ['application_1795259698281_0006'] },
    });
    const [finding] = containerMemoryLimitRule.apply(facts);
    expect(finding).toMatchObject({
      code: 'memory.container_physical_limit',
      kind: 'observed',
      symptom: 'attempt_failed',
      weight: 1,
      keys: { containerId: 'container_1795259698281_0006_01_000001', host: 'bd-node11', pid: 13836 },
      values: { usedBytes: 813 * MIB, limitBytes: 768 * MIB, overBytes: 47_140_864, role: 'driver' },
      completeStatement: 'node_manager_beyond_limit',
    });
    expect(finding?.evidence[0]).toMatchObject({ provenance: 'node_manager' });
  });

  it('finds the same in the ResourceManager’s diagnostics alone', async () => {
    const facts = await typedCluster({
      answers: [
        { request: '/ws/v1/cluster/apps/application_1795259698281_0006', body: fixture('driver-limit.app.json') },
      ],
      scope: { applicationIds: ['application_1795259698281_0006'] },
    });
    const [finding] = containerMemoryLimitRule.apply(facts);
    expect(finding).toMatchObject({
      code: 'memory.container_physical_limit',
      weight: 1,
      values: { usedBytes: 813 * MIB },
    });
    expect(finding?.evidence[0]?.provenance).toBe('resource_manager');
  });

  it('tells virtual from physical in the 2.x words', async () => {
    const both =
      ranAndKilled(containerId(2), 5, 51) +
      old(2, 'physical') +
      ranAndKilled(containerId(3), 5, 51) +
      old(3, 'virtual');
    expect((await judge(both)).map((finding) => [finding.code, finding.keys.containerId])).toEqual([
      ['memory.container_physical_limit', containerId(2)],
      ['memory.virtual_limit', containerId(3)],
    ]);
  });

  it('weighs by the share of the containers that failed', async () => {
    const one = ranAndKilled(containerId(2), 5, 51) + old(2, 'physical');
    const others = [3, 4, 5].map((number) => ranAndExited(containerId(number), 5, 60, 52)).join('');
    expect((await judge(one))[0]?.weight).toBe(1);
    expect((await judge(one + others))[0]?.weight).toBe(0.25);
    const user = { diagnostics: 'User application exited with status 1' };
    expect((await judge(one + others, user))[0]?.weight).toBeCloseTo(0.225);
  });

  it('takes exit status -104 without the sentence', async () => {
    const diagnostics = `Application ${APP} failed 1 times due to AM Container for ${APP.replace('application', 'appattempt')}_000001 exited with  exitCode: -104`;
    const [finding] = await judge('', { state: 'FAILED', diagnostics });
    expect(finding).toMatchObject({ code: 'memory.container_physical_limit', symptom: 'attempt_failed' });
    expect(finding?.completeStatement).toBeUndefined();
  });

  it('is silent for 137 and 143 alone, and for words that the program quotes', async () => {
    expect(await judge(ranAndExited(containerId(2), 5, 50, 137) + ranAndKilled(containerId(3), 5, 50))).toEqual([]);
    const quoted = `User class threw exception: x: Container [pid=7,containerID=${containerId(1)}] is running beyond physical memory limits. Current usage: 4.1 GB of 4 GB physical memory used; 9.4 GB of 8.4 GB virtual memory used.`;
    expect(await judge('', { diagnostics: quoted })).toEqual([]);
    expect(await judge('')).toEqual([]);
  });
});
