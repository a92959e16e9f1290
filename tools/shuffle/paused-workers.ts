import type { Evidence } from '../evidence/evidence.ts';
import { isInScope, toldByService } from './in-scope.ts';
import { sizeOf } from './parse-sizes.ts';
import { recordEvidence } from './record-evidence.ts';
import { eventsOf } from './shuffle-events.ts';
import type { MeterName, MeterPoint, ShuffleFacts, ShuffleScope } from './shuffle-facts.ts';
import { isOfRun } from './shuffle-keys.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from './thresholds.ts';
import { useOfWorker, type WorkerUse } from './use-of-worker.ts';

/** A worker that stopped taking pushes, and what its memory and its disk did meanwhile. Null: not known. */
export interface PausedWorker {
  host: string;
  pausedMs: number;
  from: number | null;
  until: number | null;
  /** Whether it also stopped taking copies from its peers. */
  replicatePaused: boolean;
  /** The slowest flush of a buffer, and the slowest on any other worker. */
  flushMaxMs: number | null;
  peersFlushMaxMs: number | null;
  mount: string | null;
  directRatio: number | null;
  maxDirectBytes: number | null;
  /** Partitions of the run (or of anyone) written on it at once, and the size of one's buffer. */
  partitions: number | null;
  bufferBytes: number;
  use: WorkerUse;
  pauseEvidence: readonly Evidence[];
  flushEvidence: readonly Evidence[];
  memoryEvidence: readonly Evidence[];
}

/** Workers whose pushes were paused for more than an ordinary brake in the question's time, the longest pause first. */
export function pausedWorkers(facts: ShuffleFacts, scope: ShuffleScope): PausedWorker[] {
  const states = toldByService(facts, scope, 'serving_state');
  const hosts = new Set([
    ...states.map(({ workerHost }) => workerHost),
    ...(facts.meters.pausedMs ?? []).map(({ host }) => host),
  ]);
  return [...hosts]
    .flatMap((host) => pausedWorker(facts, scope, host) ?? [])
    .filter(({ pausedMs }) => isMore(pausedMs, scope))
    .sort((a, b) => b.pausedMs - a.pausedMs);
}

function isMore(pausedMs: number, { window }: ShuffleScope): boolean {
  if (pausedMs < LIMIT.pausedMs) return false;
  if (window === null || pausedMs >= LIMIT.pausedAnywayMs) return true;
  return pausedMs >= (window.to - window.from) * LIMIT.pausedShare;
}

function pausedWorker(facts: ShuffleFacts, scope: ShuffleScope, host: string): PausedWorker | null {
  const states = toldByService(facts, scope, 'serving_state').filter(({ workerHost }) => workerHost === host);
  const paused = states.filter(({ to }) => to !== 'NONE_PAUSED');
  const points = pointsOf(facts, scope, host, 'pausedMs');
  const grown = growthOf(points);
  const pausedMs = grown?.grownMs ?? sumOfStates(states, scope);
  if (pausedMs === 0) return null;
  const flush = highest(pointsOf(facts, scope, host, 'flushMaxMs'));
  const peers = (facts.meters.flushMaxMs ?? [])
    .filter((series) => series.host !== host)
    .flatMap((series) => series.points.filter(({ at }) => isInScope(at, scope)));
  const ratio = highest(pointsOf(facts, scope, host, 'directRatio'));
  const memory = memoryOf(facts, scope, host);
  return {
    host,
    pausedMs,
    from: paused[0]?.at ?? grown?.from ?? null,
    until: states.findLast(({ to }) => to === 'NONE_PAUSED')?.at ?? grown?.to ?? null,
    replicatePaused: paused.some(({ to }) => to.includes('REPLICATE')),
    flushMaxMs: flush?.value ?? null,
    peersFlushMaxMs: highest(peers)?.value ?? null,
    mount: mountOf(facts, host),
    directRatio: ratio?.value ?? memory.ratio,
    maxDirectBytes: memory.maxDirectBytes,
    partitions: partitionsOn(facts, scope, host),
    bufferBytes: bufferOf(facts, host),
    use: useOfWorker(facts, scope, host, null),
    pauseEvidence: [
      ...paused.slice(0, 1).map(({ record }) => recordEvidence(record)),
      ...(grown ? [grown.evidence] : []),
    ],
    flushEvidence: flush ? [flush.evidence] : [],
    memoryEvidence: [...(ratio ? [ratio.evidence] : []), ...memory.evidence],
  };
}

function pointsOf(facts: ShuffleFacts, scope: ShuffleScope, host: string, meter: MeterName): MeterPoint[] {
  return (facts.meters[meter] ?? [])
    .filter((series) => series.host === host)
    .flatMap(({ points }) => points.filter(({ at }) => isInScope(at, scope) || isJustBefore(at, scope)));
}

/** The last sample before the window is where growth begins. */
function isJustBefore(at: number, { window }: ShuffleScope): boolean {
  return window !== null && at < window.from && at >= window.from - LIMIT.edgeMs;
}

/** Growth of a counter; a fall is a restart of the process, behind which it begins at nothing. */
function growthOf(points: readonly MeterPoint[]) {
  const [first] = points;
  if (!first || points.length < 2) return null;
  let grownMs = 0;
  let from: number | null = null;
  let last = first;
  let end = first;
  for (const point of points.slice(1)) {
    const step = point.value >= last.value ? point.value - last.value : point.value;
    if (step > 0) {
      from ??= last.at;
      end = point;
    }
    grownMs += step;
    last = point;
  }
  return { grownMs, from, to: end.at, evidence: end.evidence };
}

/** Where no meter was sampled: the spans between the states that the log tells. */
function sumOfStates(states: readonly { at: number | null; to: string }[], { window }: ShuffleScope): number {
  let sum = 0;
  let since: number | null = null;
  for (const { at, to } of states) {
    if (at === null) continue;
    if (to === 'NONE_PAUSED') {
      sum += since === null ? 0 : at - since;
      since = null;
    } else since ??= at;
  }
  return since !== null && window !== null ? sum + Math.max(0, window.to - since) : sum;
}

function highest(points: readonly MeterPoint[]): MeterPoint | null {
  return points.reduce<MeterPoint | null>(
    (best, point) => (best === null || point.value > best.value ? point : best),
    null,
  );
}

/** Queues of flushers carry the mount point and the number of the thread: `/mnt/disk1-0`. */
function mountOf({ meters }: ShuffleFacts, host: string): string | null {
  const queues = (meters.flushQueue ?? []).filter((series) => series.host === host && series.label !== null);
  const fullest = queues.toSorted((a, b) => (highest(b.points)?.value ?? 0) - (highest(a.points)?.value ?? 0))[0];
  return fullest?.label?.replace(/-\d{1,4}$/, '') ?? null;
}

function memoryOf(facts: ShuffleFacts, scope: ShuffleScope, host: string) {
  const limits = eventsOf(facts.events, 'memory_limits').filter(({ workerHost }) => workerHost === host);
  const limit = limits.findLast(({ at }) => at === null || scope.window === null || at <= scope.window.to) ?? null;
  const used = toldByService(facts, scope, 'memory_use').filter(({ workerHost }) => workerHost === host);
  const fullest = used.toSorted((a, b) => b.usedBytes / b.maxBytes - a.usedBytes / a.maxBytes)[0];
  return {
    maxDirectBytes: limit?.maxDirectBytes ?? fullest?.maxBytes ?? null,
    ratio: fullest && fullest.maxBytes > 0 ? fullest.usedBytes / fullest.maxBytes : null,
    evidence: [...(fullest ? [fullest] : []), ...(limit ? [limit] : [])].map(({ record }) => recordEvidence(record)),
  };
}

function partitionsOn(facts: ShuffleFacts, scope: ShuffleScope, host: string): number | null {
  const { applicationId } = scope;
  const reserved = eventsOf(facts.events, 'reserved').filter(
    (event) => event.workerHost === host && (applicationId === null || isOfRun(event.applicationId, applicationId)),
  );
  const told = reserved.map(({ primaries, replicas }) => primaries + replicas);
  const slots = highest(pointsOf(facts, scope, host, 'activeSlots'))?.value ?? 0;
  const most = Math.max(0, slots, ...told);
  return most > 0 ? most : null;
}

function bufferOf({ settings }: ShuffleFacts, host: string): number {
  const own = settings.find((one) => one.role === 'worker' && one.host === host)?.values;
  const set = own?.['celeborn.worker.flusher.local.buffer.size'] ?? own?.['celeborn.worker.flusher.buffer.size'];
  return sizeOf(set) ?? LIMIT.bufferBytes;
}
