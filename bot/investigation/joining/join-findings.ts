import type { Finding } from '../../../tools/evidence/finding.ts';
import type { JoinKeys } from '../../../tools/evidence/join-keys.ts';

/** How two findings belong together. */
export interface Join {
  /** The keys both name with the same value, the narrowest first. */
  on: readonly (keyof JoinKeys)[];
  /** `key`: a key says so; `time`: only the same host at the same time, which is an inference. */
  by: 'key' | 'time';
  /** Higher is narrower: a container beats a host, a host beats an application. */
  strength: number;
}

/** Keys that may join, with their strength. A pid counts only together with its host. */
const STRENGTH: readonly (readonly [keyof JoinKeys, number])[] = [
  ['taskId', 100],
  ['containerId', 90],
  ['podUid', 90],
  ['podName', 85],
  ['cgroupPath', 85],
  ['executorId', 80],
  ['shuffleId', 60],
  ['stageId', 60],
  ['jobId', 50],
  ['sqlExecutionId', 50],
  ['workerAddress', 55],
  ['device', 45],
  ['path', 40],
  ['queue', 30],
  ['applicationId', 20],
];

/** As narrow as the application's id, which such a run never got. */
const ONE_RUN = 20;

/** Keys that cannot differ between an effect and its cause on the same machine or in the same process. */
const EXCLUSIVE: readonly (keyof JoinKeys)[] = ['applicationId', 'containerId', 'podUid', 'executorId', 'taskId'];

/** An effect may be stamped this much before its cause: clocks of two processes, buffered log lines. */
const CLOCK_SLACK_MS = 30_000;
/** Two things on one host within this time may belong together; without a key that stays an inference. */
const SAME_TIME_MS = 120_000;
/** The default expiry of a node and the ResourceManager's own round. */
const NODE_EXPIRY_MS = 12 * 60_000;

/**
 * Joins an effect with a possible cause: on keys both name, else on host and time. Null when a key contradicts, when the
 * cause came later than the effect, or when nothing connects them.
 */
export function joinFindings(effect: Finding, cause: Finding): Join | null {
  if (EXCLUSIVE.some((key) => differs(effect.keys, cause.keys, key))) return null;
  if (!mayPrecede(cause, effect)) return null;
  const on = STRENGTH.filter(([key]) => same(effect.keys, cause.keys, key));
  if (same(effect.keys, cause.keys, 'pid') && same(effect.keys, cause.keys, 'host')) on.unshift(['pid', 95]);
  // A partition's number is its shuffle's own.
  if (same(effect.keys, cause.keys, 'partitionId') && same(effect.keys, cause.keys, 'shuffleId'))
    on.unshift(['partitionId', 65]);
  const [first] = on;
  if (first === undefined && isBelowMount(effect, cause)) return { on: ['path'], by: 'key', strength: 40 };
  if (first) return { on: on.map(([key]) => key), by: 'key', strength: first[1] };
  if (sameNamelessRun(effect, cause)) return { on: ['applicationName'], by: 'key', strength: ONE_RUN };
  if (same(effect.keys, cause.keys, 'host') && (sameTime(effect, cause) || lostAfter(effect, cause)))
    return onHost(effect, cause);
  return null;
}

/**
 * What a kernel, a disk or a mount of the host did concerns all who were on it: the host is a key. Else it is a coincidence in
 * time.
 */
function onHost(effect: Finding, cause: Finding): Join {
  const isMount = cause.area === 'cache' && cause.keys.path !== undefined;
  const ofHost = cause.area === 'memory' || cause.area === 'storage' || isMount;
  const hit = effect.symptom !== undefined || effect.code === cause.code;
  return { on: ['host'], by: ofHost && hit ? 'key' : 'time', strength: ofHost && hit ? 42 : 10 };
}

/** A run that ended before it got an id: two records of one log that goes by the job's name, or whose end its program tells. */
function sameNamelessRun(a: Finding, b: Finding): boolean {
  if (a.keys.applicationId !== undefined || b.keys.applicationId !== undefined) return false;
  if (!same(a.keys, b.keys, 'applicationName') && a.values.final !== 'true') return false;
  return a.evidence.some((one) => b.evidence.some((other) => one.source === other.source));
}

/** A file that could not be read lies below the mount that is gone or slow; `/` holds everything and joins nothing. */
function isBelowMount(effect: Finding, cause: Finding): boolean {
  const mount = cause.keys.path?.replace(/\/+$/, '');
  const file = effect.keys.path;
  if (cause.area !== 'cache' || !mount || file === undefined) return false;
  const oneHost = !differs(effect.keys, cause.keys, 'host');
  return oneHost && file.startsWith(`${mount}/`);
}

function same(a: JoinKeys, b: JoinKeys, key: keyof JoinKeys): boolean {
  return a[key] !== undefined && a[key] === b[key];
}

function differs(a: JoinKeys, b: JoinKeys, key: keyof JoinKeys): boolean {
  return a[key] !== undefined && b[key] !== undefined && a[key] !== b[key];
}

function mayPrecede(cause: Finding, effect: Finding): boolean {
  const ended = effect.until ?? effect.at;
  return cause.at === null || ended === null || cause.at <= ended + CLOCK_SLACK_MS;
}

/**
 * A node is declared lost only when its expiry has run out (`yarn.nm.liveness-monitor.expiry-interval-ms`, 10 min by default),
 * and what the kernel did to it lies as far back.
 */
function lostAfter(effect: Finding, cause: Finding): boolean {
  if (effect.symptom !== 'node_lost' || cause.area !== 'memory') return false;
  return effect.at !== null && cause.at !== null && effect.at >= cause.at && effect.at - cause.at <= NODE_EXPIRY_MS;
}

function sameTime(a: Finding, b: Finding): boolean {
  return a.at !== null && b.at !== null && Math.abs(a.at - b.at) <= SAME_TIME_MS;
}
