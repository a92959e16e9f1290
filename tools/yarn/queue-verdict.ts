import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { YarnApplication } from './application-facts.ts';
import type { YarnFacts } from './facts.ts';
import type { HoldBack } from './queue-diagnostics.ts';
import type { YarnQueue } from './queue-facts.ts';
import type { Resources } from './resources.ts';
import { YARN_THRESHOLDS } from './thresholds.ts';

/** Why an application does not get what it asks for. */
type WaitReason =
  | 'am_limit'
  | 'user_am_limit'
  | 'user_limit'
  | 'queue_stopped'
  | 'reserved'
  | 'queue_full'
  | 'cluster_full'
  | 'never_fits'
  | 'no_nodes';

/** The reason with the code it speaks for and what shows it. */
export interface QueueVerdict {
  reason: WaitReason;
  code: CauseCode;
  /** The scheduler's own words say it, rather than its numbers. */
  stated: boolean;
  queue: YarnQueue | null;
  request: Resources | null;
  limit: Resources | null;
  used: Resources | null;
  evidence: Evidence[];
}

const CODE_OF: Readonly<Record<WaitReason, CauseCode>> = {
  am_limit: 'scheduling.queue_blocked',
  user_am_limit: 'scheduling.queue_blocked',
  user_limit: 'scheduling.queue_blocked',
  queue_stopped: 'scheduling.queue_blocked',
  reserved: 'scheduling.queue_blocked',
  queue_full: 'scheduling.queue_wait',
  cluster_full: 'scheduling.queue_wait',
  never_fits: 'scheduling.insufficient_resources',
  no_nodes: 'scheduling.insufficient_resources',
};

/**
 * Why a waiting application waits: by the scheduler's words where they decide, else by its numbers at the time of the answers.
 * `null` when neither decides. Pure.
 */
export function queueVerdict(
  application: YarnApplication,
  held: HoldBack | null,
  facts: YarnFacts,
): QueueVerdict | null {
  const queue = queueOf(application, facts);
  const ask = held?.request ?? application.largestAsk;
  const stated = statedReason(held, queue);
  const reason = stated ?? countedReason(application, ask, queue, facts);
  if (!reason) return null;
  return verdictOf(reason, stated !== null, { held, ask, facts, queue: whoIsFull(reason, queue, ask, facts) });
}

interface Known {
  held: HoldBack | null;
  ask: Resources | null;
  queue: YarnQueue | null;
  facts: YarnFacts;
}

function verdictOf(reason: WaitReason, stated: boolean, { held, ask, queue, facts }: Known): QueueVerdict {
  const am = reason === 'am_limit' || reason === 'user_am_limit';
  return {
    reason,
    code: CODE_OF[reason],
    stated,
    queue,
    request: ask,
    limit: held?.limit ?? (am ? (queue?.amLimit ?? null) : (queue?.max ?? null)),
    used: held?.used ?? (am ? (queue?.amUsed ?? null) : (queue?.used ?? null)),
    evidence: evidenceOf(reason, queue, facts),
  };
}

/** The queue an application is in, by its name or path. */
function queueOf(application: YarnApplication, facts: YarnFacts): YarnQueue | null {
  const { queue } = application;
  return (
    facts.queues.find((other) => other.path === queue) ??
    facts.queues.find((other) => other.leaf && other.name === queue.split('.').at(-1)) ??
    null
  );
}

function statedReason(held: HoldBack | null, queue: YarnQueue | null): WaitReason | null {
  switch (held?.kind) {
    case 'am_limit':
    case 'user_am_limit':
    case 'user_limit':
    case 'queue_stopped':
    case 'reserved':
      return held.kind;
    case 'queue_max':
      return 'queue_full';
    default:
      return queue !== null && /STOPPED|DRAINING/i.test(queue.state) ? 'queue_stopped' : null;
  }
}

function countedReason(
  application: YarnApplication,
  ask: Resources | null,
  queue: YarnQueue | null,
  facts: YarnFacts,
): WaitReason | null {
  const nodes = facts.nodes.filter((node) => node.state === 'RUNNING');
  if (facts.nodes.length > 0 && nodes.length === 0) return 'no_nodes';
  if (facts.cluster?.activeNodes === 0) return 'no_nodes';
  const above = queue ? lineOf(queue, facts) : [];
  if (!ask) return above.some(isFull) ? 'queue_full' : null;
  const sizes = nodes.map((node) => (node.usedMemoryBytes ?? 0) + (node.availableMemoryBytes ?? 0));
  if (sizes.length > 0 && Math.max(...sizes) < ask.memoryBytes) return 'never_fits';
  if (application.launchedAt === null && overAmLimit(queue, ask)) return 'am_limit';
  if (above.some((one) => isFull(one) || hasNoRoomFor(one, ask))) return 'queue_full';
  const free = Math.max(0, ...nodes.map((node) => node.availableMemoryBytes ?? 0));
  const total = facts.cluster?.availableMemoryBytes ?? null;
  if (nodes.length > 0 && free < ask.memoryBytes) {
    const kept = (facts.cluster?.reservedMemoryBytes ?? 0) > 0 || (queue?.reservedContainers ?? 0) > 0;
    return kept && total !== null && total >= ask.memoryBytes ? 'reserved' : 'cluster_full';
  }
  return null;
}

/** A queue and its parents, the root left out: that one is the cluster. */
function lineOf(queue: YarnQueue, { queues }: YarnFacts): YarnQueue[] {
  const parents = queues.filter(({ path }) => path.includes('.') && queue.path.startsWith(`${path}.`));
  return [queue, ...parents.toSorted((a, b) => b.path.length - a.path.length)];
}

/** Of a full line of queues the one that is full: the own one first. */
function whoIsFull(
  reason: WaitReason,
  queue: YarnQueue | null,
  ask: Resources | null,
  facts: YarnFacts,
): YarnQueue | null {
  if (reason !== 'queue_full' || queue === null) return queue;
  const full = lineOf(queue, facts).find((one) => isFull(one) || (ask !== null && hasNoRoomFor(one, ask)));
  return full ?? queue;
}

function overAmLimit(queue: YarnQueue | null, ask: Resources): boolean {
  if (!queue?.amLimit || !queue.amUsed || queue.amUsed.memoryBytes === 0) return false;
  return queue.amUsed.memoryBytes + ask.memoryBytes > queue.amLimit.memoryBytes;
}

/** The queue holds all it may: its ceiling, not only its guarantee. */
export function isFull(queue: YarnQueue): boolean {
  const { absoluteUsedPercent: used, absoluteMaxPercent: max } = queue;
  if (used !== null && max !== null && max > 0) return (100 * used) / max >= YARN_THRESHOLDS.fullPercent;
  if (queue.used && queue.max && queue.max.memoryBytes > 0) {
    return (100 * queue.used.memoryBytes) / queue.max.memoryBytes >= YARN_THRESHOLDS.fullPercent;
  }
  return false;
}

/** What is asked for would take the queue over its ceiling: for this application it is full, whatever its percentage says. */
function hasNoRoomFor({ used, max }: YarnQueue, ask: Resources): boolean {
  return used !== null && max !== null && max.memoryBytes > 0 && used.memoryBytes + ask.memoryBytes > max.memoryBytes;
}

function evidenceOf(reason: WaitReason, queue: YarnQueue | null, facts: YarnFacts): Evidence[] {
  const cluster = facts.cluster ? [facts.cluster.evidence] : [];
  if (reason === 'am_limit' || reason === 'user_am_limit') {
    return [...(queue?.amEvidence ? [queue.amEvidence] : []), ...cluster];
  }
  return [...(queue ? [queue.evidence] : []), ...cluster];
}
