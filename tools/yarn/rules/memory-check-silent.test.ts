import { describe, expect, it } from 'vitest';
import {
  APP,
  containerId,
  line,
  ranAndExited,
  ranAndKilled,
  restApp,
  typedCluster,
} from '../fixtures/typed-cluster.ts';
import { memoryCheckSilentRule } from './memory-check-silent.ts';

const scope = { applicationIds: [APP] };
const ON = line(0, 'monitor', 'Physical memory check enabled: true');
const LOOSE = line(0, 'monitor', 'Strict memory control enabled: false');
const judge = async (n1: string) =>
  memoryCheckSilentRule.apply(await typedCluster({ answers: [restApp()], nodeManagers: { n1 }, scope }));

describe('yarn/memory-check-silent', () => {
  it('refutes the memory check for a container killed by somebody else', async () => {
    const [finding] = await judge(ON + LOOSE + ranAndExited(containerId(2), 5, 50, 137));
    expect(finding).toMatchObject({ echo: true, weight: 0, keys: { containerId: containerId(2) } });
    expect(finding?.refutes?.[0]?.code).toBe('memory.container_physical_limit');
  });

  it('is silent where strict control may be on, where the check is off, and where it spoke', async () => {
    const killed = ranAndExited(containerId(2), 5, 50, 137);
    expect(await judge(ON + killed)).toEqual([]);
    expect(await judge(ON + line(0, 'monitor', 'Strict memory control enabled: true') + killed)).toEqual([]);
    expect(await judge(line(0, 'monitor', 'Physical memory check enabled: false') + LOOSE + killed)).toEqual([]);
    const spoke = line(
      50,
      'monitor',
      `Container [pid=7,containerID=${containerId(2)}] is running beyond physical memory limits. Current usage: 4.1 GB of 4 GB physical memory used; 9.4 GB of 8.4 GB virtual memory used. Killing container.`,
    );
    expect(await judge(ON + LOOSE + spoke + ranAndKilled(containerId(2), 5, 51))).toEqual([]);
  });

  it('is silent for exits that are no signal, and without the node’s log', async () => {
    expect(await judge(ON + LOOSE + ranAndExited(containerId(2), 5, 50, 52))).toEqual([]);
    expect(await judge('')).toEqual([]);
  });
});
