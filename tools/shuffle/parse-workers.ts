import { z } from 'zod';
import { quotePiece } from '../evidence/quote-piece.ts';
import { parseJson } from '../platform/parse-json.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import { hostOfService } from './celeborn-services.ts';
import { parseDiskInfo } from './parse-disk-info.ts';
import type { ClusterSample, ShuffleWorker, WorkerStanding } from './shuffle-facts.ts';

const PORT = z.number().int().min(-1).max(65_535);

/** `WorkerData` of `master_rest_v1.yaml` (0.6, 0.7); what is fake (a master's excluded entries have heartbeat 0) is left out. */
const WORKER = z.object({
  host: z.string().min(1).max(253),
  rpcPort: PORT.optional(),
  pushPort: PORT.optional(),
  fetchPort: PORT.optional(),
  replicatePort: PORT.optional(),
  lastHeartbeatTimestamp: z.number().optional(),
  heartbeatElapsedSeconds: z.number().optional(),
  diskInfos: z.record(z.string(), z.string()).nullish(),
  resourceConsumptions: z.record(z.string(), z.unknown()).nullish(),
});

const CONSUMPTION = z.object({
  subResourceConsumptions: z.record(z.string(), z.object({ diskBytesWritten: z.number().optional() })).nullish(),
});

const ANSWER = z.object({
  workers: z.array(z.unknown()),
  lostWorkers: z.array(z.unknown()).optional(),
  excludedWorkers: z.array(z.unknown()).optional(),
  manualExcludedWorkers: z.array(z.unknown()).optional(),
  shutdownWorkers: z.array(z.unknown()).optional(),
  decommissioningWorkers: z.array(z.unknown()).optional(),
});

const LISTS: readonly [keyof z.infer<typeof ANSWER>, WorkerStanding][] = [
  ['lostWorkers', 'lost'],
  ['excludedWorkers', 'excluded'],
  ['manualExcludedWorkers', 'excluded'],
  ['shutdownWorkers', 'shutdown'],
  ['decommissioningWorkers', 'decommissioning'],
];

/** More workers than any cluster has. */
const MOST_WORKERS = 20_000;

/** What a master's `/api/v1/workers` answer says; null when it is no such answer. Entries that cannot be read are counted. */
export function parseWorkers(answer: HttpAnswer): { sample: ClusterSample; unread: number } | null {
  const parsed = ANSWER.safeParse(parseJson(answer.body));
  if (!parsed.success) return null;
  const workers = new Map<string, ShuffleWorker>();
  let unread = 0;
  for (const entry of parsed.data.workers.slice(0, MOST_WORKERS)) {
    const worker = workerOf(entry, answer, 0);
    if (worker) workers.set(nameOf(worker), worker);
    else unread += 1;
  }
  for (const [list, standing] of LISTS) {
    const start = Math.max(0, answer.body.indexOf(`"${list}"`));
    for (const entry of (parsed.data[list] ?? []).slice(0, MOST_WORKERS)) {
      const worker = workerOf(lostEntry(entry), answer, start);
      if (!worker) unread += 1;
      else workers.set(nameOf(worker), withStanding(workers.get(nameOf(worker)), worker, standing));
    }
  }
  return {
    sample: {
      at: answer.at,
      masterHost: hostOfService(answer.service),
      workers: [...workers.values()].map((worker) =>
        worker.standing.length === 0 ? { ...worker, standing: ['available' as const] } : worker,
      ),
      evidence: evidenceAt(answer, Math.max(0, answer.body.indexOf('"lostWorkers"'))),
    },
    unread,
  };
}

/** Lost workers stand in an object with the time. */
function lostEntry(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'worker' in entry ? entry.worker : entry;
}

function workerOf(entry: unknown, answer: HttpAnswer, from: number): ShuffleWorker | null {
  const parsed = WORKER.safeParse(entry);
  if (!parsed.success) return null;
  const { host, diskInfos, resourceConsumptions, lastHeartbeatTimestamp, heartbeatElapsedSeconds } = parsed.data;
  const { rpcPort = 0, pushPort = 0, fetchPort = 0, replicatePort = 0 } = parsed.data;
  const place = answer.body.indexOf(`"host":${JSON.stringify(host)}`, from);
  return {
    host,
    ports: [rpcPort, pushPort, fetchPort, replicatePort],
    standing: [],
    heartbeatAgeMs: lastHeartbeatTimestamp ? (heartbeatElapsedSeconds ?? 0) * 1_000 : null,
    disks: Object.entries(diskInfos ?? {}).flatMap(([mount, text]) => parseDiskInfo(text, mount) ?? []),
    bytesByApplication: consumptionOf(resourceConsumptions ?? {}),
    evidence: evidenceAt(answer, Math.max(0, place)),
  };
}

function consumptionOf(byUser: Readonly<Record<string, unknown>>): Record<string, number> {
  const bytes: Record<string, number> = Object.create(null);
  for (const user of Object.values(byUser)) {
    const parsed = CONSUMPTION.safeParse(user);
    for (const [application, { diskBytesWritten }] of Object.entries(
      (parsed.success && parsed.data.subResourceConsumptions) || {},
    )) {
      bytes[application] = (bytes[application] ?? 0) + (diskBytesWritten ?? 0);
    }
  }
  return bytes;
}

/** A worker in a bad list keeps what the full entry says of its heartbeat and data. */
function withStanding(
  known: ShuffleWorker | undefined,
  listed: ShuffleWorker,
  standing: WorkerStanding,
): ShuffleWorker {
  const base = known ?? listed;
  return {
    ...base,
    standing: base.standing.includes(standing) ? base.standing : [...base.standing, standing],
    disks: listed.disks.length > 0 ? listed.disks : base.disks,
    evidence: listed.evidence,
  };
}

function nameOf({ host, ports }: ShuffleWorker): string {
  return `${host}:${ports.join(':')}`;
}

function evidenceAt(answer: HttpAnswer, start: number) {
  return {
    ...quotePiece(answer.body, answer.source, start, Math.min(answer.body.length, start + 900)),
    area: 'shuffle' as const,
    provenance: 'shuffle_service' as const,
    at: answer.at,
  };
}
