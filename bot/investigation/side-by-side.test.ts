import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCacheFacts } from '../../tools/cache/read-cache-facts.ts';
import { MEMORY_READ_HOST } from '../../tools/memory/memory-read-host.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { type FakeService, fakeService, replayingService } from '../../tools/platform/fake-service.ts';
import { openLivePlatform } from '../../tools/platform/live-platform.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { knownRuns } from '../../tools/spark/known-runs.ts';
import { readYarnFacts } from '../../tools/yarn/read-yarn-facts.ts';
import { takeFirstLook } from './first-look.ts';
import { look } from './look.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const YARN = path.join(SHARED, 'captures', 'yarn-025-ad-feature-join-still-running');
const CACHE = path.join(SHARED, 'captures', 'cache-103-alluxio-worker-killed');
const SPARK = path.join(SHARED, 'captures', 'slow-023-ctr-feature-still-running');
const OTHER_ID = 'app-20261121111802-0002';
const here = [YARN, CACHE, SPARK].every((folder) => existsSync(folder));

const signal = new AbortController().signal;

const open: FakeService[] = [];
const services: Record<string, string> = {};
let now = 0;
/** How long the answers of a service take; set by each test. */
let delayMs: (service: string) => number = () => 0;

const ID = 'application_1795259698281_0013';

/** Services of four areas (YARN, Spark, cache, Kubernetes), each answer delayed at the wire. */
beforeAll(async () => {
  if (!here) return;
  for (const folder of [YARN, CACHE]) {
    const recorded = await openCapture(folder);
    now = Math.max(now, recorded.now);
    for (const service of await recorded.services()) {
      const fake =
        service === 'spark-driver' ? await driver() : await replayingService(recorded, service, () => delayMs(service));
      open.push(fake);
      services[service] = fake.url;
    }
  }
  const empty = await fakeService(
    (_path, response) => void setTimeout(() => response.end('{"items":[]}'), delayMs('kubernetes')),
  );
  open.push(empty);
  services.kubernetes = empty.url;
});
afterAll(async () => {
  await Promise.all(open.map((service) => service.close()));
});

/** The answers of a driver that were recorded of another run, told of the run asked about: its own were not to be had (yarn-025). */
async function driver(): Promise<FakeService> {
  const recorded = await openCapture(SPARK);
  const own = (text: string) => text.replaceAll(OTHER_ID, ID);
  const answers = (await recorded.recorded('spark-driver')).map((answer) => ({
    ...answer,
    request: own(answer.request),
    body: own(answer.body),
  }));
  const renamed: Platform = { ...recorded, recorded: async () => answers };
  return await replayingService(renamed, 'spark-driver', () => delayMs('spark-driver'));
}

/** Opened anew for each measurement: a platform asks each thing once. */
function live(): Platform {
  return openLivePlatform({
    services,
    eventLogs: null,
    hostsDir: null,
    httpTimeoutMs: 10_000,
    httpMaxBytes: 64 << 20,
    now,
  });
}

async function tookMs(work: (platform: Platform) => Promise<unknown>): Promise<number> {
  const platform = live();
  const from = performance.now();
  await work(platform);
  return performance.now() - from;
}

const AREAS: Readonly<Record<string, (platform: Platform) => Promise<unknown>>> = {
  yarn: (platform) => readYarnFacts(platform, { applicationIds: [ID] }),
  spark: async (platform) => {
    const known = await knownRuns(platform);
    const [run] = known.outcome === 'ok' ? known.value : [];
    return await run?.source.read(run.listing.handle, signal);
  },
  cache: (platform) => readCacheFacts(platform, null, signal),
  memory: (platform) => MEMORY_READ_HOST.run({}, { platform, signal }),
};

const whole = (platform: Platform) =>
  look({ question: `why is ${ID} slow?`, platform, language: 'en', attachments: [] }, 'inv_side_by_side');

describe.skipIf(!here)('a question over four areas, every answer delayed at the wire', () => {
  it('hears all four', async () => {
    delayMs = () => 0;
    const told = await whole(live());
    expect(told.checked).toEqual(expect.arrayContaining(['yarn', 'spark', 'cache', 'kubernetes']));
    expect(told.run?.stages.length).toBeGreaterThan(0);
  }, 60_000);

  it('takes no longer than 1.5 times the slowest area alone, though each area asks things that depend on each other', async () => {
    const evenly = 800;
    delayMs = () => evenly;
    const alone: number[] = [];
    for (const read of Object.values(AREAS)) alone.push(await tookMs(read));
    // Every area has asked somebody.
    expect(Math.min(...alone)).toBeGreaterThan(evenly * 0.9);
    const slowest = Math.max(...alone);
    const asked = { applicationIds: [ID], jobNames: [], window: null };
    expect(await tookMs((platform) => takeFirstLook(platform, [], signal, asked))).toBeLessThan(slowest * 1.5);
    expect(await tookMs(whole)).toBeLessThan(slowest * 1.5);
    // One after the other they would take longer than that: the bound says something.
    expect(alone.reduce((sum, took) => sum + took, 0)).toBeGreaterThan(slowest * 1.5);
  }, 60_000);

  it.each(['alluxio-master', 'alluxio-fuse@gpu-train-07', 'kubernetes'])(
    'takes no longer than 1.5 times the slowest single request (%s)',
    async (slow) => {
      const slowMs = 1_600;
      delayMs = (service) => (service === slow ? slowMs : 300);
      const tookAll = await tookMs(whole);
      expect(tookAll).toBeGreaterThan(slowMs * 0.9);
      expect(tookAll).toBeLessThan(slowMs * 1.5);
    },
    60_000,
  );

  it.each([
    // A list, what it names, the tasks of its stages, summaries where tasks cannot be listed.
    ['spark-driver', 'spark', 4],
    // What needs no other answer, and the containers of the attempts.
    ['yarn-rm', 'yarn', 2],
  ] as const)(
    'takes no longer than 1.5 times the one area whose service is slow (%s)',
    async (slow, area, depth) => {
      const slowMs = 900;
      delayMs = (service) => (service === slow ? slowMs : 100);
      const alone = await tookMs(AREAS[area] as (platform: Platform) => Promise<unknown>);
      // As deep as the questions depend on each other, however many there are.
      expect(alone).toBeGreaterThan(slowMs * (depth - 0.2));
      expect(alone).toBeLessThan(slowMs * (depth + 0.8));
      expect(await tookMs(whole)).toBeLessThan(alone * 1.5);
    },
    60_000,
  );
});
