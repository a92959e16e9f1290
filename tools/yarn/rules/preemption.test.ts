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
import { preemptionRule } from './preemption.ts';

const scope = { applicationIds: [APP] };
const taken = (number: number, at: number) =>
  line(
    at,
    'metrics',
    `Non-AM container preempted, current appAttemptId=x, containerId=${containerId(number)}, resource=<memory:2048, vCores:1>`,
  );

describe('yarn/preemption', () => {
  it('names the containers and for whom they were taken (recorded)', async () => {
    const facts = await typedCluster({
      answers: [
        { request: '/ws/v1/cluster/apps/application_1795259698281_0018', body: fixture('preemption.app.json') },
      ],
      nodeManagers: { 'bd-node11': fixture('preemption.node-manager.txt') },
      resourceManager: fixture('preemption.resource-manager.txt'),
      scope: { applicationIds: ['application_1795259698281_0018'] },
    });
    const findings = preemptionRule.apply(facts);
    expect(findings.map((finding) => finding.keys.containerId?.slice(-6))).toEqual(['000003', '000004']);
    expect(findings[0]).toMatchObject({
      code: 'scheduling.preemption',
      kind: 'observed',
      keys: { host: 'bd-node11', queue: 'adhoc' },
      values: { preemptedContainers: 2, takerQueue: 'etl', takerApplicationId: 'application_1795259698281_0019' },
    });
    expect(findings[0]?.weight).toBeCloseTo(2 / 3);
    expect(findings[0]?.evidence.at(-1)?.excerpt).toContain('Non-AM container preempted');
  });

  it('knows it from REST counts alone', async () => {
    const facts = await typedCluster({
      answers: [restApp({ numNonAMContainerPreempted: 3, preemptedResourceMB: 6144, finalStatus: 'SUCCEEDED' })],
      scope,
    });
    expect(preemptionRule.apply(facts)[0]).toMatchObject({
      code: 'scheduling.preemption',
      values: { preemptedContainers: 3 },
    });
  });

  it('is harmless before an end that the platform made for another reason', async () => {
    const breach = line(
      90,
      'monitor',
      `Container [pid=7,containerID=${containerId(1)}] is running beyond physical memory limits. Current usage: 4.1 GB of 4 GB physical memory used; 9.4 GB of 8.4 GB virtual memory used. Killing container.`,
    );
    const facts = await typedCluster({
      answers: [restApp({ state: 'FAILED', diagnostics: 'x', finishedTime: 0 })],
      nodeManagers: { n1: ranAndKilled(containerId(2), 5, 50) + breach + ranAndKilled(containerId(1), 1, 90) },
      resourceManager: taken(2, 50),
      scope,
    });
    expect(preemptionRule.apply(facts)[0]).toMatchObject({ echo: true, weight: 0.1 });
  });

  it('is refuted by counts of zero', async () => {
    const facts = await typedCluster({
      answers: [restApp()],
      nodeManagers: { n1: ranAndExited(containerId(2), 5, 50, 143) },
      scope,
    });
    const [finding] = preemptionRule.apply(facts);
    expect(finding).toMatchObject({ code: null, echo: true, weight: 0 });
    expect(finding?.refutes?.[0]?.code).toBe('scheduling.preemption');
  });

  it('says nothing where this version does not count', async () => {
    const counts = { numNonAMContainerPreempted: undefined, preemptedResourceMB: undefined };
    expect(preemptionRule.apply(await typedCluster({ answers: [restApp(counts)], scope }))).toEqual([]);
  });
});
