import { describe, expect, it } from 'vitest';
import { APP, clock, fixture, restApp, type TypedAnswer, typedCluster } from '../fixtures/typed-cluster.ts';
import { queueWaitingRule } from './queue-waiting.ts';

const scope = { applicationIds: [APP] };
const WAITING = { state: 'ACCEPTED', finalStatus: 'UNDEFINED', launchTime: 0, finishedTime: 0 };
const ask = (memory: number, numContainers = 1) => ({
  resourceRequests: [{ resourceName: '*', numContainers, capability: { memory, vCores: 1 } }],
});
const queue = (fields: Record<string, unknown>): TypedAnswer => ({
  request: '/ws/v1/cluster/scheduler',
  body: {
    scheduler: {
      schedulerInfo: {
        type: 'capacityScheduler',
        queueName: 'root',
        queues: {
          queue: [{ queueName: 'ads', state: 'RUNNING', absoluteUsedCapacity: 10, absoluteMaxCapacity: 80, ...fields }],
        },
      },
    },
  },
});
const nodes = (...free: number[]): TypedAnswer => ({
  request: '/ws/v1/cluster/nodes',
  body: {
    nodes: {
      node: free.map((availMemoryMB, at) => ({
        id: `n${at}:1`,
        nodeHostName: `n${at}`,
        state: 'RUNNING',
        usedMemoryMB: 4096 - availMemoryMB,
        availMemoryMB,
      })),
    },
  },
});
const metrics = (availableMB: number, reservedMB = 0): TypedAnswer => ({
  request: '/ws/v1/cluster/metrics',
  body: { clusterMetrics: { availableMB, reservedMB, totalMB: 8192, activeNodes: 2 } },
});
const judge = async (...answers: TypedAnswer[]) => queueWaitingRule.apply(await typedCluster({ answers, scope }));

describe('yarn/queue-waiting', () => {
  it('sees the AM share used up though memory is free (recorded)', async () => {
    const id = 'application_1795259698281_0011';
    const facts = await typedCluster({
      answers: [
        { request: `/ws/v1/cluster/apps/${id}`, body: fixture('am-share.app.json') },
        { request: '/ws/v1/cluster/scheduler', body: fixture('am-share.scheduler.json') },
        { request: '/ws/v1/cluster/metrics', body: fixture('am-share.metrics.json') },
      ],
      scope: { applicationIds: [id] },
    });
    const [finding] = queueWaitingRule.apply(facts);
    expect(finding).toMatchObject({ code: 'scheduling.queue_blocked', kind: 'observed', symptom: 'waiting' });
    expect(finding?.statement.en).toContain(
      'lets ApplicationMasters hold 2 GiB, 1.5 GiB is held, and 768 MiB more does not fit',
    );
    expect(finding?.refutes?.map((one) => one.code)).toEqual(['scheduling.insufficient_resources']);
  });

  it('sees the AM share of a Fair queue used up (Hadoop 3.3.6)', async () => {
    const id = 'application_1795288146071_0003';
    const facts = await typedCluster({
      answers: [
        { request: '/ws/v1/cluster/apps', body: fixture('fair.apps.json') },
        { request: '/ws/v1/cluster/scheduler', body: fixture('fair.scheduler.json') },
      ],
      scope: { applicationIds: [id] },
    });
    const [finding] = queueWaitingRule.apply(facts);
    expect(finding).toMatchObject({
      code: 'scheduling.queue_blocked',
      kind: 'observed',
      completeStatement: 'queue_am_limit_exceeded',
    });
    expect(finding?.statement.en).toContain(
      'root.ads.hourly lets ApplicationMasters hold 512 MiB, 512 MiB is held, and 512 MiB more does not fit',
    );
  });

  it('names the parent of a Fair queue when that is the full one, and none while both have room', async () => {
    const memory = (megabytes: number) => ({ memory: megabytes, vCores: 8 });
    const fair = (parentUsed: number): TypedAnswer => ({
      request: '/ws/v1/cluster/scheduler',
      body: {
        scheduler: {
          schedulerInfo: {
            type: 'fairScheduler',
            rootQueue: {
              queueName: 'root',
              maxResources: memory(8192),
              usedResources: memory(4096),
              childQueues: {
                queue: [
                  {
                    queueName: 'root.shop',
                    maxResources: memory(4096),
                    usedResources: memory(parentUsed),
                    childQueues: {
                      queue: [{ queueName: 'root.shop.ads', maxResources: memory(8192), usedResources: memory(512) }],
                    },
                  },
                ],
              },
            },
          },
        },
      },
    });
    const waits = restApp({ ...WAITING, queue: 'root.shop.ads', launchTime: clock(1), ...ask(1024) });
    const [full] = await judge(waits, fair(4096));
    expect(full).toMatchObject({ code: 'scheduling.queue_wait' });
    expect(full?.statement.en).toContain('Queue root.shop has no room left for 1 GiB: 4 GiB of the 4 GiB');
    expect(await judge(waits, fair(1024))).toEqual([]);
  });

  it('reads the Fair scheduler’s words for the same (typed)', async () => {
    const diagnostics =
      'Application is added to the scheduler and is not yet activated.  (Resource request: <memory:1024, vCores:1> exceeds maximum AM resource allowed).';
    expect((await judge(restApp({ ...WAITING, diagnostics })))[0]).toMatchObject({
      code: 'scheduling.queue_blocked',
      kind: 'observed',
    });
  });

  it('calls a queue at its ceiling a wait: its own figures leave no other reading', async () => {
    const [finding] = await judge(
      restApp({ ...WAITING, diagnostics: '', ...ask(1024) }),
      queue({ absoluteUsedCapacity: 80 }),
      nodes(2048, 2048),
      metrics(4096),
    );
    expect(finding).toMatchObject({
      code: 'scheduling.queue_wait',
      kind: 'observed',
      values: { reason: 'queue_full', queueMaxPercent: 80 },
    });
  });

  it('calls a queue full that has no room for this ask, and not one that has', async () => {
    const waiting = restApp({ ...WAITING, state: 'RUNNING', diagnostics: '', ...ask(1024, 2) });
    const held = (memory: number) =>
      queue({
        absoluteUsedCapacity: 20,
        absoluteMaxCapacity: 25,
        resourcesUsed: { memory, vCores: 1 },
        capacities: { queueCapacitiesByPartition: [{ maxEffectiveCapacity: { memory: 1280, vCores: 1 } }] },
        maxEffectiveCapacity: { memory: 1280, vCores: 1 },
      });
    expect((await judge(waiting, held(1024), nodes(2048, 2048), metrics(4096)))[0]).toMatchObject({
      code: 'scheduling.queue_wait',
      kind: 'observed',
      values: { reason: 'queue_full' },
    });
    expect(await judge(waiting, held(128), nodes(2048, 2048), metrics(4096))).toEqual([]);
  });

  it('tells a full cluster, kept reservations, and nodes that are too small', async () => {
    const app = (memory: number) => restApp({ ...WAITING, diagnostics: '', ...ask(memory) });
    expect((await judge(app(3072), queue({}), nodes(512, 256), metrics(768)))[0]).toMatchObject({
      code: 'scheduling.queue_wait',
      kind: 'observed',
      values: { reason: 'cluster_full' },
    });
    expect((await judge(app(3072), queue({}), nodes(2048, 2048), metrics(4096, 2048)))[0]).toMatchObject({
      code: 'scheduling.queue_blocked',
      values: { reason: 'reserved' },
    });
    expect((await judge(app(9000), queue({}), nodes(2048, 2048), metrics(4096)))[0]).toMatchObject({
      code: 'scheduling.insufficient_resources',
    });
  });

  it('sees no node at all', async () => {
    const none: TypedAnswer = {
      request: '/ws/v1/cluster/metrics',
      body: { clusterMetrics: { activeNodes: 0, totalMB: 0 } },
    };
    expect((await judge(restApp({ ...WAITING, diagnostics: '' }), none))[0]).toMatchObject({
      code: 'scheduling.insufficient_resources',
      values: { reason: 'no_nodes' },
    });
  });

  it('weighs a running application that got a part of its ask lightly', async () => {
    const open = {
      state: 'RUNNING',
      finalStatus: 'UNDEFINED',
      finishedTime: 0,
      allocatedMB: 4096,
      diagnostics: '',
      ...ask(3072, 4),
    };
    const [some] = await judge(restApp({ ...open, runningContainers: 5 }), queue({}), nodes(512), metrics(512));
    expect(some).toMatchObject({ weight: 0.3, kind: 'inferred' });
    expect(some?.symptom).toBeUndefined();
    const [alone] = await judge(restApp({ ...open, runningContainers: 1 }), queue({}), nodes(512), metrics(512));
    expect(alone).toMatchObject({ symptom: 'waiting', weight: 0.8 });
  });

  it('is silent when the master is being started, when it fits, when it has ended, and without numbers', async () => {
    const starting = 'AM container is launched, waiting for AM container to Register with RM';
    expect(
      await judge(restApp({ ...WAITING, launchTime: clock(2), diagnostics: starting }), queue({}), nodes(0)),
    ).toEqual([]);
    expect(
      await judge(restApp({ ...WAITING, diagnostics: '', ...ask(512) }), queue({}), nodes(2048), metrics(2048)),
    ).toEqual([]);
    expect(await judge(restApp())).toEqual([]);
    expect(await judge(restApp({ ...WAITING, diagnostics: '' }))).toEqual([]);
  });
});
