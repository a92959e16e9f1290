import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../evidence/finding.ts';
import { LOGS_READ } from '../logs/logs-read.ts';
import { type Moment, openMoment, placesAside } from '../platform/contract-fixture.ts';
import type { Platform } from '../platform/platform.ts';
import type { CacheFacts } from './cache-facts.ts';
import { judgeCache } from './judge-cache.ts';
import { mergeCacheLogs } from './merge-cache-logs.ts';
import { readCacheFacts } from './read-cache-facts.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const signal = new AbortController().signal;

interface Case {
  /** Folder of the log of the program that read through the cache: its time is the time asked about. */
  job: string;
  /** As the master lists them, with their standing. */
  workers: readonly (readonly [host: string, lost: boolean])[];
  /** What the answers of one moment and the cache's logs prove together. */
  codes: readonly string[];
}

const BOTH_LIVE = [
  ['alx-worker-0', false],
  ['alx-worker-1', false],
] as const;

/** Recorded clusters of Alluxio 2.9.4: one without a worker, one whose store changed behind it, one that is well. */
const CASES: Readonly<Record<string, Case>> = {
  'cache-103-alluxio-worker-killed': {
    job: 'resnet50-click-image',
    workers: [
      ['alx-worker-0', false],
      ['alx-worker-1', true],
    ],
    codes: ['cache.worker_lost'],
  },
  'cache-106-alluxio-ufs-changed-behind': {
    job: 'video-cover-retrain',
    workers: BOTH_LIVE,
    codes: ['cache.ufs_out_of_sync'],
  },
  'cache-111-healthy-cache-loader-bound': { job: 'lookalike-encoder', workers: BOTH_LIVE, codes: [] },
};

describe.each(Object.entries(CASES))('contract: what Alluxio answers, %s', (name, { job, workers, codes }) => {
  const capture = path.join(SHARED, 'captures', name);
  const here = existsSync(capture);
  let moment: Moment;

  beforeAll(async () => {
    if (!here) return;
    moment = await openMoment(capture, { keep: (service) => service.startsWith('alluxio-'), hosts: 'folders' });
    vi.useFakeTimers({ toFake: ['Date'], now: moment.at });
  });
  afterAll(async () => {
    vi.useRealTimers();
    if (here) await moment.close();
  });

  async function answeredBy(platform: Platform): Promise<CacheFacts> {
    const read = await readCacheFacts(platform, null, signal);
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    return read.value;
  }

  async function judgedBy(platform: Platform): Promise<{ facts: CacheFacts; findings: readonly Finding[] }> {
    const [answered, read] = await Promise.all([answeredBy(platform), LOGS_READ.run({}, { platform, signal })]);
    const logs = read.outcome === 'ok' ? read.value.facts.logs : [];
    const facts = mergeCacheLogs(answered, logs);
    const own = logs.filter(({ source }) => source.includes(`/${job}/`));
    const times = own.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt]).filter((time) => time !== null);
    expect(times.length).toBeGreaterThan(1);
    const window = { from: Math.min(...times), to: Math.max(...times) };
    return { facts, findings: judgeCache(facts, { window, paths: [], hosts: [] }) };
  }

  describe.each(['recorded', 'live'] as const)('%s', (backend) => {
    it.skipIf(!here)('tells the version, the mounts, the workers and the counters of now', async () => {
      const facts = await answeredBy(await moment.backends[backend]());
      expect(facts.version).toBe('2.9.4');
      expect(facts.mounts.map(({ cachePath }) => cachePath)).toContain('/');
      expect(facts.workers.map(({ host, lost }) => [host, lost])).toEqual(workers);
      expect(facts.workers.every(({ evidence }) => evidence.excerpt.length > 0)).toBe(true);
      expect(Object.keys(facts.counters)).toEqual(expect.arrayContaining(['ufsBytes', 'usedBytes', 'capacityBytes']));
      // One moment is one point: the present is never taken for the past.
      expect(new Set(Object.values(facts.counters).flatMap((points) => points.map(({ at }) => at)))).toEqual(
        new Set([moment.at]),
      );
    });

    it.skipIf(!here)('gives the rules what they prove, with the logs of its hosts', { timeout: 30_000 }, async () => {
      const { findings } = await judgedBy(await moment.backends[backend]());
      const roots = findings.filter(({ code, echo }) => code !== null && !echo);
      expect([...new Set(roots.map(({ code }) => code))]).toEqual(codes);
    });
  });

  it.skipIf(!here)('is the same on both, figures and quotes included', { timeout: 30_000 }, async () => {
    const recorded = await judgedBy(await moment.backends.recorded());
    const live = await judgedBy(await moment.backends.live());
    expect(placesAside(live)).toEqual(placesAside(recorded));
    expect(moment.asked()).toEqual(
      expect.arrayContaining([
        'alluxio-master /api/v1/master/info',
        expect.stringMatching(/^alluxio-worker@alx-worker-0 /),
        expect.stringMatching(/^alluxio-fuse@gpu-train-07 /),
      ]),
    );
  });
});
