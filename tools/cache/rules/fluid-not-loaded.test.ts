import { describe, expect, it } from 'vitest';
import { iso } from '../../kubernetes/kubernetes-fixture.ts';
import { dataset, fluidCase, load } from './fluid-fixture.ts';
import { fluidNotLoaded } from './fluid-not-loaded.ts';

const apply = (items: Parameters<typeof fluidCase>[0], scope = {}) => fluidNotLoaded.apply(fluidCase(items, scope));
const bound = dataset({ phase: 'Bound', ufsTotal: '[Calculating]' });
const cached = (amount: string, more = {}) =>
  dataset({
    phase: 'Bound',
    ufsTotal: '28.80GiB',
    cacheStates: { cached: amount, cacheCapacity: '60.00GiB', cacheHitRatio: '99.0%', ...more },
  });

describe('cache/fluid-not-loaded', () => {
  it.each([
    [
      'failed',
      {
        phase: 'Failed',
        conditions: [{ type: 'Failed', status: 'True', message: 'pod failed', lastTransitionTime: iso(-300) }],
      },
    ],
    ['was not through', { phase: 'Executing' }],
    [
      'only after',
      { phase: 'Complete', conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: iso(300) }] },
    ],
  ])('a preload that %s', (words, status) => {
    const [finding] = apply([bound, load(status)]);
    expect(finding).toMatchObject({ kind: 'inferred', code: 'cache.cold', weight: 0.6 });
    expect(finding?.statement.en).toContain(words);
  });

  it('little of the data in the cache, whatever the hit ratio says', () => {
    expect(apply([cached('0.00B')])[0]).toMatchObject({ code: 'cache.cold', weight: 0.4, values: { cachedBytes: 0 } });
    expect(apply([cached('20.10GiB', { cacheHitRatio: '0.0%' })])).toEqual([]);
  });

  it('a preload that was through in time, one without a status, and one that came later say nothing', () => {
    const done = {
      phase: 'Complete',
      conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: iso(-300) }],
    };
    expect(apply([bound, load(done)])).toEqual([]);
    expect(apply([bound, load(null)])).toEqual([]);
    expect(apply([bound, load({ phase: 'Executing' }, 7200)])).toEqual([]);
    expect(apply([bound])).toEqual([]);
    expect(apply([bound, load({ phase: 'Failed' })], { datasets: ['other'] })).toEqual([]);
  });
});
