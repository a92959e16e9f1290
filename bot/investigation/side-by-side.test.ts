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
const here = existsSync(YARN) && existsSync(CACHE);

const signal = new AbortController().signal;

const open: FakeService[] = [];
const services: Record<string, string> = {};
let now = 0;
/** How long the answers of a service take; set by each test. */
let delayMs: (service: string) => number = () => 0;

/** Services of four areas (YARN, Spark, cache, Kubernetes), each answer delayed at the wire. */
beforeAll(async () => {
  if (!here) return;
  for (const folder of [YARN, CACHE]) {
    const recorded = await openCapture(folder);
    now = Math.max(now, recorded.now);
    for (const service of await recorded.services()) {
      const fake = await replayingService(recorded, service, () => delayMs(service));
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

const ID = 'application_1795259698281_0013';
const AREAS: Readonly<Record<string, (platform: Platform) => Promise<unknown>>> = {
  yarn: (platform) => readYarnFacts(platform, { applicationIds: [ID] }),
  spark: (platform) => knownRuns(platform),
  cache: (platform) => readCacheFacts(platform, null, signal),
  memory: (platform) => MEMORY_READ_HOST.run({}, { platform, signal }),
};

const whole = (platform: Platform) =>
  look({ question: `why is ${ID} slow?`, platform, language: 'en', attachments: [] }, 'inv_side_by_side');

describe.skipIf(!here)('a question over four areas, every answer delayed at the wire', () => {
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
  }, 60_000);

  it.each(['alluxio-master', 'kubernetes', 'spark-driver'])(
    'takes no longer than 1.5 times the slowest single request (%s)',
    async (slow) => {
      const slowMs = 1_600;
      delayMs = (service) => (service === slow ? slowMs : 400);
      const tookAll = await tookMs(whole);
      expect(tookAll).toBeGreaterThan(slowMs * 0.9);
      expect(tookAll).toBeLessThan(slowMs * 1.5);
    },
    60_000,
  );
});
