import { describe, expect, it } from 'vitest';
import { event, kubernetesCase, pod } from '../kubernetes-fixture.ts';
import { quotaUsedUp } from './quota-used-up.ts';

const MESSAGE =
  'Error creating: pods "ads-7d9" is forbidden: exceeded quota: ads-quota, requested: limits.memory=4Gi, used: limits.memory=62Gi, limited: limits.memory=64Gi';
const failed = (message: string) =>
  event({ reason: 'FailedCreate', message, kind: 'ReplicaSet', name: 'ads-7d9', at: 60 });
const apply = (items: Parameters<typeof kubernetesCase>[0], scope = {}) =>
  quotaUsedUp.apply(kubernetesCase(items, scope));

describe('kubernetes/quota-used-up', () => {
  it('tells quota, use and ask', () => {
    expect(apply([pod({}), failed(MESSAGE)])[0]).toMatchObject({
      kind: 'observed',
      code: 'scheduling.insufficient_resources',
      values: {
        quota: 'ads-quota',
        asked: 'limits.memory=4Gi',
        used: 'limits.memory=62Gi',
        limit: 'limits.memory=64Gi',
      },
    });
  });

  it('another refusal, another namespace and another time are left out', () => {
    expect(apply([pod({}), failed('Error creating: pods "x" is forbidden: violates PodSecurity')])).toEqual([]);
    expect(apply([failed(MESSAGE)])).toEqual([]);
    expect(apply([pod({}), failed(MESSAGE)], { window: { from: 0, to: 1 } })).toEqual([]);
  });
});
