import { describe, expect, it } from 'vitest';
import { groupKeys, identifyGroup, isSameContainer } from './cgroup-path.ts';

const ID = 'a'.repeat(64);
const UID = '5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21';

describe('identifyGroup', () => {
  it.each([
    [
      '/hadoop-yarn/container_e12_1700000000000_0042_01_000008',
      {
        kind: 'yarn_container',
        containerId: 'container_e12_1700000000000_0042_01_000008',
        applicationId: 'application_1700000000000_0042',
      },
    ],
    [
      '/yarn/n1/hadoop-yarn/container_1700000000000_0042_01_000008/docker',
      {
        kind: 'yarn_container',
        containerId: 'container_1700000000000_0042_01_000008',
        applicationId: 'application_1700000000000_0042',
      },
    ],
    [`/kubepods/burstable/pod${UID}`, { kind: 'pod', podUid: UID }],
    [`/kubepods/burstable/pod${UID}/${ID}`, { kind: 'kubernetes_container', podUid: UID, containerId: ID }],
    [
      `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UID.replaceAll('-', '_')}.slice/cri-containerd-${ID}.scope`,
      { kind: 'kubernetes_container', podUid: UID, containerId: ID },
    ],
    [
      `/kubepods/besteffort/pod${'0'.repeat(32)}/${ID}`,
      { kind: 'kubernetes_container', podUid: '0'.repeat(32), containerId: ID },
    ],
    ['/kubepods/burstable', { kind: 'kubernetes_slice' }],
    ['/kubepods.slice/kubepods-burstable.slice', { kind: 'kubernetes_slice', unit: 'kubepods-burstable.slice' }],
    [`/docker/${ID}`, { kind: 'container', containerId: ID }],
    [`/system.slice/docker-${ID}.scope`, { kind: 'container', containerId: ID }],
    ['/system.slice/docker.service', { kind: 'unit', unit: 'docker.service' }],
    ['/hadoop-yarn', { kind: 'other' }],
    ['/', { kind: 'other' }],
  ])('%s', (path, expected) => {
    expect(identifyGroup(path)).toEqual(expected);
  });

  it('makes join keys with the path', () => {
    expect(groupKeys('/hadoop-yarn/container_1700000000000_0042_01_000008')).toEqual({
      cgroupPath: '/hadoop-yarn/container_1700000000000_0042_01_000008',
      containerId: 'container_1700000000000_0042_01_000008',
      applicationId: 'application_1700000000000_0042',
    });
  });

  it('knows two groups of one container, and never takes a pod for one of its containers', () => {
    expect(isSameContainer(`/docker/${ID}`, `/docker/${ID}/inner`)).toBe(true);
    expect(isSameContainer(`/kubepods/pod${UID}`, `/kubepods/pod${UID}/${ID}`)).toBe(false);
    expect(isSameContainer('/a', '/a')).toBe(true);
    expect(isSameContainer('/a', '/a/b')).toBe(false);
  });
});
