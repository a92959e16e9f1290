import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../evidence/finding.ts';
import { LOGS_READ } from '../logs/logs-read.ts';
import { openCapture } from '../platform/capture-platform.ts';
import { SHARED } from '../spark/fixtures/shared-data.ts';
import type { CacheFacts } from './cache-facts.ts';
import { judgeCache } from './judge-cache.ts';
import { mergeCacheLogs } from './merge-cache-logs.ts';
import { emptyCacheFacts, readCacheFacts } from './read-cache-facts.ts';

/** Each recorded run: the folder that its own log lies in, the codes observed, and what is spoken against. */
const INCIDENTS: Readonly<Record<string, { job: string; codes: readonly string[]; refutes?: readonly string[] }>> = {
  'cache-101-alluxio-cold-first-epoch': {
    job: 'resnet50-ad-creative',
    codes: ['cache.cold'],
    refutes: ['cache.capacity'],
  },
  'cache-103-alluxio-worker-killed': { job: 'resnet50-click-image', codes: ['cache.worker_lost'] },
  'cache-106-alluxio-ufs-changed-behind': { job: 'video-cover-retrain', codes: ['cache.ufs_out_of_sync'] },
  'cache-107-alluxio-ufs-throttled': {
    job: 'video-cover-pretrain',
    codes: ['cache.ufs_slow', 'cache.cold'],
    refutes: ['cache.capacity'],
  },
  'cache-108-alluxio-master-stopped': {
    job: 'bert-query-rank',
    codes: ['cache.master_unresponsive'],
    refutes: ['cache.master_gc', 'cache.worker_lost'],
  },
  'cache-111-healthy-cache-loader-bound': {
    job: 'lookalike-encoder',
    codes: [],
    refutes: ['cache.cold', 'cache.capacity', 'cache.ufs_slow', 'cache.worker_lost', 'cache.fuse_crash'],
  },
  'cache-112-fuse-process-killed-no-oom': { job: 'wide-deep-rank', codes: ['cache.fuse_crash'] },
};

interface Judged {
  facts: CacheFacts;
  findings: Finding[];
}

const DONE = new Map<string, Promise<Judged>>();

function judged(name: string): Promise<Judged> {
  const known = DONE.get(name) ?? judge(name, INCIDENTS[name]?.job ?? '');
  DONE.set(name, known);
  return known;
}

async function judge(name: string, job: string): Promise<Judged> {
  const platform = await openCapture(path.join(SHARED, 'captures', name));
  const { signal } = new AbortController();
  const [read, logs] = await Promise.all([
    readCacheFacts(platform, null, signal),
    LOGS_READ.run({}, { platform, signal }),
  ]);
  const all = logs.outcome === 'ok' ? logs.value.facts.logs : [];
  const facts = mergeCacheLogs(read.outcome === 'ok' ? read.value : emptyCacheFacts(), all);
  const own = all.filter(({ source }) => source.includes(`/${job}/`));
  const times = own.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt]).filter((time) => time !== null);
  expect(times.length).toBeGreaterThan(1);
  const window = { from: Math.min(...times), to: Math.max(...times) };
  const texts = own.flatMap(({ records, tail }) => [...records, ...tail].map(({ text }) => text));
  const paths = texts.flatMap((text) => text.match(/\/[\w.-]{2,80}(?:\/[\w.-]{1,80}){2,12}/g) ?? []);
  return { facts, findings: judgeCache(facts, { window, paths: [...new Set(paths)], hosts: [] }) };
}

const has = (name: string) => existsSync(path.join(SHARED, 'captures', name));

for (const [name, { codes, refutes = [] }] of Object.entries(INCIDENTS)) {
  describe.skipIf(!has(name))(name, () => {
    it(`finds ${codes.length === 0 ? 'no cause' : codes.join(', ')}`, { timeout: 60_000 }, async () => {
      const { findings } = await judged(name);
      const roots = findings.filter(({ code, echo }) => code !== null && !echo);
      expect([...new Set(roots.map(({ code }) => code))]).toEqual(codes);
      for (const root of roots) {
        expect(root.kind).toBe('observed');
        expect(root.sharedService).toBe(true);
        expect(root.evidence.length).toBeGreaterThan(0);
        expect(root.evidence.every(({ excerpt, source }) => excerpt !== '' && source !== '')).toBe(true);
      }
    });

    it('speaks against what it is not', { timeout: 60_000 }, async () => {
      const { findings } = await judged(name);
      const refuted = findings.flatMap((finding) => finding.refutes?.map(({ code }) => code) ?? []);
      expect(refuted).toEqual(expect.arrayContaining([...refutes]));
      // What is found is not spoken against in the same breath.
      expect(codes.filter((code) => refuted.some((other) => other === code))).toEqual([]);
    });
  });
}

describe('facts of the recorded caches', () => {
  const stopped = 'cache-108-alluxio-master-stopped';
  it.skipIf(!has(stopped))('measures the pause that the master’s own monitor saw', { timeout: 60_000 }, async () => {
    const { facts, findings } = await judged(stopped);
    expect(facts.version).toBe('2.9.4');
    const [found] = findings.filter(({ code }) => code === 'cache.master_unresponsive');
    expect(found?.values).toMatchObject({ pauseMs: 158_756 });
  });

  const slow = 'cache-107-alluxio-ufs-throttled';
  it.skipIf(!has(slow))('reads the store directly where `dd` was left', { timeout: 60_000 }, async () => {
    const { facts } = await judged(slow);
    expect(facts.directReads.length).toBeGreaterThan(0);
    for (const { bytes, durationMs } of facts.directReads) expect((bytes / durationMs) * 1000).toBeLessThan(5_000_000);
  });

  const killed = 'cache-103-alluxio-worker-killed';
  it.skipIf(!has(killed))('knows which worker was lost', { timeout: 60_000 }, async () => {
    const { findings } = await judged(killed);
    const [found] = findings.filter(({ code }) => code === 'cache.worker_lost');
    expect(found?.values).toMatchObject({ host: 'alx-worker-1' });
  });
});
