import { describe, expect, it } from 'vitest';
import { cachePod, fluidCase, runtime, terminated } from './fluid-fixture.ts';
import { fluidWorkersMissing } from './fluid-workers-missing.ts';

const apply = (items: Parameters<typeof fluidCase>[0], scope = {}) =>
  fluidWorkersMissing.apply(fluidCase(items, scope));

describe('cache/fluid-workers-missing', () => {
  it('a worker ended in that time; counted with the others', () => {
    const found = apply([cachePod('worker', terminated(120)), runtime({ workerNumberReady: 1 })]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'observed', code: 'cache.worker_lost', keys: { host: 'gpu7' } });
    expect(found[0]?.statement.en).toBe(
      'Worker imagenet-worker-0 of dataset imagenet ended (exit code 137); 1 of 2 are ready',
    );
  });

  it('fewer ready than wanted: when they went is not told', () => {
    expect(apply([runtime({ workerNumberReady: 1 })])[0]).toMatchObject({ kind: 'inferred', weight: 0.4 });
    expect(apply([runtime({ workerNumberReady: 0 })])[0]).toMatchObject({ weight: 0.8 });
  });

  it('all ready, no figures, another time and another dataset say nothing', () => {
    expect(apply([runtime({})])).toEqual([]);
    expect(apply([runtime({ workerNumberReady: null })])).toEqual([]);
    expect(apply([runtime({ workerNumberReady: 1 })], { window: { from: 0, to: 1 } })).toEqual([]);
    expect(apply([cachePod('worker', terminated(120))], { datasets: ['other'] })).toEqual([]);
  });
});
