import type { HttpAnswer } from '../platform/platform.ts';
import type { QueueUser, YarnQueue } from './queue-facts.ts';
import type { Resources } from './resources.ts';
import {
  booleanOf,
  childObject,
  childObjects,
  countOf,
  numberOf,
  quoteMembers,
  type RestObject,
  resourcesOf,
  restObjectAt,
  textOf,
} from './rest-object.ts';

/** A hierarchy deeper than this is no queue tree (bounds recursion on hostile input). */
const MAX_DEPTH = 32;

/** The queues of `/ws/v1/cluster/scheduler`, parents before children: Capacity, Fair and FIFO scheduler. */
export function parseScheduler(answer: HttpAnswer): YarnQueue[] {
  const info = restObjectAt(answer, ['scheduler', 'schedulerInfo']);
  if (!info) return [];
  const type = textOf(info, 'type').toLowerCase();
  if (type.includes('fair')) {
    const root = childObject(info, 'rootQueue');
    return root ? fairQueues(root, 0) : [];
  }
  return capacityQueues(info, '', type.includes('fifo') ? 'fifo' : 'capacity', 0);
}

function capacityQueues(
  object: RestObject,
  parentPath: string,
  scheduler: 'capacity' | 'fifo',
  depth: number,
): YarnQueue[] {
  if (depth > MAX_DEPTH) return [];
  const name = textOf(object, 'queueName') || (parentPath === '' ? 'root' : '');
  if (name === '') return [];
  const printed = textOf(object, 'queuePath');
  const path = printed || (parentPath === '' || name.includes('.') ? name : `${parentPath}.${name}`);
  const children = childQueues(object, 'queues');
  const queue = capacityQueue(object, {
    name: name.split('.').at(-1) ?? name,
    path,
    scheduler,
    leaf: children.length === 0,
  });
  return [queue, ...children.flatMap((child) => capacityQueues(child, path, scheduler, depth + 1))];
}

function capacityQueue(object: RestObject, base: Pick<YarnQueue, 'name' | 'path' | 'scheduler' | 'leaf'>): YarnQueue {
  return {
    ...emptyQueue(object, base),
    state: textOf(object, 'state') || textOf(object, 'qstate') || 'RUNNING',
    capacityPercent: numberOf(object, 'capacity'),
    usedPercent: numberOf(object, 'usedCapacity'),
    maxPercent: numberOf(object, 'maxCapacity'),
    absoluteCapacityPercent: numberOf(object, 'absoluteCapacity'),
    absoluteUsedPercent: numberOf(object, 'absoluteUsedCapacity'),
    absoluteMaxPercent: numberOf(object, 'absoluteMaxCapacity'),
    used: resourcesOf(object, 'resourcesUsed'),
    guaranteed: resourcesOf(object, 'minEffectiveCapacity'),
    max: resourcesOf(object, 'maxEffectiveCapacity'),
    amLimit: resourcesOf(object, 'AMResourceLimit'),
    amUsed: resourcesOf(object, 'usedAMResource'),
    userAmLimit: resourcesOf(object, 'userAMResourceLimit'),
    userLimitFactor: numberOf(object, 'userLimitFactor'),
    activeApplications: countOf(object, 'numActiveApplications'),
    pendingApplications: countOf(object, 'numPendingApplications'),
    maxApplications: countOf(object, 'maxApplications'),
    pendingContainers: countOf(object, 'pendingContainers'),
    reservedContainers: countOf(object, 'reservedContainers'),
    preemptionDisabled: booleanOf(object, 'preemptionDisabled'),
    maximumAllocation: resourcesOf(object, 'maximumAllocation'),
    users: capacityUsers(object),
    amEvidence: object.members.has('AMResourceLimit')
      ? quoteMembers(object, ['AMResourceLimit', 'usedAMResource'], 'resource_manager')
      : null,
  };
}

function capacityUsers(object: RestObject): QueueUser[] {
  const users = childObject(object, 'users');
  if (!users) return [];
  return childObjects(users, 'user').map((user) => ({
    name: textOf(user, 'username'),
    used: resourcesOf(user, 'resourcesUsed') ?? { memoryBytes: 0, vcores: 0 },
    limit: resourcesOf(user, 'userResourceLimit'),
    amUsed: resourcesOf(user, 'AMResourceUsed'),
    activeApplications: countOf(user, 'numActiveApplications') ?? 0,
    pendingApplications: countOf(user, 'numPendingApplications') ?? 0,
  }));
}

/**
 * A Fair queue with those below it. A leaf prints the ceiling it was given, not that of its parents which holds as well; a parent
 * prints no numbers of applications (3.3.6), they are the sum of its children's.
 */
function fairQueues(object: RestObject, depth: number, ceiling: Resources | null = null): YarnQueue[] {
  const path = textOf(object, 'queueName');
  if (depth > MAX_DEPTH || path === '') return [];
  const children = childQueues(object, 'childQueues');
  const max = smaller(resourcesOf(object, 'maxResources'), ceiling);
  const below = children.flatMap((child) => fairQueues(child, depth + 1, max));
  const own = below.filter((queue) => queue.leaf);
  const amLimit = known(resourcesOf(object, 'amMaxResources'));
  const queue: YarnQueue = {
    ...emptyQueue(object, {
      name: path.split('.').at(-1) ?? path,
      path,
      scheduler: 'fair',
      leaf: children.length === 0,
    }),
    state: 'RUNNING',
    used: resourcesOf(object, 'usedResources'),
    // The share of the moment is zero while nobody asks for anything; the steady one is what the queue can count on.
    guaranteed:
      known(resourcesOf(object, 'fairResources')) ??
      known(resourcesOf(object, 'steadyFairResources')) ??
      known(resourcesOf(object, 'minResources')),
    max,
    amLimit,
    amUsed: amLimit === null ? null : resourcesOf(object, 'amUsedResources'),
    activeApplications: countOf(object, 'numActiveApps') ?? sumOf(own, 'activeApplications'),
    pendingApplications: countOf(object, 'numPendingApps') ?? sumOf(own, 'pendingApplications'),
    maxApplications: limitOf(countOf(object, 'maxApps')),
    pendingContainers: countOf(object, 'pendingContainers'),
    reservedContainers: countOf(object, 'reservedContainers'),
    preemptionDisabled: negated(booleanOf(object, 'preemptable')),
    maximumAllocation: resourcesOf(object, 'maxContainerAllocation'),
    amEvidence:
      amLimit === null ? null : quoteMembers(object, ['amMaxResources', 'amUsedResources'], 'resource_manager'),
  };
  return [queue, ...below];
}

/** Each resource by itself: a parent may be short of memory and a child of cores. */
function smaller(a: Resources | null, b: Resources | null): Resources | null {
  if (a === null || b === null) return a ?? b;
  return { memoryBytes: Math.min(a.memoryBytes, b.memoryBytes), vcores: Math.min(a.vcores, b.vcores) };
}

/** Zero stands for "not set" where a limit is meant: `maxAMShare` -1 switches the check off and prints zeros. */
function known(resources: Resources | null): Resources | null {
  return resources !== null && resources.memoryBytes > 0 ? resources : null;
}

function limitOf(applications: number | null): number | null {
  return applications === 2 ** 31 - 1 ? null : applications;
}

function sumOf(queues: readonly YarnQueue[], key: 'activeApplications' | 'pendingApplications'): number | null {
  if (queues.length === 0) return null;
  return queues.reduce((sum, queue) => sum + (queue[key] ?? 0), 0);
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

/** Children as 3.x (`{ "queue": [...] }`) or older Fair answers (a bare array) hold them. */
function childQueues(object: RestObject, key: string): RestObject[] {
  const holder = childObject(object, key);
  if (holder?.members.has('queue')) return childObjects(holder, 'queue');
  return childObjects(object, key).filter((child) => child.members.has('queueName'));
}

function emptyQueue(object: RestObject, base: Pick<YarnQueue, 'name' | 'path' | 'scheduler' | 'leaf'>): YarnQueue {
  return {
    ...base,
    state: '',
    capacityPercent: null,
    usedPercent: null,
    maxPercent: null,
    absoluteCapacityPercent: null,
    absoluteUsedPercent: null,
    absoluteMaxPercent: null,
    used: null,
    guaranteed: null,
    max: null,
    amLimit: null,
    amUsed: null,
    userAmLimit: null,
    userLimitFactor: null,
    activeApplications: null,
    pendingApplications: null,
    maxApplications: null,
    pendingContainers: null,
    reservedContainers: null,
    preemptionDisabled: null,
    maximumAllocation: null,
    users: [],
    sampledAt: object.answer.at,
    evidence: quoteMembers(
      object,
      ['capacity', 'usedCapacity', 'maxCapacity', 'absoluteUsedCapacity', 'queueName', 'maxResources', 'usedResources'],
      'resource_manager',
    ),
    amEvidence: null,
  };
}
