import { describe, expect, it } from 'vitest';
import { event, iso, kubernetesCase, pod } from '../kubernetes-fixture.ts';
import { containerNotStarting } from './container-not-starting.ts';

const waiting = (reason: string, message = '', more = {}) =>
  pod({
    phase: 'Pending',
    node: 'node7',
    status: { image: 'reg.example/spark:3.6', state: { waiting: { reason, message } }, ...more },
  });
const apply = (items: Parameters<typeof kubernetesCase>[0], scope = {}) =>
  containerNotStarting.apply(kubernetesCase(items, scope));

describe('kubernetes/container-not-starting', () => {
  it.each([
    ['manifest for reg.example/spark:3.6 not found: manifest unknown', 'config.wrong_path_or_endpoint', 'observed'],
    [
      'pull access denied, repository does not exist or may require authorization',
      'security.permission_denied',
      'inferred',
    ],
    ['dial tcp: lookup reg.example: no such host', 'network.dns_hostname', 'observed'],
    ['dial tcp 10.0.0.1:443: i/o timeout', 'network.connection_timeout', 'inferred'],
  ])('an image: %s', (why, code, kind) => {
    const [finding] = apply([
      waiting('ImagePullBackOff', 'Back-off pulling image "reg.example/spark:3.6"'),
      event({
        reason: 'Failed',
        message: `Failed to pull image "reg.example/spark:3.6": rpc error: code = Unknown desc = ${why}`,
        at: 30,
      }),
    ]);
    expect(finding).toMatchObject({
      code,
      kind,
      symptom: 'waiting',
      keys: { podName: 'ads-exec-3', applicationId: 'spark-1f2e' },
    });
    expect(finding?.evidence).toHaveLength(2);
  });

  it('a configuration that is not there, a command that does not exist', () => {
    expect(apply([waiting('CreateContainerConfigError', 'configmap "spark-conf" not found')])[0]).toMatchObject({
      code: 'config.wrong_path_or_endpoint',
    });
    const end = {
      terminated: {
        reason: 'StartError',
        exitCode: 128,
        message: 'exec: "/opt/run": no such file or directory',
        finishedAt: iso(30),
      },
    };
    expect(apply([pod({ node: 'node7', phase: 'Failed', status: { state: end } })])[0]).toMatchObject({
      code: 'config.wrong_path_or_endpoint',
    });
  });

  it('ending again and again is a symptom: how it ends is judged elsewhere', () => {
    const [finding] = apply([
      waiting('CrashLoopBackOff', 'back-off 5m0s', {
        restartCount: 7,
        lastState: { terminated: { reason: 'Error', exitCode: 1, finishedAt: iso(200) } },
      }),
    ]);
    expect(finding).toMatchObject({ code: null, symptom: 'process_crashed', values: { restarts: 7, exitCode: 1 } });
    expect(finding?.statement.en).toBe(
      'The Spark executor pod ads-exec-3 does not come up: container main ends again and again (exit code 1); it was started 7 times anew',
    );
  });

  it('of a service that many share it weighs half, and belongs to no run', () => {
    const labels = { release: 'imagenet', role: 'alluxio-worker' };
    const image = { waiting: { reason: 'ErrImagePull', message: 'manifest unknown' } };
    const [finding] = apply([pod({ labels, node: 'node7', phase: 'Pending', status: { state: image } })]);
    expect(finding).toMatchObject({ sharedService: true, weight: 0.5, code: 'config.wrong_path_or_endpoint' });
    expect(finding?.keys.applicationId).toBeUndefined();
  });

  it('creating, running, other times and no status say nothing', () => {
    expect(apply([waiting('ContainerCreating')])).toEqual([]);
    expect(apply([pod({ node: 'node7', status: { state: { running: { startedAt: iso(20) } } } })])).toEqual([]);
    expect(apply([waiting('ImagePullBackOff', 'x not found')], { window: { from: 0, to: 1 } })).toEqual([]);
    expect(apply([pod({})])).toEqual([]);
  });
});
