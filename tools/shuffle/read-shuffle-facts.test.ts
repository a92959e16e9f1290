import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../evidence/outcome.ts';
import { openCapture } from '../platform/capture-platform.ts';
import { openLivePlatform } from '../platform/live-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { SHARED } from '../spark/fixtures/shared-data.ts';
import { type ReplayServer, replay, type Spoiler } from './fixtures/replay-server.ts';
import { readShuffleFacts } from './read-shuffle-facts.ts';
import type { ShuffleFacts } from './shuffle-facts.ts';
import { SHUFFLE_READ_CLUSTER } from './shuffle-read-cluster.ts';

const CAPTURE = path.join(SHARED, 'captures', 'celeborn-009-disks-full-no-slots');
const SERVICES_TEXT = 'celeborn-master@rss-m1';
const signal = new AbortController().signal;

function live(server: ReplayServer, httpTimeoutMs = 5_000): Platform {
  return openLivePlatform({
    services: server.services,
    eventLogs: null,
    hostsDir: null,
    httpTimeoutMs,
    httpMaxBytes: 8 << 20,
    now: Date.parse('2026-11-21T11:31:18Z'),
  });
}

function factsIn(outcome: Outcome<ShuffleFacts>): ShuffleFacts {
  if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/**
 * The same questions to both backends. The live one is a fake that replays the recorded answers over real HTTP on loopback, since
 * Celeborn's servers are in no package registry.
 */
describe.skipIf(!existsSync(CAPTURE))('contract: what a cluster answers', () => {
  let server: ReplayServer;
  const backends: Record<string, () => Promise<Platform>> = {
    recorded: () => openCapture(CAPTURE),
    'live (a replay over HTTP)': async () => live(server),
  };
  beforeAll(async () => {
    server = await replay(await openCapture(CAPTURE));
  });
  afterAll(() => server.close());

  describe.each(Object.keys(backends))('%s', (backend) => {
    const open = () => (backends[backend] as () => Promise<Platform>)();

    it('lists workers with their lists, disks and bytes', async () => {
      const facts = factsIn(await readShuffleFacts(await open(), null, signal));
      const workers = facts.samples.at(-1)?.workers ?? [];
      expect(workers.map(({ host, standing }) => [host, standing.join()])).toEqual([
        ['rss-w1', 'excluded'],
        ['rss-w3', 'excluded'],
        ['rss-w2', 'excluded'],
      ]);
      expect(workers[0]?.disks).toEqual([
        {
          mount: '/mnt/disk1',
          status: 'HIGH_DISK_USAGE',
          totalBytes: 480_562_381,
          usableBytes: 0,
          maxSlots: 0,
          availableSlots: 0,
        },
      ]);
      expect(workers[0]?.bytesByApplication).toEqual({ 'app-20261121110842-0005': 13_326_407 });
    });

    it('knows the master, its port and that it leads', async () => {
      const { masters } = factsIn(await readShuffleFacts(await open(), null, signal));
      expect(masters).toMatchObject([{ host: 'rss-m1', leader: true, rpcPort: 9097 }]);
    });

    it('says which shuffles each worker holds, cited in its own answer', async () => {
      const { uses } = factsIn(await readShuffleFacts(await open(), null, signal));
      const hosts = new Set(
        uses.filter(({ applicationId }) => applicationId.endsWith('0005')).map((one) => one.workerHost),
      );
      // The last list of rss-w2 has lost the expired shuffle: a live server tells only of now.
      expect([...hosts]).toEqual(expect.arrayContaining(['rss-w1', 'rss-w3']));
      expect(uses.every(({ evidence, applicationId }) => evidence.excerpt.includes(applicationId))).toBe(true);
    });

    it('reads meters; one that no version of the recording exposes stays unknown', async () => {
      const { meters } = factsIn(await readShuffleFacts(await open(), null, signal));
      expect(meters.excludedWorkers?.[0]?.points.at(-1)?.value).toBe(3);
      expect(meters.availableWorkers?.[0]?.points.at(-1)?.value).toBe(0);
      expect(meters.pausedMs?.map(({ host }) => host)).toEqual(['rss-w1', 'rss-w2', 'rss-w3']);
      expect(meters).not.toHaveProperty('produceSpeed');
    });

    it('keeps only the settings that rules know', async () => {
      const { settings } = factsIn(await readShuffleFacts(await open(), null, signal));
      expect(settings.find(({ host }) => host === 'rss-w1')?.values).toEqual({
        'celeborn.master.endpoints': 'rss-m1:9097',
        'celeborn.worker.storage.dirs': '/mnt/disk1:disktype=SSD:flushthread=2',
        'celeborn.worker.storage.disk.reserve.size': '50m',
      });
    });

    it('is a tool whose findings are about the cluster when no run is named', async () => {
      const report = await SHUFFLE_READ_CLUSTER.run({}, { platform: await open(), signal });
      if (report.outcome !== 'ok') throw new Error(report.outcome);
      expect(report.value.findings.map(({ code, rule }) => [rule, code])).toContainEqual([
        'shuffle/no-slots',
        'storage.disk_full_local',
      ]);
    });
  });

  it('asks nothing but GET, and no path that changes the cluster', async () => {
    await readShuffleFacts(live(server), null, signal);
    expect(server.asked.length).toBeGreaterThan(10);
    expect(server.asked.filter((line) => !line.startsWith('GET '))).toEqual([]);
    expect(server.asked.filter((line) => /exit|exclude|upsert|delete|ratis|events/i.test(line))).toEqual([]);
  });
});

describe('a platform without a remote shuffle', () => {
  it('says that none is configured', async () => {
    const platform = openLivePlatform({
      services: {},
      eventLogs: null,
      hostsDir: null,
      httpTimeoutMs: 100,
      httpMaxBytes: 1_000,
      now: 0,
    });
    expect(await readShuffleFacts(platform, null, signal)).toMatchObject({ outcome: 'failed', retryable: false });
  });
});

/** One process answers wrongly; nothing of the others may be lost. */
const BAD_WIRE: Readonly<Record<string, { spoil: Spoiler; note: RegExp | null }>> = {
  'a worker hangs': {
    spoil: (service) => (service.endsWith('rss-w2') ? true : null),
    note: /celeborn-worker@rss-w2 did not answer within 0\.5 s/,
  },
  'a worker answers 403 to everything': {
    spoil: (service, _request, response) => (service.endsWith('rss-w2') ? ended(response, 403, 'Forbidden') : null),
    note: /celeborn-worker@rss-w2 answers nothing that is asked of it \(HTTP 403\)/,
  },
  'a worker answers 500': {
    spoil: (service, _request, response) =>
      service.endsWith('rss-w2') ? ended(response, 500, '{"message":"x"}') : null,
    note: /HTTP 500/,
  },
  'a worker answers HTML': {
    spoil: (service, _request, response) =>
      service.endsWith('rss-w2') ? ended(response, 200, '<html><body>Login</body></html>') : null,
    note: /celeborn-worker@rss-w2 answered 2 requests with something that is no JSON/,
  },
  'a worker breaks off half-way': {
    spoil: (service, _request, response) => {
      if (!service.endsWith('rss-w2')) return null;
      response.writeHead(200, { 'content-length': '5000' });
      response.write('{"shuffleIds":["app-1');
      response.destroy();
      return true;
    },
    note: /celeborn-worker@rss-w2 (?:cannot be reached|broke off the connection)/,
  },
  'a worker answers more than is read': {
    spoil: (service, _request, response) =>
      service.endsWith('rss-w2') ? ended(response, 200, 'x'.repeat(9 << 20)) : null,
    note: /celeborn-worker@rss-w2 answered more than 8 MiB/,
  },
  "a worker's meters are not numbers": {
    spoil: (service, request, response) =>
      service.endsWith('rss-w2') && request.startsWith('/metrics')
        ? ended(response, 200, 'metrics_PausePushDataTime_Value{role="Worker"} NaN 1795260677968\n')
        : null,
    note: null,
  },
};

function ended(response: Parameters<Spoiler>[2], status: number, body: string): true {
  response.writeHead(status).end(body);
  return true;
}

describe.skipIf(!existsSync(CAPTURE))('bad answers on the wire', () => {
  it.each(Object.entries(BAD_WIRE))('%s', async (_name, { spoil, note }) => {
    const server = await replay(await openCapture(CAPTURE), spoil);
    try {
      const startedAt = performance.now();
      const outcome = await readShuffleFacts(live(server, 500), null, signal);
      expect(performance.now() - startedAt).toBeLessThan(4_000);
      const facts = factsIn(outcome);
      const notes = outcome.outcome === 'ok' ? outcome.notes.map(({ en }) => en) : [];
      if (note === null) expect(notes).toEqual([]);
      else expect(notes.filter((line) => note.test(line))).toHaveLength(1);
      expect(facts.samples.at(-1)?.workers).toHaveLength(3);
      expect(new Set(facts.uses.map(({ workerHost }) => workerHost))).toEqual(new Set(['rss-w1', 'rss-w3']));
      expect(facts.meters.pausedMs?.map(({ host }) => host)).toEqual(['rss-w1', 'rss-w3']);
    } finally {
      await server.close();
    }
  });

  it('asks an old master, which knows no JSON, for its text pages', async () => {
    const server = await replay(await openCapture(CAPTURE), (service, request, response) => {
      if (request.startsWith('/metrics')) return null;
      const page = service === SERVICES_TEXT ? OLD_MASTER[request] : OLD_WORKER[request];
      return page === undefined ? ended(response, 404, 'HTTP ERROR 404') : ended(response, 200, page);
    });
    try {
      const facts = factsIn(await readShuffleFacts(live(server), null, signal));
      expect(
        facts.samples.at(-1)?.workers.map(({ host, standing, disks }) => [host, standing.join(), disks[0]?.status]),
      ).toEqual([
        ['rss-w1', 'available', 'HEALTHY'],
        ['rss-w2', 'excluded', 'HIGH_DISK_USAGE'],
        ['rss-w9', 'lost', undefined],
      ]);
      expect(facts.masters).toMatchObject([{ host: 'rss-m1', rpcPort: 9097 }]);
      expect(facts.uses.map(({ applicationId, shuffleId }) => `${applicationId}/${shuffleId}`)).toContain(
        'application_1700000000000_0042_1/3',
      );
    } finally {
      await server.close();
    }
  });
});

/** Typed from the sources of Celeborn 0.4 (`Master.getWorkerInfo`, `WorkerInfo.toString` and kin), not recorded. */
const OLD_MASTER: Readonly<Record<string, string>> = {
  '/workerInfo': `====================== Workers Info in Master =========================
${blockOf('rss-w1', 'HEALTHY')}
${blockOf('rss-w2', 'HIGH_DISK_USAGE')}
`,
  '/excludedWorkers':
    '==================== Excluded Workers in Master =====================\nrss-w2:9104:9101:9102:9103\n',
  '/lostWorkers':
    '======================= Lost Workers in Master ========================\nrss-w9:9104:9101:9102:9103                 1795260677968\n',
  '/shutdownWorkers': '===================== Shutdown Workers in Master ======================\n',
  '/conf':
    '=========================== Configuration ============================\nceleborn.master.host           rss-m1\nceleborn.master.port           9097\nceleborn.hadoop.fs.s3a.secret.key   abc\n',
};

const OLD_WORKER: Readonly<Record<string, string>> = {
  '/shuffle':
    '======================= Shuffle Key List ============================\napplication_1700000000000_0042_1-3\n',
};

function blockOf(host: string, status: string): string {
  return `
Host: ${host}
RpcPort: 9104
PushPort: 9101
FetchPort: 9102
ReplicatePort: 9103
SlotsUsed: 0
LastHeartbeat: 1795260661684
HeartbeatElapsedSeconds: 16
Disks: 
  DiskInfo0: DiskInfo(maxSlots: 57, availableSlots: 50, committed shuffles 0, running applications 0, mountPoint: /mnt/disk1, usableSpace: 404.3 MiB, totalSpace: 458.3 MiB, avgFlushTime: 0 ns, avgFetchTime: 0 ns, activeSlots: 0) status: ${status} dirs 
UserResourceConsumption: empty
WorkerRef: null`;
}
