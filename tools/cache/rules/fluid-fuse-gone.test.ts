import { describe, expect, it } from 'vitest';
import { event, iso } from '../../kubernetes/kubernetes-fixture.ts';
import { cachePod, fluidCase, runtime, terminated } from './fluid-fixture.ts';
import { fluidFuseGone } from './fluid-fuse-gone.ts';

const apply = (items: Parameters<typeof fluidCase>[0], scope = {}) => fluidFuseGone.apply(fluidCase(items, scope));

describe('cache/fluid-fuse-gone', () => {
  it('its pod’s container ended', () => {
    expect(apply([cachePod('fuse', terminated(120, { reason: 'OOMKilled' }))])[0]).toMatchObject({
      kind: 'observed',
      code: 'cache.fuse_crash',
      keys: { host: 'gpu7', podName: 'imagenet-fuse-0' },
      at: Date.parse(iso(120)),
      values: { reason: 'OOMKilled', exitCode: 137, dataset: 'imagenet' },
    });
  });

  it('the sidecar of the application’s pod ended', () => {
    const app = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'train-0', namespace: 'train', labels: {} },
      spec: { nodeName: 'gpu7', containers: [{ name: 'train' }, { name: 'fluid-fuse' }] },
      status: {
        containerStatuses: [
          { name: 'fluid-fuse', restartCount: 1, ...terminated(60) },
          { name: 'train', ...terminated(61) },
        ],
      },
    };
    const found = apply([app]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: 'cache.fuse_crash', keys: { podName: 'train-0' } });
  });

  it('a mount that failed, pods that are not available', () => {
    const mount = event({
      reason: 'FailedMount',
      message: 'MountVolume.SetUp failed for volume "train-imagenet": fuse pod on node gpu7 is not ready',
      name: 'train-0',
      at: 60,
    });
    expect(apply([mount])[0]).toMatchObject({ kind: 'inferred', code: 'cache.fuse_crash', symptom: 'waiting' });
    expect(apply([runtime({ fuseNumberUnavailable: 1 })])[0]).toMatchObject({ kind: 'inferred', weight: 0.5 });
  });

  it('fusePhase, ends of another time, good ends and other volumes say nothing', () => {
    expect(apply([runtime({ fusePhase: 'NotReady' })])).toEqual([]);
    expect(apply([cachePod('fuse', terminated(-7200))])).toEqual([]);
    expect(apply([cachePod('fuse', terminated(7200))])).toEqual([]);
    expect(apply([cachePod('fuse', terminated(60, { exitCode: 0, reason: 'Completed' }))])).toEqual([]);
    expect(apply([event({ reason: 'FailedMount', message: 'secret "x" not found', at: 60 })])).toEqual([]);
  });
});
