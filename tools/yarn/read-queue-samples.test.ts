import { expect, it } from 'vitest';
import { ANSWERED_AT, fixture, typedPlatform } from './fixtures/typed-cluster.ts';
import { readQueueSamples } from './read-queue-samples.ts';

const SCHEDULER = { request: '/ws/v1/cluster/scheduler', body: fixture('am-share.scheduler.json') };

it('reads every recorded state of the queues, oldest first, and leaves out what is none', async () => {
  const platform = typedPlatform([
    { ...SCHEDULER, at: ANSWERED_AT },
    { ...SCHEDULER, at: ANSWERED_AT - 60_000 },
    { ...SCHEDULER, at: ANSWERED_AT - 30_000, status: 500 },
    { ...SCHEDULER, at: ANSWERED_AT - 20_000, body: '<html>standby</html>' },
    { request: '/ws/v1/cluster/scheduler-conf', body: '{}', at: ANSWERED_AT },
  ]);
  const samples = await readQueueSamples(platform);
  expect(samples.map(([queue]) => queue?.sampledAt)).toEqual([ANSWERED_AT - 60_000, ANSWERED_AT]);
});

it('finds none where no ResourceManager was asked', async () => {
  expect(await readQueueSamples(typedPlatform([]))).toEqual([]);
});
