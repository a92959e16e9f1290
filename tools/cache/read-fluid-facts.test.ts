import { afterEach, describe, expect, it } from 'vitest';
import { openWire, type Wire, type WireAnswer } from '../platform/wire-fixture.ts';
import { judgeFluid } from './fluid-rules.ts';
import { readFluidFacts } from './read-fluid-facts.ts';
import { cachePod, dataset, load, runtime, terminated } from './rules/fluid-fixture.ts';

const signal = new AbortController().signal;
let wire: Wire | null = null;
afterEach(async () => await wire?.close());

const list = (kind: string, ...items: object[]): WireAnswer => ({
  status: 200,
  body: JSON.stringify({ apiVersion: 'v1', kind, metadata: {}, items }),
});

describe('Fluid over HTTP (a fake that speaks its form, built from source, not recorded)', () => {
  it('reads datasets, runtimes, loads and pods, and asks lists only', async () => {
    wire = await openWire({
      kubernetes: (request) => {
        if (request.includes('/datasets'))
          return list('List', dataset({ phase: 'Bound', ufsTotal: '28.8GiB', cacheStates: { cached: '14.4GiB' } }));
        if (request.includes('/alluxioruntimes')) return list('List', runtime({ workerNumberReady: 1 }));
        if (request.includes('/dataloads')) return list('List', load({ phase: 'Complete' }));
        if (request.includes('/pods')) return list('PodList', cachePod('worker', terminated(120)));
        return request.startsWith('/api/v1') ? list('List') : null;
      },
    });
    const read = await readFluidFacts(wire.platform, ['train'], signal);
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    expect(read.value.datasets[0]).toMatchObject({
      name: 'imagenet',
      totalBytes: 30923764531,
      cachedBytes: 15461882266,
    });
    expect(read.value.runtimes[0]).toMatchObject({ kind: 'AlluxioRuntime', workersReady: 1, workersDesired: 2 });
    expect(read.value.loads.map(({ dataset: of, phase }) => [of, phase])).toEqual([['imagenet', 'Complete']]);
    expect(judgeFluid(read.value, { window: null, datasets: [] }).map(({ code }) => code)).toEqual([
      'cache.worker_lost',
    ]);
    // JuiceFS and Jindo are not installed there: 404, and no note.
    expect(read.notes).toEqual([]);
    expect(
      wire.asked.every((line) =>
        /^kubernetes \/(?:api\/v1|apis\/data\.fluid\.io\/v1alpha1)\/[\w/]+\?limit=500$/.test(line),
      ),
    ).toBe(true);
  });

  it('a cluster without Fluid is no data; one that refuses is told', async () => {
    wire = await openWire({ kubernetes: (request) => (request.startsWith('/apis') ? null : list('List')) });
    expect((await readFluidFacts(wire.platform, [], signal)).outcome).toBe('no_data');
    await wire.close();
    wire = await openWire({ kubernetes: () => ({ status: 403, body: '{"kind":"Status","code":403}' }) });
    expect(await readFluidFacts(wire.platform, [], signal)).toMatchObject({
      outcome: 'failed',
      why: { en: expect.stringContaining('does not let us list') },
    });
  });
});
