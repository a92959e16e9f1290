import { describe, expect, it } from 'vitest';
import { APP, clock, line, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { submissionRejectedRule } from './submission-rejected.ts';

const MIB = 1 << 20;
const OVER = `Invalid resource request, requested memory < 0, or requested memory > max configured, requestedMemory=4096, maxMemory=2048`;
const ACL = `User bob does not have permission to submit ${APP} to queue ads`;
const judge = async (resourceManager: string, scope = {}, answers = [restApp()]) =>
  submissionRejectedRule.apply(await typedCluster({ answers, resourceManager, scope }));

describe('yarn/submission-rejected (texts typed)', () => {
  it('sees an ask over the largest container, with both sizes', async () => {
    const text =
      line(1, 'client', `Exception in submitting ${APP}`, 'WARN') +
      `org.apache.hadoop.yarn.exceptions.InvalidResourceRequestException: ${OVER}\n\tat x.y(Z.java:1)\n`;
    const [finding] = await judge(text, { applicationIds: [APP] });
    expect(finding).toMatchObject({
      code: 'config.resource_setting',
      symptom: 'submission_failed',
      values: { requestBytes: 4096 * MIB, limitBytes: 2048 * MIB },
      completeStatement: 'resource_ask_over_maximum',
    });
    expect(finding?.evidence[0]).toMatchObject({ provenance: 'resource_manager', excerpt: OVER, fromLine: 2 });
  });

  it('sees a queue closed to the user, also in REST diagnostics', async () => {
    expect((await judge(line(1, 'client', ACL, 'WARN'), { applicationIds: [APP] }))[0]).toMatchObject({
      code: 'security.permission_denied',
      keys: { user: 'bob', queue: 'ads', applicationId: APP },
      completeStatement: 'yarn_queue_acl_refusal',
    });
    const failed = [
      restApp({ state: 'FAILED', diagnostics: `Application ${APP} submitted by user ml to unknown queue: nosuch` }),
    ];
    expect((await judge('', { applicationIds: [APP] }, failed))[0]).toMatchObject({
      code: 'config.resource_setting',
      values: { queue: 'nosuch' },
    });
  });

  it('counts refusals in the window where no application is known', async () => {
    const text = line(1, 'client', ACL, 'WARN');
    expect(await judge(text, { window: { from: clock(0), to: clock(9) } })).toHaveLength(1);
    expect(await judge(text, { window: { from: clock(100), to: clock(200) } })).toEqual([]);
    expect(await judge(text, { applicationIds: ['gbdt_train.log'] })).toHaveLength(1);
  });

  it('is silent for others’ refusals, for a program’s quotation, and without any', async () => {
    expect(
      await judge(line(1, 'client', ACL.replace(APP, 'application_1_1'), 'WARN'), { applicationIds: [APP] }),
    ).toEqual([]);
    const quoted = [restApp({ diagnostics: `User class threw exception: ${ACL}` })];
    expect(await judge('', { applicationIds: [APP] }, quoted)).toEqual([]);
    expect(await judge('')).toEqual([]);
  });
});
