import { describe, expect, it } from 'vitest';
import type { HttpAnswer, Platform } from '../../../tools/platform/platform.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { investigate } from '../investigate.ts';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
type Json = Readonly<Record<string, unknown>>;

/** Objects in the form of Fluid 1.0.8, built from its source (celeborn-alluxio-fluid.md §3); nothing here is a recording. */
function fluid(cacheStates: Json | null, rest: Json = {}, runtime: Json = {}, namespace = 'train'): Json[] {
  const metadata = { name: 'imagenet', namespace };
  return [
    {
      apiVersion: 'data.fluid.io/v1alpha1',
      kind: 'Dataset',
      metadata,
      spec: { mounts: [{ mountPoint: 's3://lake/imagenet-22k' }] },
      status: { phase: 'Bound', ufsTotal: '28.80GiB', ...(cacheStates ? { cacheStates } : {}), ...rest },
    },
    {
      apiVersion: 'data.fluid.io/v1alpha1',
      kind: 'AlluxioRuntime',
      metadata,
      status: {
        masterPhase: 'Ready',
        workerPhase: 'Ready',
        masterNumberReady: 1,
        workerNumberReady: 2,
        desiredWorkerNumberScheduled: 2,
        ...runtime,
      },
    },
  ];
}

function kubernetes(items: readonly Json[]): Platform {
  const answers: HttpAnswer[] = ['datasets', 'alluxioruntimes'].map((plural) => ({
    service: 'kubernetes',
    request: `/apis/data.fluid.io/v1alpha1/${plural}?limit=500`,
    at: NOW,
    status: 200,
    body: JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: items.filter(({ kind }) => (kind === 'Dataset') === (plural === 'datasets')),
    }),
    source: `http/kubernetes/${plural}.json`,
  }));
  return {
    kind: 'capture',
    now: NOW,
    files: async () => ({ files: [], skipped: [] }),
    services: async () => ['kubernetes'],
    get: async (_, request) =>
      answers.find((answer) => answer.request === request) ?? {
        miss: 'not_recorded',
        why: { en: 'not recorded', zh: '没有录制' },
      },
    recorded: async () => answers,
  };
}

const ask = async (question: string, items: readonly Json[]): Promise<Diagnosis> =>
  await investigate({ question, platform: kubernetes(items), language: 'auto', attachments: [] });

const cached = (text: string, share: string, hits = '0.0%'): Json => ({
  cached: text,
  cachedPercentage: share,
  cacheCapacity: '40.00GiB',
  cacheHitRatio: hits,
});

describe('is a dataset of Fluid cached', () => {
  it('is answered in one sentence with Fluid’s own figures', async () => {
    const diagnosis = await ask('is dataset imagenet cached?', fluid(cached('28.80GiB', '100.0%')));
    expect(diagnosis.outcome).toBe('healthy');
    expect(diagnosis.summary).toBe(
      'Yes, imagenet is cached: 28.8 GiB of 28.8 GiB are in the cache, 100 % by Fluid’s count, room for 40 GiB, seen at 2026-11-21 12:00:00 UTC.',
    );
    const cited = diagnosis.evidence.map(({ excerpt, provenance }) => `${provenance}: ${excerpt}`).join('\n');
    expect(cited).toContain('kubernetes: "cached":"28.80GiB","cachedPercentage":"100.0%","cacheCapacity":"40.00GiB"');
  });

  it('is answered in Chinese with the same figures', async () => {
    const diagnosis = await ask('imagenet 数据集缓存了吗？', fluid(cached('28.80GiB', '100.0%')));
    expect(diagnosis.summary).toMatch(/^imagenet 已缓存：缓存中有 28.8 GiB，共 28.8 GiB，Fluid 统计为 100 %/);
  });

  it('says a part, and shows the hit ratio with its caveat without believing it', async () => {
    const diagnosis = await ask('is dataset imagenet cached?', fluid(cached('13.10GiB', '45.6%', '98.7%')));
    expect(diagnosis.outcome).toBe('needs_more');
    expect(diagnosis.summary).toMatch(
      /^Only a part of imagenet is cached: 13\.1 GiB of 28\.8 GiB are in the cache, 46 %/,
    );
    const told = (diagnosis.events ?? []).map(({ statement }) => statement).join('\n');
    expect(told).toContain('hit ratio of 98.7%; it counts bytes fetched from below as hits');
    expect(diagnosis.needed.map(({ how }) => how).join()).toContain('DataLoad');
  });

  it('says no, and names the cold cache as likely at most', async () => {
    const diagnosis = await ask('is imagenet cached?', fluid(cached('0.00B', '0.0%')));
    expect(diagnosis.summary).toMatch(/^No, imagenet is not cached: 0 B of 28\.8 GiB/);
    expect(diagnosis.rootCauses[0]?.code).toBe('cache.cold');
    expect(diagnosis.rootCauses[0]?.standing).not.toBe('confirmed');
  });

  it('tells of copies, of missing workers, and of what is not counted yet', async () => {
    const copies = await ask('is imagenet cached?', fluid(cached('57.60GiB', '200.0%')));
    expect(copies.summary).toContain('each copy is counted');
    const down = await ask('is imagenet cached?', fluid(cached('28.80GiB', '100.0%'), {}, { workerNumberReady: 1 }));
    expect(down.summary).toContain('but of 2 workers only 1 is ready');
    const early = await ask('is imagenet cached?', fluid(null, { phase: 'NotBound', ufsTotal: '[Calculating]' }));
    expect(early.summary).toContain('Fluid has not counted yet how much of imagenet is cached');
    expect(early.summary).toContain('the dataset is NotBound');
  });

  it('is known by the place it mounts, and told apart from another of its name', async () => {
    const two = [...fluid(cached('28.80GiB', '100.0%')), ...fluid(cached('0.00B', '0.0%'), {}, {}, 'test')];
    const diagnosis = await ask('is s3://lake/imagenet-22k/train cached?', two);
    expect(diagnosis.summary).toMatch(/^Yes, imagenet is cached/);
    expect(diagnosis.summary).toContain('others of that name: test/imagenet');
  });

  it('gives a command to paste for Alluxio alone, and none with a name that is no name', async () => {
    const how = async (items: readonly Json[]) => {
      const { needed } = await ask('is s3://lake/imagenet-22k/train cached?', items);
      return needed.map((need) => need.how).join();
    };
    const part = fluid(cached('13.10GiB', '45.6%'));
    expect(await how(part)).toContain('kubectl exec -n train imagenet-master-0 -- alluxio fs ls -R /');
    const otherwise = /the listing of the runtime’s own tool; a DataLoad loads the rest/;
    const changed = (from: string, to: string) => JSON.parse(JSON.stringify(part).replaceAll(from, to)) as Json[];
    for (const items of [changed('AlluxioRuntime', 'JindoRuntime'), changed('"imagenet"', '"x; reboot #"')]) {
      expect(await how(items)).toMatch(otherwise);
      expect(await how(items)).not.toContain('kubectl');
    }
  });

  it('takes the present for no earlier time, and knows nothing of another name', async () => {
    const past = await ask('was dataset imagenet cached at 03:00?', fluid(cached('28.80GiB', '100.0%')));
    expect(past.outcome).toBe('needs_more');
    expect(past.summary).toContain('Fluid tells only the present');
    const other = await ask('is dataset coco cached?', fluid(cached('28.80GiB', '100.0%')));
    expect(other.summary).toContain('Nothing can be said about coco');
  });
});
