import { describe, expect, it } from 'vitest';
import { keysOfPath } from './keys-of-path.ts';

describe('keysOfPath', () => {
  it.each([
    [
      '/data/yarn/logs/application_1700000000000_0042/container_e12_1700000000000_0042_01_000008/stderr',
      {
        applicationId: 'application_1700000000000_0042',
        containerId: 'container_e12_1700000000000_0042_01_000008',
        applicationAttempt: 1,
      },
    ],
    ['/home/etl/yarn-logs-application_1795256295743_0006.txt', { applicationId: 'application_1795256295743_0006' }],
    ['/srv/work/app-20261121102619-0000/3/stderr', { applicationId: 'app-20261121102619-0000', executorId: '3' }],
    [
      '/var/log/pods/ads_user-profile-join-exec-3_5f1c2a34/executor/0.log',
      { podName: 'user-profile-join-exec-3', podUid: '5f1c2a34', executorId: '3' },
    ],
    [`/var/log/containers/wide-driver_ads_spark-kubernetes-driver-${'a'.repeat(64)}.log`, { podName: 'wide-driver' }],
    ['/var/log/hadoop-yarn/hadoop-yarn-nodemanager-bd-node11.log', {}],
    ['/opt/jobs/application_server.log', {}],
  ])('reads the ids of %s', (path, keys) => {
    expect(keysOfPath(path)).toEqual(keys);
  });
});
