import { describe, expect, it } from 'vitest';
import { APP, containerId, line, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { localizationFailedRule } from './localization-failed.ts';

const scope = { applicationIds: [APP] };
const judge = async (n1: string) =>
  localizationFailedRule.apply(await typedCluster({ answers: [restApp()], nodeManagers: { n1 }, scope }));

describe('yarn/localization-failed (texts typed)', () => {
  it('names a file replaced after the submission', async () => {
    const text =
      line(5, 'x.ResourceLocalizationService', `Localizer failed for ${containerId(1)}`, 'WARN') +
      'java.io.IOException: Resource hdfs://nn/user/ml/job.jar changed on src filesystem (expected 1, was 2)\n\tat x.FSDownload.copy(FSDownload.java:1)\n';
    const [finding] = await judge(text);
    expect(finding).toMatchObject({
      code: 'data.file_changed',
      symptom: 'attempt_failed',
      keys: { path: 'hdfs://nn/user/ml/job.jar' },
    });
  });

  it('is a symptom only for other reasons', async () => {
    const [finding] = await judge(
      line(5, 'container', `Container ${containerId(2)} transitioned from LOCALIZING to LOCALIZATION_FAILED`),
    );
    expect(finding).toMatchObject({ code: null, symptom: 'container_exited', keys: { containerId: containerId(2) } });
  });

  it('reads it out of the ResourceManager’s diagnostics with exit code -1000', async () => {
    const attempt = `${APP.replace('application', 'appattempt')}_000001`;
    const diagnostics = `Application ${APP} failed 1 times due to AM Container for ${attempt} exited with  exitCode: -1000\nFailing this attempt.Diagnostics: Resource hdfs://nn/a.zip changed on src filesystem (expected 1, was 2\n`;
    const facts = await typedCluster({ answers: [restApp({ state: 'FAILED', diagnostics })], scope });
    expect(localizationFailedRule.apply(facts)[0]).toMatchObject({
      code: 'data.file_changed',
      symptom: 'attempt_failed',
      evidence: [{ provenance: 'resource_manager' }],
    });
  });

  it('is silent when the files came', async () => {
    expect(
      await judge(line(5, 'container', `Container ${containerId(2)} transitioned from LOCALIZING to SCHEDULED`)),
    ).toEqual([]);
  });
});
