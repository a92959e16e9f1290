import { describe, expect, it } from 'vitest';
import { event, iso } from '../../kubernetes/kubernetes-fixture.ts';
import { fluidDatasetNotBound } from './fluid-dataset-not-bound.ts';
import { dataset, fluidCase, runtime } from './fluid-fixture.ts';

const apply = (items: Parameters<typeof fluidCase>[0], scope = {}) =>
  fluidDatasetNotBound.apply(fluidCase(items, scope));
const unbound = dataset({
  phase: 'NotBound',
  conditions: [
    { type: 'Ready', status: 'False', reason: 'DatasetFailedToSetup', message: 'x', lastTransitionTime: iso(-60) },
  ],
});

describe('cache/fluid-dataset-not-bound', () => {
  it.each([
    ['no runtime', [], 'there is no runtime of the same name'],
    ['no master', [runtime({ masterPhase: 'NotReady', masterNumberReady: 0 })], 'the master of its cache is not ready'],
    ['no worker', [runtime({ workerNumberReady: 0 })], 'no worker of its cache is ready'],
  ])('says why: %s', (_, items, words) => {
    const [finding] = apply([unbound, ...items]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'cache.dataset_not_bound',
      sharedService: true,
      until: null,
    });
    expect(finding?.statement.en).toContain(words);
    expect(finding?.evidence[0]).toMatchObject({
      area: 'cache',
      provenance: 'kubernetes',
      excerpt: '"phase":"NotBound"',
    });
  });

  it('takes the controller’s own words', () => {
    const told = {
      ...event({
        reason: 'ErrorProcessRuntime',
        message: 'Failed to setup ddc engine due to error x',
        kind: 'Dataset',
        name: 'imagenet',
        at: 30,
      }),
    };
    const ours = { ...told, involvedObject: { kind: 'Dataset', name: 'imagenet', namespace: 'train' } };
    expect(apply([unbound, runtime({}), ours])[0]?.statement.en).toContain('Failed to setup ddc engine');
  });

  it('speaks against it where it was bound before with master and workers', () => {
    const well = dataset({
      phase: 'Bound',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: iso(-600) }],
    });
    expect(apply([well, runtime({})])[0]?.refutes?.map(({ code }) => code)).toEqual(['cache.dataset_not_bound']);
    const later = dataset({
      phase: 'Bound',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: iso(60) }],
    });
    expect(apply([later, runtime({})])).toEqual([]);
    expect(apply([well, runtime({ workerNumberReady: 0 })])).toEqual([]);
  });

  it('no status, another dataset, and what came after say nothing', () => {
    expect(apply([dataset(null)])).toEqual([]);
    expect(apply([unbound], { datasets: ['other'] })).toEqual([]);
    const after = dataset({
      phase: 'Failed',
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: iso(4000) }],
    });
    expect(apply([after])).toEqual([]);
  });
});
