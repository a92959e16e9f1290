import type { Evidence } from '../evidence/evidence.ts';
import { isInScope, overlaps, toldByRun, toldByService } from './in-scope.ts';
import { recordEvidence } from './record-evidence.ts';
import type { ShuffleFacts, ShuffleScope } from './shuffle-facts.ts';
import { isOfRun } from './shuffle-keys.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from './thresholds.ts';
import { useOfWorker, type WorkerUse } from './use-of-worker.ts';

/** A worker that went away, or was already away, in the question's time. */
export interface GoneWorker {
  host: string;
  /** Since when, as far as known: its last sign, a refusal, or when the master declared it. */
  at: number | null;
  until: number | null;
  /** What shows that it is gone, the service's own word last. */
  evidence: readonly Evidence[];
  /** The service itself shows it (its master, its endpoint), not its clients alone. */
  byService: boolean;
  /** The master lists it as shut down or drained: somebody ended it on purpose. */
  isPlanned: boolean;
  use: WorkerUse;
}

/** Workers that are gone: by the master, by their endpoints, or because nobody listens where clients look for them. */
export function goneWorkers(facts: ShuffleFacts, scope: ShuffleScope): GoneWorker[] {
  const lost = toldByService(facts, scope, 'worker_lost', LIMIT.declaredLateMs);
  const silent = facts.silences.filter((one) => one.role === 'worker' && overlaps(one, scope));
  const refusing = refusingWorkers(facts, scope);
  const listed = facts.samples
    .filter(({ at }) => isInScope(at, scope))
    .flatMap((sample) => sample.workers)
    .filter(({ standing }) => standing.includes('lost'));
  const restarted = restartsWithData(facts, scope);
  const hosts = new Set([
    ...restarted.keys(),
    ...refusing.keys(),
    ...lost.map(({ workerHost }) => workerHost),
    ...silent.map(({ host }) => host),
    ...listed.map(({ host }) => host),
  ]);
  return [...hosts].flatMap((host): GoneWorker[] => {
    const declared = lost.find(({ workerHost }) => workerHost === host);
    const silence = silent.find((one) => one.host === host);
    const refused = refusing.get(host);
    const entry = listed.find((one) => one.host === host);
    const restart = restarted.get(host);
    const at = Math.min(
      silence?.from ?? Infinity,
      refused?.at ?? Infinity,
      declared?.at ?? Infinity,
      restart?.at ?? Infinity,
    );
    const missed = silence !== undefined || refused !== undefined || restart !== undefined;
    if (isAliveBehind(facts, host, declared?.at ?? null, missed)) return [];
    const since = Number.isFinite(at) ? at : null;
    return [
      {
        host,
        at: since,
        until: silence?.until ?? null,
        evidence: [
          ...(refused ? [refused] : []),
          ...(silence?.evidence.slice(0, 1) ?? []),
          ...(declared ? [recordEvidence(declared.record)] : entry ? [entry.evidence] : []),
          ...(restart ? [restart] : []),
        ],
        byService: declared !== undefined || silence !== undefined || entry !== undefined || restart !== undefined,
        isPlanned: isPlanned(facts, scope, host),
        use: useOfWorker(facts, scope, host, since),
      },
    ];
  });
}

/** Workers whose process began anew after it had taken data of the run: what it had not handed over is gone. */
function restartsWithData(facts: ShuffleFacts, scope: ShuffleScope): Map<string, Evidence> {
  const { applicationId } = scope;
  const restarts = new Map<string, Evidence>();
  for (const { role, host, restartedAt } of facts.daemons) {
    if (role !== 'worker' || host === null || applicationId === null) continue;
    const lost = restartedAt.find(({ at }) =>
      facts.uses.some(
        (use) =>
          use.workerHost === host &&
          isOfRun(use.applicationId, applicationId) &&
          use.at !== null &&
          at !== null &&
          use.at < at &&
          isInScope(at, scope),
      ),
    );
    if (lost) restarts.set(host, lost.evidence);
  }
  return restarts;
}

function isPlanned({ samples }: ShuffleFacts, scope: ShuffleScope, host: string): boolean {
  return samples
    .filter(({ at }) => isInScope(at, scope))
    .flatMap(({ workers }) => workers)
    .some((one) => one.host === host && one.standing.some((is) => is === 'shutdown' || is === 'decommissioning'));
}

/** Workers declared lost that answered afterwards: the master had not heard them, they had not gone. */
export function wronglyDeclared(facts: ShuffleFacts, scope: ShuffleScope) {
  return toldByService(facts, scope, 'worker_lost', LIMIT.declaredLateMs).filter(({ workerHost, at }) => {
    const silent = facts.silences.some((one) => one.host === workerHost && overlaps(one, scope));
    return isAliveBehind(facts, workerHost, at, silent || refusingWorkers(facts, scope).has(workerHost));
  });
}

/** It answered for itself after it was declared lost, and nobody was refused by it. */
function isAliveBehind({ held }: ShuffleFacts, host: string, declaredAt: number | null, missed: boolean): boolean {
  if (missed || declaredAt === null) return false;
  return held.some(({ workerHost, at }) => workerHost === host && at > declaredAt && at < declaredAt + LIMIT.edgeMs);
}

/** Hosts of workers that refused connections of the run's clients, with the first refusal. */
function refusingWorkers(facts: ShuffleFacts, scope: ShuffleScope): Map<string, Evidence> {
  const workers = new Set([
    ...facts.held.map(({ workerHost }) => workerHost),
    ...facts.uses.map(({ workerHost }) => workerHost),
    ...facts.samples.flatMap((sample) => sample.workers.map(({ host }) => host)),
    ...facts.events.flatMap((event) => ('workerHost' in event && event.workerHost !== null ? [event.workerHost] : [])),
  ]);
  const masterPorts = new Set(facts.masters.map(({ host, rpcPort }) => `${host}:${rpcPort ?? 9097}`));
  const refusals = new Map<string, Evidence>();
  for (const { host, port, refused, record } of toldByRun(facts, scope, 'connect_failed')) {
    if (!refused || !workers.has(host) || masterPorts.has(`${host}:${port}`) || refusals.has(host)) continue;
    refusals.set(host, recordEvidence(record));
  }
  return refusals;
}
