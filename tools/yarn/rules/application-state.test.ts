import { describe, expect, it } from 'vitest';
import { APP, line, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { applicationStateRule } from './application-state.ts';

const scope = { applicationIds: [APP] };
const judge = async (fields: Record<string, unknown>, resourceManager = '') =>
  applicationStateRule.apply(await typedCluster({ answers: [restApp(fields)], resourceManager, scope }));

describe('yarn/application-state', () => {
  it('sees a failure with its diagnostics', async () => {
    const [finding] = await judge({});
    expect(finding).toMatchObject({ symptom: 'application_failed', code: null, kind: 'observed' });
    expect(finding?.statement.en).toContain('Max number of executor failures (4) reached');
    expect(finding?.keys).toMatchObject({
      applicationId: APP,
      applicationName: 'item_vectors',
      queue: 'ads',
      user: 'ml',
    });
  });

  it('sees a run that goes on, one that waits, and one that was killed', async () => {
    const open = { finishedTime: 0, finalStatus: 'UNDEFINED', diagnostics: '' };
    expect((await judge({ ...open, state: 'RUNNING', runningContainers: 3, allocatedMB: 9 }))[0]).toMatchObject({
      code: 'none.still_running',
      values: { runningContainers: 3 },
    });
    expect((await judge({ ...open, state: 'ACCEPTED' }))[0]).toMatchObject({ code: null, symptom: 'waiting' });
    expect((await judge({ state: 'KILLED', finalStatus: 'KILLED' }))[0]).toMatchObject({
      symptom: 'application_failed',
    });
  });

  it('calls SUCCEEDED healthy, but says what that is worth', async () => {
    const [finding] = await judge({ finalStatus: 'SUCCEEDED', diagnostics: '' });
    expect(finding).toMatchObject({ code: 'none.healthy', weight: 0.5, values: { deployMode: 'unknown' } });
    expect(finding?.statement.en).toContain('client mode');
  });

  it('believes the log where it goes on after the answer', async () => {
    const running = { state: 'RUNNING', finalStatus: 'UNDEFINED', finishedTime: 0, diagnostics: '' };
    const later = line(4000, 'rmapp', `${APP} State change from FINAL_SAVING to FAILED on event = APP_UPDATE_SAVED`);
    expect((await judge(running, later))[0]).toMatchObject({ symptom: 'application_failed' });
    const earlier = line(10, 'rmapp', `${APP} State change from ACCEPTED to RUNNING on event = ATTEMPT_REGISTERED`);
    expect((await judge(running, earlier))[0]).toMatchObject({ code: 'none.still_running' });
  });

  it('says nothing of applications that nobody asked about', async () => {
    expect(applicationStateRule.apply(await typedCluster({ answers: [restApp()] }))).toEqual([]);
    expect(applicationStateRule.apply(await typedCluster({ scope }))).toEqual([]);
  });
});
