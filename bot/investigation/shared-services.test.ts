import { describe, expect, it } from 'vitest';
import { emptyCacheFacts } from '../../tools/cache/read-cache-facts.ts';
import { cacheCase, logOf, masterSays } from '../../tools/cache/rules/cache-fixture.ts';
import { cachePod, runtime, terminated } from '../../tools/cache/rules/fluid-fixture.ts';
import { readKubernetesState } from '../../tools/kubernetes/read-kubernetes-state.ts';
import { emptyShuffleFacts } from '../../tools/shuffle/read-shuffle-facts.ts';
import { emptyHdfsFacts } from '../../tools/storage/read-hdfs-facts.ts';
import { BEGIN, hdfsCase, WINDOW } from '../../tools/storage/rules/hdfs-fixture.ts';
import type { Scope } from './joining/scope-findings.ts';
import { judgeSharedServices, type ServedRun, type SharedServices } from './shared-services.ts';

const QUIET: SharedServices = {
  cache: emptyCacheFacts(),
  shuffle: emptyShuffleFacts(),
  hdfs: emptyHdfsFacts(),
  kubernetes: null,
};

function served(scope: Partial<Scope> = {}): ServedRun {
  return {
    scope: {
      applicationId: null,
      user: null,
      hosts: new Set(),
      containerIds: new Set(),
      groups: new Set(),
      window: WINDOW,
      ...scope,
    },
    candidate: null,
    run: null,
    logs: [],
  };
}

const codes = (services: Partial<SharedServices>, run = served()) =>
  judgeSharedServices({ ...QUIET, ...services }, run).flatMap(({ code }) => code ?? []);

/** One worker of the cache gone at 11:08, as its master says it. */
const lostWorker = cacheCase({}, [
  logOf('alx-master-0', [masterSays.here, masterSays.lost('11:08:00', 'alx-worker-1', 65_000)]),
]).facts;
const badDisk = hdfsCase({
  dataNodes: [{ host: 'dn2', after: 6, beans: { 'FSDatasetState-DS-1': { NumFailedVolumes: 2 } } }],
}).facts;

describe('what shared services did to a run', () => {
  it('is nothing where nothing was read', () => {
    expect(codes({})).toEqual([]);
  });

  it('is judged by each service apart, and all of it is told', () => {
    expect(codes({ cache: lostWorker })).toEqual(['cache.worker_lost']);
    expect(codes({ hdfs: badDisk })).toEqual(['storage.bad_disk']);
    expect(codes({ cache: lostWorker, hdfs: badDisk })).toEqual(['cache.worker_lost', 'storage.bad_disk']);
  });

  it('is of the time of the run: what a service did on another day is no finding', () => {
    const nextDay = { from: BEGIN + 86_400_000, to: BEGIN + 86_400_000 + 600_000 };
    expect(codes({ cache: lostWorker, hdfs: badDisk }, served({ window: nextDay }))).toEqual([]);
  });

  it('reads Fluid out of what Kubernetes told, and nothing of it where none was asked', () => {
    const items = [runtime({ workerNumberReady: 1 }), cachePod('worker', terminated(120))];
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const kubernetes = readKubernetesState({ body, source: 'http/kubernetes/fluid.json', at: BEGIN + 600_000 });
    expect(kubernetes).not.toBeNull();
    expect(codes({ kubernetes })).toContain('cache.worker_lost');
    expect(codes({ kubernetes: null })).toEqual([]);
  });

  it('takes the directories that the program’s own log names for what it read, and no other log’s', () => {
    const beans = {
      FSNamesystem: { MissingBlocks: 3 },
      NameNodeInfo: { CorruptFiles: '["/warehouse/ads/dt=20/part-0"]' },
    };
    const { facts: hdfs } = hdfsCase({ looks: [{ after: 5, beans }] });
    const log = (source: string, directory: string) =>
      ({
        source,
        records: [{ text: `reading ${directory}, 3 files` }],
        tail: [],
      }) as unknown as ServedRun['logs'][number];
    const logs = [log('own.log', '/warehouse/ads/dt=20'), log('other.log', '/data/other/dt=20')];
    const program = (id: string) => ({
      ...served(),
      logs,
      candidate: { id, kind: 'program' } as ServedRun['candidate'],
    });
    const kinds = (id: string) => judgeSharedServices({ ...QUIET, hdfs }, program(id)).map(({ kind }) => kind);
    expect(kinds('own.log')).toEqual(['observed']);
    expect(kinds('other.log')).toEqual(['inferred']);
  });

  it('marks what concerns many runs, so that joining needs no key of this one', () => {
    const found = judgeSharedServices({ ...QUIET, cache: lostWorker }, served());
    expect(found.filter(({ code }) => code !== null).every(({ sharedService }) => sharedService === true)).toBe(true);
  });
});
