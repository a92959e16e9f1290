import { z } from 'zod';
import type { Evidence } from '../evidence/evidence.ts';
import type { Outcome } from '../evidence/outcome.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { MetricSeries, MetricsQuery } from '../metrics/metric-series.ts';
import { metricsOfPlatform } from '../metrics/metrics-of-platform.ts';
import { parseJson } from '../platform/parse-json.ts';
import type { HttpAnswer, Platform } from '../platform/platform.ts';
import type { CacheFacts, CacheMount, CacheRole, CacheWorker, CounterName, CounterPoint } from './cache-facts.ts';
import { readDirectReads } from './read-direct-reads.ts';
import { silencesOf } from './silences-of.ts';

/** Services of an Alluxio cluster by the process behind them (DESIGN §9). */
const KINDS: Readonly<Record<CacheRole, string>> = {
  master: 'alluxio-master',
  worker: 'alluxio-worker',
  fuse: 'alluxio-fuse',
};

const INFO = '/api/v1/master/info';

/** Alluxio 2.9 `AlluxioMasterInfo`; `configuration` may hold credentials of the store below and is not read. */
const MASTER_INFO = z.object({
  version: z.string().max(64).optional(),
  mountPoints: z.record(z.string(), z.object({ ufsUri: z.string().max(2048) })).optional(),
  workers: z.array(z.unknown()).optional(),
  lostWorkers: z.array(z.unknown()).optional(),
});

const WORKER = z.object({
  address: z.object({ host: z.string().max(253) }),
  capacityBytes: z.number().nonnegative(),
  usedBytes: z.number().nonnegative(),
  state: z.string().max(64).optional(),
});

const CLUSTER_COUNTERS: Readonly<Record<string, CounterName>> = {
  Cluster_BytesReadUfsAll: 'ufsBytes',
  Cluster_BytesReadRemote: 'remoteBytes',
  Cluster_BytesReadLocal: 'localBytes',
  Cluster_BytesReadDomain: 'domainBytes',
  Cluster_BytesReadDirect: 'directBytes',
  Cluster_CapacityUsed: 'usedBytes',
  Cluster_CapacityTotal: 'capacityBytes',
  Master_Server_JvmPauseMonitorTotalExtraTime: 'pausedMs',
  G1_Old_Generation_time: 'oldCollectionMs',
  PS_MarkSweep_time: 'oldCollectionMs',
};

/**
 * Reads what an Alluxio cluster answers (REST of master and workers, metrics of all) and direct reads of the store below on its
 * hosts. Its logs are merged in by `merge-cache-logs.ts`.
 */
export async function readCacheFacts(
  platform: Platform,
  window: MetricsQuery['window'],
  signal: AbortSignal,
): Promise<Outcome<CacheFacts>> {
  const services = (await platform.services()).filter((name) => roleOf(name) !== null);
  const directReads = await readDirectReads(platform, signal);
  if (services.length === 0) return directReads.length > 0 ? ok({ ...EMPTY, directReads }, []) : NOT_CONFIGURED;
  // Asked side by side; what was answered is looked at when all of it is there.
  const asking = platform.kind === 'live' ? services.map((service) => platform.get(service, infoPath(service))) : [];
  const [counters, evictions, slowReads] = await Promise.all([
    series(platform, { kind: KINDS.master, names: Object.keys(CLUSTER_COUNTERS), window }, signal),
    series(platform, { kind: KINDS.worker, names: ['Worker_BlocksEvicted'], hostSuffixed: true, window }, signal),
    series(
      platform,
      { kind: KINDS.fuse, names: ['Client_Fuse_Read', 'Fuse_Read'], hostSuffixed: true, window },
      signal,
    ),
    ...asking,
  ]);
  const answers = (await Promise.all(services.map((service) => platform.recorded(service)))).flat();
  const [info] = answers.filter(({ request, status }) => request.startsWith(INFO) && status === 200).slice(-1);
  const master = info ? readMasterInfo(info) : null;
  const slowest = slowReads.filter(({ labels }) => labels.quantile === '0.99');
  return ok(
    {
      ...EMPTY,
      ...master?.facts,
      silences: services.flatMap((service) =>
        silencesOf(
          roleOf(service) as CacheRole,
          hostOf(service),
          answers.filter((answer) => answer.service === service),
        ),
      ),
      counters: countersOf([...counters, ...evictions]),
      slowReadS: slowest.flatMap(({ points }) => points.map((point) => asEvidence(point))),
      directReads,
    },
    master?.notes ?? [],
  );
}

const EMPTY: CacheFacts = {
  version: null,
  mounts: [],
  workers: [],
  silences: [],
  counters: {},
  slowReadS: [],
  events: [],
  daemons: [],
  directReads: [],
};

/** Facts before anything was read: logs alone can fill them. */
export function emptyCacheFacts(): CacheFacts {
  return EMPTY;
}

const NOT_CONFIGURED: Outcome<never> = {
  outcome: 'failed',
  why: { en: 'no Alluxio is configured', zh: '没有配置 Alluxio' },
  retryable: false,
};

function ok(value: CacheFacts, notes: Extract<Outcome<never>, { outcome: 'ok' }>['notes']): Outcome<CacheFacts> {
  return { outcome: 'ok', value, notes };
}

function roleOf(service: string): CacheRole | null {
  const kind = service.split('@')[0];
  return (['master', 'worker', 'fuse'] as const).find((role) => KINDS[role] === kind) ?? null;
}

function hostOf(service: string): string | null {
  return service.split('@')[1]?.replace(/:\d{1,5}$/, '') ?? null;
}

function infoPath(service: string): string {
  return roleOf(service) === 'worker' ? '/api/v1/worker/info' : INFO;
}

async function series(platform: Platform, query: MetricsQuery, signal: AbortSignal): Promise<readonly MetricSeries[]> {
  const read = await metricsOfPlatform(platform).read(query, signal);
  return read.outcome === 'ok' ? read.value : [];
}

function readMasterInfo(answer: HttpAnswer): {
  facts: Pick<CacheFacts, 'version' | 'mounts' | 'workers'>;
  notes: { en: string; zh: string }[];
} | null {
  const parsed = MASTER_INFO.safeParse(parseJson(answer.body));
  if (!parsed.success) return null;
  const { version, mountPoints, workers, lostWorkers } = parsed.data;
  const listed = [
    ...(workers ?? []).map((entry) => ({ entry, lost: false })),
    ...(lostWorkers ?? []).map((entry) => ({ entry, lost: true })),
  ];
  const read = listed.flatMap(({ entry, lost }) => workerOf(entry, lost, answer));
  const unread = listed.length - read.length;
  return {
    facts: { version: version ?? null, mounts: mountsOf(mountPoints ?? {}), workers: read },
    notes:
      unread === 0
        ? []
        : [
            {
              en: `workers in the master's answer that could not be read: ${unread}`,
              zh: `master 应答中有 ${unread} 个 worker 无法读出`,
            },
          ],
  };
}

function mountsOf(points: Readonly<Record<string, { ufsUri: string }>>): CacheMount[] {
  return Object.entries(points).map(([cachePath, { ufsUri }]) => ({ cachePath, storeUri: ufsUri }));
}

function workerOf(entry: unknown, lost: boolean, answer: HttpAnswer): CacheWorker[] {
  const parsed = WORKER.safeParse(entry);
  if (!parsed.success) return [];
  const { address, capacityBytes, usedBytes, state } = parsed.data;
  const start = Math.max(0, answer.body.indexOf(lost ? '"lostWorkers"' : '"workers"'));
  return [
    {
      host: address.host,
      lost: lost || state === 'LOST',
      capacityBytes,
      usedBytes,
      evidence: {
        ...quotePiece(answer.body, answer.source, start, start + 600),
        area: 'cache',
        provenance: 'cache',
        at: answer.at,
      },
    },
  ];
}

/** Counters of several processes are summed over samples that lie close to each other. */
function countersOf(all: readonly MetricSeries[]): CacheFacts['counters'] {
  const counters: Partial<Record<CounterName, CounterPoint[]>> = {};
  for (const [asked, group] of Map.groupBy(all, (one) => one.asked)) {
    const name = CLUSTER_COUNTERS[asked] ?? 'evictedBlocks';
    const times = [...new Set(group.flatMap(({ points }) => points.map(({ at }) => at)))].sort((a, b) => a - b);
    const sums = times.map((at): CounterPoint => {
      const latest = group.map(({ points }) => points.findLast((point) => point.at <= at) ?? points[0]);
      const newest = latest.reduce((best, point) =>
        (point?.at ?? 0) > (best?.at ?? 0) && (point?.at ?? 0) <= at ? point : best,
      );
      const value = latest.reduce((sum, point) => sum + (point?.value ?? 0), 0);
      return { at, value, evidence: evidenceOf(newest?.quote ?? EMPTY_QUOTE, at) };
    });
    counters[name] = [...(counters[name] ?? []), ...sums].sort((a, b) => a.at - b.at);
  }
  return counters;
}

const EMPTY_QUOTE = { source: '', fromLine: 1, toLine: 1, excerpt: '' };

function asEvidence(point: { at: number; value: number; quote: Evidence | typeof EMPTY_QUOTE }): CounterPoint {
  return { at: point.at, value: point.value, evidence: evidenceOf(point.quote, point.at) };
}

function evidenceOf(quote: typeof EMPTY_QUOTE, at: number): Evidence {
  return { ...quote, area: 'cache', provenance: 'cache', at };
}
