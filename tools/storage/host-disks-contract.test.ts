import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Moment, openMoment } from '../platform/contract-fixture.ts';
import type { Platform } from '../platform/platform.ts';
import { STORAGE_READ_HOST } from './storage-read-host.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const signal = new AbortController().signal;

/** Recorded hosts with what they prove of their disks in one moment: full, slow (which takes two), failing. */
const CASES: Readonly<Record<string, { host: string; codes: readonly string[] }>> = {
  'cache-211-enospc-local-dir': { host: 'nm-0801', codes: ['storage.disk_full_local'] },
  'cache-213-slow-disk-throttled-device': { host: 'nm-0803', codes: [] },
  'cache-215-disk-io-errors-remount-ro': { host: 'nm-0217b', codes: ['storage.bad_disk'] },
};

/** A host's disks read from a folder, and asked of its collector (`wherefore node`, the real one, over HTTP with its token). */
describe.each(Object.entries(CASES))('contract: what a host tells of its disks, %s', (name, { host, codes }) => {
  const capture = path.join(SHARED, 'captures', name);
  const here = existsSync(capture);
  let moment: Moment;

  beforeAll(async () => {
    if (!here) return;
    moment = await openMoment(capture, { keep: () => false, hosts: 'collectors', logFolders: ['/tmp'] });
    vi.useFakeTimers({ toFake: ['Date'], now: moment.at });
  });
  afterAll(async () => {
    vi.useRealTimers();
    if (here) await moment.close();
  });

  async function told(platform: Platform) {
    const outcome = await STORAGE_READ_HOST.run({}, { platform, signal });
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    return outcome.value;
  }

  describe.each(['recorded', 'live'] as const)('%s', (backend) => {
    it.skipIf(!here)('tells of the disks of the host', async () => {
      const { facts } = await told(await moment.backends[backend]());
      expect(facts.map((one) => one.host)).toEqual([host]);
      expect(facts[0]?.samples.at(-1)?.devices.size).toBeGreaterThan(0);
      expect(facts[0]?.mounts.at(-1)?.mounts.length).toBeGreaterThan(0);
      expect(facts[0]?.kernelLogs.length).toBe(1);
      expect(facts[0]?.skipped).toEqual([]);
    });

    it.skipIf(!here)('gives the rules what they prove', async () => {
      const { findings } = await told(await moment.backends[backend]());
      const roots = findings.filter(({ code, echo }) => code !== null && !echo);
      expect([...new Set(roots.map(({ code }) => code))]).toEqual(codes);
    });
  });

  it.skipIf(!here)('is the same on both, places and quotes included', async () => {
    const recorded = await told(await moment.backends.recorded());
    const live = await told(await moment.backends.live());
    expect(live).toEqual(recorded);
  });
});
