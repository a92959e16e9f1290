import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BEGIN } from '../kubernetes/kubernetes-fixture.ts';
import { type Moment, openMoment, placesAside } from '../platform/contract-fixture.ts';
import type { Platform } from '../platform/platform.ts';
import type { FluidFacts } from './fluid-facts.ts';
import { judgeFluid } from './fluid-rules.ts';
import { readFluidFacts } from './read-fluid-facts.ts';
import { cachePod, dataset, load, runtime, terminated } from './rules/fluid-fixture.ts';

const signal = new AbortController().signal;
const NAMESPACE = 'train';

/** Lists as the API server gives them for one namespace; JuiceFS and Jindo are not installed there. */
const GROUP = `/apis/data.fluid.io/v1alpha1/namespaces/${NAMESPACE}`;
const LISTS: Readonly<Record<string, readonly object[]>> = {
  [`${GROUP}/datasets`]: [
    dataset({ phase: 'Bound', ufsTotal: '28.8GiB', cacheStates: { cached: '14.4GiB', cacheCapacity: '40.0GiB' } }),
    dataset(null, 'not-reconciled'),
  ],
  [`${GROUP}/alluxioruntimes`]: [runtime({ workerNumberReady: 1 })],
  [`${GROUP}/dataloads`]: [load({ phase: 'Complete' })],
  [`/api/v1/namespaces/${NAMESPACE}/pods`]: [cachePod('worker', terminated(120))],
  [`/api/v1/namespaces/${NAMESPACE}/events`]: [],
  '/api/v1/nodes': [],
};

/**
 * Fluid's objects as the API server tells them, and as `kubectl` answers that were recorded. The objects have the form of Fluid 1.0.8,
 * built from its source: no cluster with Fluid runs from packages.
 */
describe('contract: what Kubernetes tells of Fluid', () => {
  let capture = '';
  let moment: Moment;

  beforeAll(async () => {
    capture = mkdtempSync(path.join(tmpdir(), 'wherefore-fluid-'));
    mkdirSync(path.join(capture, 'http/kubernetes'), { recursive: true });
    const at = new Date(BEGIN + 600_000).toISOString().replace(/[-:]|\.\d{3}/g, '');
    const rows = Object.entries(LISTS).map(([request, items], row) => {
      const file = `http/kubernetes/${row}.json`;
      writeFileSync(path.join(capture, file), JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: {}, items }));
      return [at, 'kubernetes', `${request}?limit=500`, 200, file].join('\t');
    });
    writeFileSync(path.join(capture, 'http/index.tsv'), ['at\tservice\trequest\tstatus\tfile', ...rows, ''].join('\n'));
    moment = await openMoment(capture, { keep: () => true, hosts: 'none' });
    vi.useFakeTimers({ toFake: ['Date'], now: moment.at });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await moment.close();
    rmSync(capture, { recursive: true, force: true });
  });

  async function factsOf(platform: Platform): Promise<FluidFacts> {
    const read = await readFluidFacts(platform, [NAMESPACE], signal);
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    expect(read.notes).toEqual([]);
    return read.value;
  }
  const judged = (facts: FluidFacts) => judgeFluid(facts, { window: null, datasets: [] });

  describe.each(['recorded', 'live'] as const)('%s', (backend) => {
    it('tells datasets, runtimes, loads and the pods of the cache, one without a status too', async () => {
      const facts = await factsOf(await moment.backends[backend]());
      expect(facts.datasets.map(({ name, phase, cachedBytes }) => [name, phase, cachedBytes])).toEqual([
        ['imagenet', 'Bound', 15461882266],
        ['not-reconciled', '', null],
      ]);
      expect(facts.runtimes).toMatchObject([{ kind: 'AlluxioRuntime', workersReady: 1, workersDesired: 2 }]);
      expect(facts.loads).toMatchObject([{ dataset: 'imagenet', phase: 'Complete' }]);
      expect(facts.pods.map(({ name }) => name)).toEqual(['imagenet-worker-0']);
    });

    it('gives the rules what they prove', async () => {
      const found = judged(await factsOf(await moment.backends[backend]()));
      expect(found.map(({ code }) => code)).toEqual(['cache.worker_lost']);
      expect(found[0]?.evidence.every(({ provenance, at }) => provenance === 'kubernetes' && at !== null)).toBe(true);
    });
  });

  it('is the same on both, figures and quotes included', async () => {
    const recorded = await factsOf(await moment.backends.recorded());
    const live = await factsOf(await moment.backends.live());
    expect(placesAside(live)).toEqual(placesAside(recorded));
    expect(placesAside(judged(live))).toEqual(placesAside(judged(recorded)));
  });
});
