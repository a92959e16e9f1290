import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../evidence/finding.ts';
import { LOGS_READ } from '../logs/logs-read.ts';
import { openCapture } from '../platform/capture-platform.ts';
import { SHARED } from '../spark/fixtures/shared-data.ts';
import { judgeShuffle } from './judge-shuffle.ts';
import { mergeShuffleLogs } from './merge-shuffle-logs.ts';
import { emptyShuffleFacts, readShuffleFacts } from './read-shuffle-facts.ts';
import type { ShuffleFacts } from './shuffle-facts.ts';

/** Each recorded run: its id, the codes that may stand at a root (first the strongest), and what is spoken against. */
const INCIDENTS: Readonly<Record<string, { id: string; codes: readonly string[]; refutes?: readonly string[] }>> = {
  'celeborn-001-healthy-ads-click-features': {
    id: 'app-20261121103428-0000',
    codes: [],
    refutes: ['shuffle.remote_service_unavailable', 'shuffle.stall'],
  },
  'celeborn-002-worker-killed-stage-rerun': {
    id: 'app-20261121114313-0018',
    codes: ['shuffle.remote_service_data_lost'],
    refutes: ['network.connection_timeout', 'shuffle.executor_lost'],
  },
  'celeborn-004-reserve-slots-failed-dead-worker': {
    id: 'app-20261121105406-0001',
    codes: ['shuffle.remote_service_unavailable'],
    refutes: ['shuffle.remote_service_no_slots', 'shuffle.remote_service_data_lost'],
  },
  'celeborn-005-worker-killed-replicated-survives': {
    id: 'app-20261121115153-0024',
    codes: ['shuffle.remote_service_unavailable'],
    refutes: ['shuffle.remote_service_data_lost'],
  },
  'celeborn-006-wrong-master-port': {
    id: 'local-1795260056194',
    codes: ['config.wrong_path_or_endpoint'],
    refutes: ['shuffle.remote_service_quota', 'shuffle.remote_service_unavailable', 'network.connection_timeout'],
  },
  'celeborn-007-ess-on-with-celeborn-manager': {
    id: 'app-20261121110225-0002',
    codes: ['config.shuffle_service_mismatch'],
    refutes: ['shuffle.remote_service_unavailable'],
  },
  'celeborn-009-disks-full-no-slots': {
    id: 'app-20261121110842-0005',
    codes: ['shuffle.remote_service_no_slots'],
    refutes: ['shuffle.remote_service_quota'],
  },
  'celeborn-012-push-paused-slow-disk-stall': {
    id: 'app-20261121112623-0008',
    codes: ['storage.slow_disk', 'shuffle.stall'],
    refutes: ['memory.gc_overhead', 'network.connection_timeout'],
  },
  'celeborn-013-master-restart-in-job': {
    id: 'app-20261121114126-0015',
    codes: ['shuffle.remote_service_unavailable'],
    refutes: ['shuffle.remote_service_quota'],
  },
  'celeborn-015-worker-lost-but-not-used': {
    id: 'app-20261121111257-0006',
    codes: [],
    refutes: ['shuffle.remote_service_data_lost', 'shuffle.remote_service_unavailable'],
  },
  'celeborn-017-client-0.5.4-servers-0.6.3': {
    id: 'local-1795261490786',
    codes: [],
    refutes: ['dependency.version_conflict'],
  },
  'celeborn-019-direct-memory-too-small-many-partitions': {
    id: 'app-20261121114608-0020',
    codes: ['memory.offheap_direct'],
    refutes: ['storage.slow_disk'],
  },
};

interface Judged {
  facts: ShuffleFacts;
  findings: Finding[];
}

const DONE = new Map<string, Promise<Judged>>();

function judged(name: string): Promise<Judged> {
  const known = DONE.get(name) ?? judge(name, INCIDENTS[name]?.id ?? '');
  DONE.set(name, known);
  return known;
}

async function judge(name: string, applicationId: string): Promise<Judged> {
  const platform = await openCapture(path.join(SHARED, 'captures', name));
  const { signal } = new AbortController();
  const [read, logs] = await Promise.all([
    readShuffleFacts(platform, null, signal),
    LOGS_READ.run({}, { platform, signal }),
  ]);
  const all = logs.outcome === 'ok' ? logs.value.facts.logs : [];
  const facts = mergeShuffleLogs(read.outcome === 'ok' ? read.value : emptyShuffleFacts(), all);
  const times = all
    .filter(({ keys }) => keys.applicationId === applicationId)
    .flatMap(({ firstAt, lastAt }) => [firstAt, lastAt])
    .filter((time) => time !== null);
  const window = { from: Math.min(...times), to: Math.max(...times) };
  return { facts, findings: judgeShuffle(facts, { applicationId, window, hosts: [] }) };
}

for (const [name, { id, codes, refutes = [] }] of Object.entries(INCIDENTS)) {
  describe.skipIf(!existsSync(path.join(SHARED, 'captures', name)))(name, () => {
    it(`proves ${codes.length === 0 ? 'no cause' : codes.join(', then ')}`, { timeout: 60_000 }, async () => {
      const { findings } = await judged(name);
      const roots = findings.filter(({ code, echo }) => code !== null && !echo).toSorted((a, b) => b.weight - a.weight);
      expect(roots.map(({ code }) => code)).toEqual(codes);
      for (const root of roots) {
        expect(root.kind).toBe('observed');
        expect(root.keys.applicationId).toBe(id);
        expect(root.sharedService).toBe(true);
        expect(root.evidence.length).toBeGreaterThan(0);
        expect(root.evidence.every(({ excerpt, source }) => excerpt !== '' && source !== '')).toBe(true);
      }
    });

    it('speaks against what it is not', { timeout: 60_000 }, async () => {
      const { findings } = await judged(name);
      const refuted = findings.flatMap((finding) => finding.refutes?.map(({ code }) => code) ?? []);
      expect(refuted).toEqual(expect.arrayContaining([...refutes]));
    });
  });
}

const has = (name: string) => existsSync(path.join(SHARED, 'captures', name));

describe('facts of the recorded clusters', () => {
  it.skipIf(!has('celeborn-017-client-0.5.4-servers-0.6.3'))('knows the leader among three masters', async () => {
    const { facts } = await judged('celeborn-017-client-0.5.4-servers-0.6.3');
    expect(facts.masters.map(({ host, leader, rpcPort }) => [host, leader, rpcPort])).toEqual([
      ['rss-m2', false, 9097],
      ['rss-m3', true, 9097],
      ['rss-m4', false, 9097],
    ]);
    expect(new Set(facts.samples.map(({ masterHost }) => masterHost))).toEqual(new Set(['rss-m3']));
    expect(facts.events.find(({ kind }) => kind === 'client_version')).toMatchObject({ version: '0.5.4' });
  });

  it.skipIf(!has('celeborn-009-disks-full-no-slots'))('reads excluded workers, full disks and whose data', async () => {
    const { facts, findings } = await judged('celeborn-009-disks-full-no-slots');
    const last = facts.samples.at(-1)?.workers ?? [];
    expect(last.map(({ host, standing, disks }) => [host, standing, disks[0]?.status])).toEqual([
      ['rss-w1', ['excluded'], 'HIGH_DISK_USAGE'],
      ['rss-w3', ['excluded'], 'HIGH_DISK_USAGE'],
      ['rss-w2', ['excluded'], 'HIGH_DISK_USAGE'],
    ]);
    expect(last[0]?.bytesByApplication).toEqual({ 'app-20261121110842-0005': 13_326_407 });
    const [finding] = findings.filter(({ code }) => code === 'shuffle.remote_service_no_slots');
    expect(finding?.values).toMatchObject({ excludedWorkers: 3, fullDisks: 3, mount: '/mnt/disk1' });
    expect(finding?.statement.en).toContain('files of others fill the disk');
  });

  it.skipIf(!has('celeborn-002-worker-killed-stage-rerun'))('sees a worker that only stops being sampled', async () => {
    const { facts } = await judged('celeborn-002-worker-killed-stage-rerun');
    expect(facts.silences).toMatchObject([
      { role: 'worker', host: 'rss-w2', refused: null, answeredAt: Date.parse('2026-11-21T11:47:04Z'), until: null },
    ]);
    expect(facts.samples.at(-1)?.workers.find(({ host }) => host === 'rss-w2')?.standing).toEqual(['lost']);
    const uses = facts.uses.filter(({ applicationId, shuffleId }) => applicationId.endsWith('0018') && shuffleId === 0);
    expect(new Set(uses.map(({ workerHost }) => workerHost))).toEqual(new Set(['rss-w1', 'rss-w2', 'rss-w3']));
  });

  it.skipIf(!has('celeborn-013-master-restart-in-job'))('sees the master go and start again', async () => {
    const { facts } = await judged('celeborn-013-master-restart-in-job');
    expect(facts.silences).toMatchObject([{ role: 'master', host: 'rss-m1', refused: null, until: null }]);
    const restarts = facts.daemons.filter(({ role }) => role === 'master').flatMap(({ restartedAt }) => restartedAt);
    expect(restarts.map((restart) => restart.at)).toEqual([Date.parse('2026-11-21T11:46:02.460Z')]);
  });

  it.skipIf(!has('celeborn-012-push-paused-slow-disk-stall'))(
    'measures the pause, the flush and the block',
    async () => {
      const { findings } = await judged('celeborn-012-push-paused-slow-disk-stall');
      expect(findings.find(({ code }) => code === 'storage.slow_disk')).toMatchObject({
        values: { pausedMs: 281_165, flushMaxMs: 31_388.69, mount: '/mnt/disk1' },
        keys: { host: 'rss-w3', path: '/mnt/disk1' },
      });
      expect(findings.find(({ code }) => code === 'shuffle.stall')).toMatchObject({
        values: { blockedMs: 240_000, stageMs: 250_523, workerHost: 'rss-w3' },
      });
    },
  );

  it.skipIf(!has('celeborn-019-direct-memory-too-small-many-partitions'))(
    'reckons partitions against memory',
    async () => {
      const { findings } = await judged('celeborn-019-direct-memory-too-small-many-partitions');
      expect(findings.find(({ code }) => code === 'memory.offheap_direct')?.values).toMatchObject({
        partitions: 300,
        bufferBytes: 262_144,
        neededBytes: 78_643_200,
        maxDirectBytes: 25_165_824,
        pausedMs: 3_050,
      });
    },
  );
});
