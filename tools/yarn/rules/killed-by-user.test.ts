import { describe, expect, it } from 'vitest';
import { APP, clock, line, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { killedByUserRule } from './killed-by-user.ts';

const scope = { applicationIds: [APP] };
const audit = (at: number, user: string) =>
  line(
    at,
    'audit',
    `USER=${user}\tIP=10.0.0.7\tOPERATION=Kill Application Request\tTARGET=ClientRMService\tRESULT=SUCCESS\tAPPID=${APP}`,
  );
const judge = async (fields: Record<string, unknown>, resourceManager = '') =>
  killedByUserRule.apply(await typedCluster({ answers: [restApp(fields)], resourceManager, scope }));
const KILLED = { state: 'KILLED', finalStatus: 'KILLED' };

describe('yarn/killed-by-user', () => {
  it('names who, from where and when, by the audit line', async () => {
    const [finding] = await judge({ ...KILLED, diagnostics: 'Application killed by user.' }, audit(599, 'dr.who'));
    expect(finding).toMatchObject({
      code: 'scheduling.killed_by_user',
      kind: 'observed',
      symptom: 'application_failed',
      at: clock(599),
      values: { killedBy: 'dr.who', through: 'ClientRMService' },
    });
    expect(finding?.statement.en).toContain('from 10.0.0.7');
  });

  it('reads the 3.x sentence', async () => {
    const [finding] = await judge({
      ...KILLED,
      diagnostics: `Application ${APP} was killed by user bob at 10.0.0.9 with diagnostic message: too slow`,
    });
    expect(finding).toMatchObject({ values: { killedBy: 'bob' }, completeStatement: 'application_killed_by_user' });
  });

  it('only infers it from the state alone, and tells a lifetime apart', async () => {
    expect((await judge({ ...KILLED, diagnostics: '' }))[0]).toMatchObject({ kind: 'inferred', weight: 0.4 });
    const [old] = await judge({
      ...KILLED,
      diagnostics: 'Application is killed by ResourceManager as it has exceeded the lifetime period.',
    });
    expect(old).toMatchObject({ code: 'config.resource_setting' });
  });

  it('is silent when the request came after the end, and for other ends', async () => {
    expect(await judge({ finalStatus: 'SUCCEEDED' }, audit(700, 'bob'))).toEqual([]);
    expect(await judge({})).toEqual([]);
  });
});
