import { describe, expect, it } from 'vitest';
import { APP, containerId, fixture, line, ranAndExited, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { launchFailedAtOnceRule } from './launch-failed-at-once.ts';

const scope = { applicationIds: [APP] };
const said = (text: string, at: number) =>
  `${line(
    at,
    'launch',
    'Container launch failed : Container exited with a non-zero exit code 1. Error file: prelaunch.err.',
    'WARN',
  )}Last 4096 bytes of stderr :\n${text}\n\n`;
const REFUSED = "Unrecognized VM option 'UseFoo'\nError: Could not create the Java Virtual Machine.";
const judge = async (nodeManagers: Record<string, string>) =>
  launchFailedAtOnceRule.apply(await typedCluster({ answers: [restApp()], nodeManagers, scope }));

describe('yarn/launch-failed-at-once', () => {
  it('sees a roll-out under a running application (recorded)', async () => {
    const id = 'application_1795256295743_0009';
    const facts = await typedCluster({
      answers: [
        { request: `/ws/v1/cluster/apps/${id}`, body: fixture('rollout.app.json') },
        { request: `/ws/v1/cluster/apps/${id}/appattempts`, body: fixture('rollout.appattempts.json') },
      ],
      nodeManagers: Object.fromEntries(
        ['bd-node11', 'bd-node12', 'bd-node13'].map((host) => [host, fixture(`rollout.${host}.node-manager.txt`)]),
      ),
      resourceManager: fixture('rollout.resource-manager.txt'),
      scope: { applicationIds: [id] },
    });
    const [finding] = launchFailedAtOnceRule.apply(facts);
    expect(finding).toMatchObject({
      code: 'config.changed',
      kind: 'observed',
      responsibility: 'platform',
      count: 5,
      values: { hosts: 'bd-node11, bd-node13', livedBefore: 1 },
    });
    expect(finding?.statement.en).toContain("VM option 'BytecodeVerificationRemote' is diagnostic");
  });

  it('infers it on several nodes without the process’s words', async () => {
    const findings = await judge({
      n1: ranAndExited(containerId(2), 5, 300, 143) + ranAndExited(containerId(3), 100, 101, 1),
      n2: ranAndExited(containerId(4), 110, 111, 1),
    });
    expect(findings[0]).toMatchObject({ code: 'config.changed', kind: 'inferred' });
  });

  it('charges the executors’ option to the application though its master came up', async () => {
    const findings = await judge({
      n1: ranAndExited(containerId(1), 1, 300, 11) + ranAndExited(containerId(2), 5, 6, 1) + said(REFUSED, 6.1),
      n2: ranAndExited(containerId(3), 7, 8, 1) + said(REFUSED, 8.1),
    });
    expect(findings).toMatchObject([{ code: 'config.resource_setting', count: 2 }]);
  });

  it('takes no program that fails early in each attempt for a roll-out', async () => {
    const findings = await judge({
      n1: ranAndExited(containerId(1), 1, 300, 1),
      n2: ranAndExited(containerId(1, 2), 310, 320, 1),
      n3: ranAndExited(containerId(1, 3), 330, 340, 1),
    });
    expect(findings).toEqual([]);
  });

  it('charges an option that never worked to the application', async () => {
    const findings = await judge({ n1: ranAndExited(containerId(1), 5, 6, 1) + said(REFUSED, 6.1) });
    expect(findings[0]).toMatchObject({
      code: 'config.resource_setting',
      kind: 'observed',
      completeStatement: 'jvm_option_refusal',
    });
  });

  it('is silent when one node alone fails without a word, when later ones work, and for programs that fail early', async () => {
    const lived = ranAndExited(containerId(2), 5, 300, 143);
    const quick = ranAndExited(containerId(3), 100, 101, 1) + ranAndExited(containerId(4), 110, 111, 1);
    expect(await judge({ n0: lived, n1: quick })).toEqual([]);
    expect(await judge({ n0: lived, n1: quick, n2: ranAndExited(containerId(5), 200, 280, 0) })).toEqual([]);
    expect(await judge({ n1: ranAndExited(containerId(1), 5, 8, 1) + said('Traceback: ValueError: x', 8.1) })).toEqual(
      [],
    );
    expect(await judge({})).toEqual([]);
  });
});
