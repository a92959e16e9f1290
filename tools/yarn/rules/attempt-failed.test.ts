import { describe, expect, it } from 'vitest';
import { APP, containerId, fixture, line, ranAndKilled, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { attemptFailedRule } from './attempt-failed.ts';

const ATTEMPT = APP.replace('application', 'appattempt');
const MASTER = containerId(1);

describe('yarn/attempt-failed', () => {
  it('sees the exit status of a master’s container (recorded)', async () => {
    const id = 'application_1795259698281_0006';
    const facts = await typedCluster({
      nodeManagers: { 'bd-node11': fixture('driver-limit.node-manager.txt') },
      resourceManager: fixture('driver-limit.resource-manager.txt'),
      scope: { applicationIds: [id] },
    });
    const [finding] = attemptFailedRule.apply(facts);
    expect(finding).toMatchObject({ symptom: 'attempt_failed', code: null, values: { exitStatus: -104, attempt: 1 } });
    expect(finding?.statement.en).toContain('over the physical-memory limit');
  });

  it('calls an expiry a late heartbeat when the container was alive', async () => {
    const facts = await typedCluster({
      nodeManagers: { n1: ranAndKilled(MASTER, 5, 130) },
      resourceManager:
        line(1, 'rmapp', `${APP} State change from NEW to NEW_SAVING on event = START`) +
        line(130, 'x.AbstractLivelinessMonitor', `Expired:${ATTEMPT}_000001 Timed out after 120 secs`),
      scope: { applicationIds: [APP] },
    });
    expect(attemptFailedRule.apply(facts)[0]).toMatchObject({
      code: 'network.heartbeat_timeout',
      kind: 'observed',
      keys: { containerId: MASTER, host: 'n1' },
      values: { timeoutMs: 120_000 },
    });
  });

  it('only suggests it when the container may never have started', async () => {
    const facts = await typedCluster({
      resourceManager:
        line(1, 'rmapp', `${APP} State change from NEW to NEW_SAVING on event = START`) +
        line(130, 'x.AbstractLivelinessMonitor', `Expired:${ATTEMPT}_000001 Timed out after 120 secs`),
      scope: { applicationIds: [APP] },
    });
    expect(attemptFailedRule.apply(facts)[0]).toMatchObject({ kind: 'inferred', weight: 0.4 });
  });

  it('says nothing of attempts that ended well, or of which nothing is told', async () => {
    const well = line(
      9,
      'rmattempt',
      `Updating application attempt ${ATTEMPT}_000001 with final state: FINISHING, and exit status: -1000`,
    );
    const facts = await typedCluster({ answers: [restApp()], resourceManager: well, scope: { applicationIds: [APP] } });
    expect(attemptFailedRule.apply(facts)).toEqual([]);
  });
});
