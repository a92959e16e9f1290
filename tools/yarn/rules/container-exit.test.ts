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
import { containerExitRule } from './container-exit.ts';

const scope = { applicationIds: [APP] };
const judge = async (n1: string, resourceManager = '') =>
  containerExitRule.apply(await typedCluster({ answers: [restApp()], nodeManagers: { n1 }, resourceManager, scope }));

describe('yarn/container-exit', () => {
  it('says that a SIGKILL was not the NodeManager’s (recorded)', async () => {
    const facts = await typedCluster({
      answers: [restApp({ id: 'application_1795259698281_0005' })],
      nodeManagers: { 'bd-node12': fixture('sigkill.node-manager.txt') },
      scope: { applicationIds: ['application_1795259698281_0005'] },
    });
    const killed = containerExitRule.apply(facts).filter((finding) => finding.values.exitCode === 137);
    expect(killed[0]).toMatchObject({
      symptom: 'container_exited',
      code: null,
      values: { signal: 9, endedBy: 'itself' },
    });
    expect(killed[0]?.statement.en).toContain('the signal came from elsewhere');
  });

  it('takes 143 for what the records make of it: preempted, or of its own', async () => {
    const taken = line(
      50,
      'metrics',
      `Non-AM container preempted, current appAttemptId=x, containerId=${containerId(2)}, resource=<memory:768, vCores:1>`,
    );
    const [preempted] = await judge(ranAndKilled(containerId(2), 5, 50), taken);
    expect(preempted?.statement.en).toContain('the scheduler preempted it');
    const [own] = await judge(ranAndExited(containerId(2), 5, 50, 143));
    expect(own?.statement.en).toContain('had not asked for it');
  });

  it('leaves out containers that ended with the application, were given back, or ended well', async () => {
    const stop = line(49, 'application', `Application ${APP} transitioned from RUNNING to FINISHING_CONTAINERS_WAIT`);
    expect(await judge(stop + ranAndKilled(containerId(2), 5, 50))).toEqual([]);
    const released = line(50, 'rmcontainer', `${containerId(3)} Container Transitioned from RUNNING to RELEASED`);
    expect(await judge(ranAndKilled(containerId(3), 5, 50), released)).toEqual([]);
    expect(await judge(ranAndExited(containerId(4), 5, 50, 0))).toEqual([]);
  });

  it('marks Spark’s master that only reports as an echo', async () => {
    const [finding] = await judge(ranAndExited(containerId(1), 5, 50, 11));
    expect(finding).toMatchObject({ echo: true });
  });

  it('says nothing without containers', async () => {
    expect(await judge('')).toEqual([]);
  });
});
