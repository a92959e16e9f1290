import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { openWire, WIRE_FAULTS, type Wire } from '../platform/wire-fixture.ts';
import { gatherKubernetes } from './gather-kubernetes.ts';
import { event, iso, node, pod } from './kubernetes-fixture.ts';
import type { KubernetesState } from './kubernetes-state.ts';

const signal = new AbortController().signal;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Lists as the API server writes them: items name no kind, long lists are cut by `limit`. Composed; no recording. */
const list = (kind: string, items: readonly object[], next = '') =>
  JSON.stringify({
    kind: `${kind}List`,
    apiVersion: 'v1',
    metadata: { resourceVersion: '7', ...(next === '' ? {} : { continue: next, remainingItemCount: 1 }) },
    items: items.map((item) =>
      Object.fromEntries(Object.entries(item).filter(([key]) => key !== 'kind' && key !== 'apiVersion')),
    ),
  });
const ANSWERS: Readonly<Record<string, string>> = {
  '/api/v1/pods?limit=500': list('Pod', [pod({ name: 'e1', node: 'node7' })], 'eyJ2IjoiL0=='),
  '/api/v1/pods?continue=eyJ2IjoiL0%3D%3D&limit=500': list('Pod', [pod({ name: 'e2' })]),
  '/api/v1/events?limit=500': list('Event', [event({ reason: 'Killing', message: 'x', at: 5 })]),
  '/api/v1/nodes?limit=500': list('Node', [node({})]),
};

async function recorded(answers: Readonly<Record<string, string>>): Promise<Platform> {
  const root = await mkdtemp(path.join(tmpdir(), 'wherefore-kubernetes-'));
  closing.push(() => rm(root, { recursive: true, force: true }));
  await mkdir(path.join(root, 'http/kubernetes'), { recursive: true });
  const rows = Object.entries(answers).map(([request, body], at) => ({
    request,
    body,
    file: `http/kubernetes/${at}.json`,
  }));
  await Promise.all(rows.map(({ file, body }) => writeFile(path.join(root, file), body)));
  const lines = rows.map(({ request, file }) => ['20261121T110500Z', 'kubernetes', request, '200', file].join('\t'));
  await writeFile(path.join(root, 'http/index.tsv'), ['at\tservice\trequest\tstatus\tfile', ...lines, ''].join('\n'));
  return await openCapture(root);
}

async function live(services: Parameters<typeof openWire>[0]): Promise<Wire> {
  const wire = await openWire(services);
  closing.push(() => wire.close());
  return wire;
}

async function gathered(platform: Platform, namespaces: readonly string[] = []): Promise<KubernetesState> {
  const read = await gatherKubernetes(platform, { namespaces, others: [] }, signal);
  if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
  return read.value;
}

const BACKENDS: Readonly<Record<string, () => Promise<Platform>>> = {
  recorded: () => recorded(ANSWERS),
  'live over HTTP': async () =>
    (
      await live({
        kubernetes: (request) => (ANSWERS[request] === undefined ? null : { status: 200, body: ANSWERS[request] }),
      })
    ).platform,
};

describe.each(Object.entries(BACKENDS))('%s', (_, open) => {
  it('reads every page of pods, the events and the nodes', async () => {
    const state = await gathered(await open());
    expect(
      state.pods.map(({ name, node: place, component, sparkExecutor }) => [
        name,
        place,
        component?.role,
        sparkExecutor,
      ]),
    ).toEqual([
      ['e1', 'node7', 'executor', '3'],
      ['e2', null, 'executor', '3'],
    ]);
    expect(state.events.map(({ reason, uid, host, firstAt }) => [reason, uid, host, firstAt])).toEqual([
      ['Killing', 'uid-ads-exec-3', 'node7', Date.parse(iso(5))],
    ]);
    expect(state.nodes[0]).toMatchObject({ name: 'node7', allocatable: { memoryBytes: 32 * 2 ** 30, cpus: 16 } });
    expect(state.pods[0]?.evidence.excerpt).toBe('"phase":"Running"');
  });
});

describe('the API server', () => {
  it('is asked for namespaces where only those may be read, with lists and nothing else', async () => {
    const wire = await live({ kubernetes: () => ({ status: 200, body: list('Pod', []) }) });
    await gathered(wire.platform, ['ads', '../../secrets', 'UPPER']);
    expect(wire.asked.sort()).toEqual([
      'kubernetes /api/v1/namespaces/ads/events?limit=500',
      'kubernetes /api/v1/namespaces/ads/pods?limit=500',
      'kubernetes /api/v1/nodes?limit=500',
    ]);
  });

  it('that cuts without end is left after twenty pages, and that is told', async () => {
    const wire = await live({
      kubernetes: (request) => ({
        status: 200,
        body: list('Pod', [], request.includes('/pods') ? String(Math.random()) : ''),
      }),
    });
    const read = await gatherKubernetes(wire.platform, { namespaces: [], others: [] }, signal);
    expect(wire.asked.filter((line) => line.includes('/pods'))).toHaveLength(20);
    expect(read).toMatchObject({ notes: [{ en: expect.stringContaining('more than 10000 objects') }] });
  });

  it.each(Object.entries(WIRE_FAULTS))('%s for pods costs one note; nodes are read', async (_, fault) => {
    const wire = await live({
      kubernetes: (request) => (request.includes('/pods') ? fault : { status: 200, body: list('Node', [node({})]) }),
    });
    const began = Date.now();
    const read = await gatherKubernetes(wire.platform, { namespaces: [], others: [] }, signal);
    expect(Date.now() - began).toBeLessThan(8_000);
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    expect(read.value.nodes).toHaveLength(1);
    expect(read.value.pods).toEqual([]);
    expect(read.notes).toHaveLength(1);
  });

  it('without any is not configured; objects without status and hostile keys are read as far as they go', async () => {
    expect(await gatherKubernetes((await live({})).platform, { namespaces: [], others: [] }, signal)).toMatchObject({
      outcome: 'failed',
      retryable: false,
    });
    const odd =
      '{"kind":"PodList","items":[{"metadata":{"name":"a","labels":{"__proto__":"x"}}},7,null,{"status":{"conditions":"no","containerStatuses":[{"state":{"terminated":{"exitCode":"9"}}}]}}]}';
    const wire = await live({ kubernetes: () => ({ status: 200, body: odd }) });
    const state = await gathered(wire.platform);
    expect(state.pods.map(({ name, phase, containers }) => [name, phase, containers.length])).toEqual([
      ['a', '', 0],
      ['', '', 1],
    ]);
  });
});

describe('looks over time', () => {
  it('keep every end of a container that any of them shows, and that a node was away', async () => {
    const ended = (at: number) => ({
      restartCount: 1,
      lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: iso(at) } },
    });
    const away = [{ type: 'Ready', status: 'Unknown', lastTransitionTime: iso(100) }];
    const root = await mkdtemp(path.join(tmpdir(), 'wherefore-looks-'));
    closing.push(() => rm(root, { recursive: true, force: true }));
    await mkdir(path.join(root, 'http'));
    const looks = [
      ['20261121T110500Z', list('Pod', [pod({ node: 'node7', status: ended(200) })]), 'pods'],
      ['20261121T110500Z', list('Node', [node({ conditions: away })]), 'nodes'],
      ['20261121T111000Z', list('Pod', [pod({ node: 'node7', status: ended(400) })]), 'pods'],
      ['20261121T111000Z', list('Node', [node({})]), 'nodes'],
    ];
    await Promise.all(looks.map(([, body], at) => writeFile(path.join(root, `http/${at}.json`), body ?? '')));
    const lines = looks.map(([at, , of], row) =>
      [at, 'kubernetes', `/api/v1/${of}`, '200', `http/${row}.json`].join('\t'),
    );
    await writeFile(path.join(root, 'http/index.tsv'), ['at\tservice\trequest\tstatus\tfile', ...lines, ''].join('\n'));
    const state = await gathered(await openCapture(root));
    expect(state.pods).toHaveLength(1);
    expect(state.pods[0]?.containers[0]?.ends.map(({ finishedAt }) => finishedAt)).toEqual([
      Date.parse(iso(200)),
      Date.parse(iso(400)),
    ]);
    expect(state.nodes[0]?.conditions.map(({ status }) => status)).toEqual(['Unknown', 'True']);
  });
});

describe('kubectl files on a host', () => {
  it('are found by their content', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'wherefore-kubectl-'));
    closing.push(() => rm(root, { recursive: true, force: true }));
    const folder = path.join(root, 'hosts/gw1/@20261121T110300Z/srv/dumps');
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, 'all.json'),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pod({}), node({})] }),
    );
    await writeFile(path.join(folder, 'other.json'), '{"kind":"x","hello":1}');
    const state = await gathered(await openCapture(root));
    expect([state.pods.length, state.nodes.length, state.pods[0]?.seenAt]).toEqual([
      1,
      1,
      Date.UTC(2026, 10, 21, 11, 3),
    ]);
  });
});
