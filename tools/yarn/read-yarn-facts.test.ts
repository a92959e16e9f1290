import { describe, expect, it } from 'vitest';
import { ANSWERED_AT, APP, clock, fixture, restApp, typedPlatform } from './fixtures/typed-cluster.ts';
import { readYarnFacts } from './read-yarn-facts.ts';

const MIB = 1 << 20;

async function ok(answers: Parameters<typeof typedPlatform>[0], scope = {}) {
  const read = await readYarnFacts(typedPlatform(answers), scope);
  if (read.outcome !== 'ok') throw new Error(`not ok: ${JSON.stringify(read)}`);
  return read.value;
}

describe('readYarnFacts', () => {
  it('cannot look where no ResourceManager is', async () => {
    expect(await readYarnFacts(typedPlatform([]), {})).toMatchObject({ outcome: 'failed', retryable: false });
  });

  it('answers one application out of the list recorded, and takes the later sample', async () => {
    const list = (state: string, at: number) => ({
      request: '/ws/v1/cluster/apps',
      at,
      body: { apps: { app: [{ id: APP, name: 'a', state, finalStatus: 'UNDEFINED', diagnostics: `said ${state}` }] } },
    });
    const facts = await ok([list('ACCEPTED', 5), list('RUNNING', 9)], { applicationIds: [APP] });
    expect(facts.asked).toEqual([APP]);
    expect(facts.applications[0]).toMatchObject({ state: 'RUNNING', sampledAt: 9 });
    expect(facts.applications[0]?.samples.map((sample) => sample.state)).toEqual(['ACCEPTED', 'RUNNING']);
  });

  it('cuts evidence byte for byte from the raw body', async () => {
    const body = fixture('driver-limit.app.json');
    const request = '/ws/v1/cluster/apps/application_1795259698281_0006';
    const facts = await ok([{ request, body }]);
    const { evidence } = facts.applications[0] ?? {};
    for (const piece of [evidence?.state, evidence?.diagnostics, evidence?.preempted]) {
      expect(body).toContain(piece?.excerpt ?? '?');
      expect(piece).toMatchObject({ provenance: 'resource_manager', fromLine: 1 });
    }
    expect(evidence?.state.excerpt).toMatch(/^"id":"application_1795259698281_0006".*"finalStatus":"FAILED"$/);
    expect(evidence?.preempted?.excerpt).toContain('"numNonAMContainerPreempted":1');
    expect(facts.applications[0]).toMatchObject({
      queue: 'adhoc',
      user: 'bi',
      amHost: 'bd-node11',
      finishedAt: 1795260222685,
      preempted: { nonAmContainers: 1, memoryBytes: 768 * MIB },
    });
  });

  it('reads Capacity queues with AM limit and users (recorded)', async () => {
    const facts = await ok([
      { request: '/ws/v1/cluster/scheduler', body: fixture('am-share.scheduler.json') },
      { request: '/ws/v1/cluster/metrics', body: fixture('am-share.metrics.json') },
    ]);
    const ads = facts.queues.find((queue) => queue.path === 'root.ads');
    expect(ads).toMatchObject({
      leaf: true,
      state: 'RUNNING',
      amUsed: { memoryBytes: 1536 * MIB },
      absoluteMaxPercent: 80,
      pendingContainers: 2,
      maximumAllocation: { memoryBytes: 2560 * MIB, vcores: 4 },
    });
    expect(ads?.amEvidence?.excerpt).toMatch(/^"AMResourceLimit"/);
    expect(facts.cluster).toMatchObject({ availableMemoryBytes: 1536 * MIB, activeNodes: 3 });
  });

  it('reads Fair queues (typed from D4)', async () => {
    const child = {
      type: 'fairSchedulerLeafQueueInfo',
      queueName: 'root.ads',
      maxResources: { memory: 4096, vCores: 4 },
      usedResources: { memory: 4096, vCores: 4 },
      fairResources: { memory: 2048, vCores: 2 },
      amMaxResources: { memory: 1024, vCores: 1 },
      amUsedResources: { memory: 1024, vCores: 1 },
      numPendingApps: 2,
      preemptable: false,
    };
    const root = { queueName: 'root', maxResources: { memory: 8192, vCores: 8 }, childQueues: { queue: [child] } };
    const facts = await ok([
      {
        request: '/ws/v1/cluster/scheduler',
        body: { scheduler: { schedulerInfo: { type: 'fairScheduler', rootQueue: root } } },
      },
    ]);
    expect(facts.queues.map((queue) => queue.path)).toEqual(['root', 'root.ads']);
    expect(facts.queues[1]).toMatchObject({
      scheduler: 'fair',
      name: 'ads',
      used: { memoryBytes: 4096 * MIB },
      guaranteed: { memoryBytes: 2048 * MIB },
      pendingApplications: 2,
      preemptionDisabled: true,
    });
  });

  it('reads nested Fair queues: ceilings of parents, sums of children, AM share (Hadoop 3.3.6)', async () => {
    const { queues } = await ok([{ request: '/ws/v1/cluster/scheduler', body: fixture('fair.scheduler.json') }]);
    const [ads, hourly, etl] = ['root.ads', 'root.ads.hourly', 'root.etl'].map((path) =>
      queues.find((queue) => queue.path === path),
    );
    // The leaf prints 2 GiB of its own; its parent may hold 1 GiB.
    expect(hourly).toMatchObject({
      leaf: true,
      used: { memoryBytes: 512 * MIB },
      max: { memoryBytes: 1024 * MIB, vcores: 2 },
      amLimit: { memoryBytes: 512 * MIB },
      amUsed: { memoryBytes: 512 * MIB },
      activeApplications: 1,
      pendingApplications: 2,
      maxApplications: null,
    });
    expect(ads).toMatchObject({ leaf: false, activeApplications: 1, pendingApplications: 2, amLimit: null });
    // Nobody asks in it: its share of the moment is zero, its steady one is not.
    expect(etl).toMatchObject({ guaranteed: { memoryBytes: 1152 * MIB }, pendingApplications: 0 });
  });

  it('survives NaN, missing fields and numbers written as text', async () => {
    const facts = await ok([
      {
        request: '/ws/v1/cluster/apps',
        body: `{"apps":{"app":[{"id":"${APP}","queueUsagePercentage":NaN,"allocatedMB":"768","state":"ODD"},{"name":"no id"}]}}`,
      },
    ]);
    expect(facts.applications).toHaveLength(1);
    expect(facts.applications[0]).toMatchObject({
      state: 'UNKNOWN',
      queueUsagePercent: null,
      allocated: { memoryBytes: 768 * MIB },
      preempted: null,
      startedAt: null,
    });
  });

  it('uses the list where the single answer is a 404, and says so of an id that neither has', async () => {
    const list = {
      request: `/ws/v1/cluster/apps?limit=5000&startedTimeBegin=${ANSWERED_AT - 86_400_000}&startedTimeEnd=${ANSWERED_AT}`,
      body: { apps: { app: [{ id: APP, name: 'a', state: 'RUNNING' }] } },
    };
    const gone = { RemoteException: { message: `app with id: ${APP} not found` } };
    const answers = [list, { request: `/ws/v1/cluster/apps/${APP}`, status: 404, body: gone }];
    const found = await readYarnFacts(typedPlatform(answers, 'live'), { applicationIds: [APP] });
    expect(found).toMatchObject({ outcome: 'ok', value: { asked: [APP], skipped: [] } });
    const other = APP.replace(/\d$/, '9');
    const missing = await readYarnFacts(typedPlatform([list], 'live'), { applicationIds: [other] });
    expect(missing).toMatchObject({ outcome: 'ok', value: { asked: [] } });
    if (missing.outcome === 'ok')
      expect(missing.notes.map(({ en }) => en)).toContain(
        `the ResourceManager knows 1 application, none of them ${other}`,
      );
  });

  it('says what a page, a standby and a refusal were, once each, and goes on', async () => {
    const facts = await ok([
      { request: '/ws/v1/cluster/nodes', body: '<!DOCTYPE html><html>login</html>' },
      {
        request: '/ws/v1/cluster/metrics',
        body: 'This is standby RM. Redirecting to the current active RM',
        status: 200,
      },
      {
        request: '/ws/v1/cluster/scheduler',
        body: { RemoteException: { message: 'User is not allowed' } },
        status: 403,
      },
      restApp(),
    ]);
    const said = facts.skipped.map((note) => note.en).join('\n');
    expect(said).toContain('HTML');
    expect(said).toContain('standby');
    expect(said).toContain('User is not allowed');
    expect(facts.applications).toHaveLength(1);
  });

  it('takes the other ResourceManager when one is on standby', async () => {
    const facts = await ok([
      { service: 'yarn-rm@rm1', request: '/ws/v1/cluster/metrics', body: 'This is standby RM.' },
      {
        service: 'yarn-rm@rm2',
        request: '/ws/v1/cluster/metrics',
        body: { clusterMetrics: { totalMB: 10, availableMB: 4 } },
      },
    ]);
    expect(facts.cluster?.totalMemoryBytes).toBe(10 * MIB);
  });

  it('keeps the cluster and says so when an id or a name is unknown', async () => {
    const facts = await ok([restApp()], { applicationIds: ['application_1_1'] });
    expect(facts.asked).toEqual([]);
    expect(facts.skipped.at(-1)?.en).toContain('none of them application_1_1');
  });

  it('knows empty lists of 2.x and 3.x, and reads what is whole of a cut one', async () => {
    const metrics = { request: '/ws/v1/cluster/metrics', body: { clusterMetrics: { totalMB: 1 } } };
    expect((await ok([metrics, { request: '/ws/v1/cluster/apps', body: '{"apps":null}' }])).skipped).toEqual([]);
    expect((await ok([metrics, { request: '/ws/v1/cluster/apps', body: '{"apps":{}}' }])).applications).toEqual([]);
    const cut = `{"apps":{"app":[{"id":"${APP}","state":"RUNNING"},{"id":"application_17952562`;
    expect((await ok([{ request: '/ws/v1/cluster/apps', body: cut }])).applications.map((app) => app.id)).toEqual([
      APP,
    ]);
  });

  it('reads attempts without ids (2.6) and containers with numbers as text (3.x)', async () => {
    const facts = await ok(
      [
        restApp({ state: 'RUNNING', finalStatus: 'UNDEFINED', finishedTime: 0 }),
        {
          request: `/ws/v1/cluster/apps/${APP}/appattempts`,
          body: {
            appAttempts: {
              appAttempt: [
                {
                  id: 1,
                  startTime: clock(0),
                  containerId: 'container_1795256295743_0042_01_000001',
                  nodeId: 'h1:45454',
                },
              ],
            },
          },
        },
        {
          request: `/ws/v1/cluster/apps/${APP}/appattempts/appattempt_1795256295743_0042_000001/containers`,
          body: {
            container: [
              {
                containerId: 'container_1795256295743_0042_01_000002',
                allocatedMB: '768',
                startedTime: String(clock(3)),
                finishedTime: '0',
                containerExitStatus: '0',
                containerState: 'RUNNING',
                assignedNodeId: 'h2:45454',
              },
              {
                containerId: 'container_1795256295743_0042_01_000003',
                allocatedMB: '768',
                startedTime: String(clock(3)),
                finishedTime: String(clock(9)),
                containerExitStatus: '-100',
                containerState: 'COMPLETE',
                assignedNodeId: 'h3:45454',
              },
            ],
          },
        },
      ],
      { applicationIds: [APP] },
    );
    expect(facts.applications[0]?.attempts[0]).toMatchObject({
      attemptId: 'appattempt_1795256295743_0042_000001',
      host: 'h1',
    });
    expect(facts.containers.map((container) => [container.host, container.exitStatus, container.endedBy])).toEqual([
      ['h2', null, 'unknown'],
      ['h3', -100, 'released'],
    ]);
  });

  it('asks a live cluster only for what the scope needs', async () => {
    const platform = typedPlatform(
      [restApp(), { request: '/ws/v1/cluster/apps', body: { apps: { app: [] } } }],
      'live',
    );
    const read = await readYarnFacts(platform, { applicationIds: [APP] });
    expect(read.outcome).toBe('ok');
    expect(platform.asked).toContain(`yarn-rm /ws/v1/cluster/apps/${APP}`);
    // The neighbours in the queue stand in the list, the run itself is asked for whatever its age; of no other run is more asked.
    expect(platform.asked.filter((request) => request.includes('/apps?'))).toHaveLength(1);
    const single = platform.asked.filter((request) => /\/apps\/application_/.test(request));
    expect(single.every((request) => request.includes(APP))).toBe(true);
    const byName = typedPlatform([restApp()], 'live');
    await readYarnFacts(byName, { name: 'item_vectors', window: { from: ANSWERED_AT, to: null } });
    expect(byName.asked.find((request) => request.includes('/apps?'))).toMatch(/limit=5000&startedTimeBegin=\d{13}/);
  });
});
