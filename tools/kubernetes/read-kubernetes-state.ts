import type { Evidence } from '../evidence/evidence.ts';
import {
  booleanAt,
  childObject,
  childObjects,
  countAt,
  instantAt,
  type JsonDocument,
  type JsonObject,
  numberAt,
  own,
  quoteMembers,
  rootObject,
  rootObjects,
  textAt,
} from '../evidence/json-object.ts';
import { componentOfPod } from './component-of-pod.ts';
import type {
  Condition,
  ContainerEnd,
  ContainerState,
  EventState,
  KubernetesState,
  NodeState,
  OtherObject,
  PodState,
  Resources,
} from './kubernetes-state.ts';
import { parseQuantity } from './parse-quantity.ts';

const MAX_OBJECTS = 20_000;

/** True when a text's beginning looks like an object or a list of the Kubernetes API. */
export function looksLikeKubernetesObject(head: string): boolean {
  return (
    /^\s{0,20}[{[]/.test(head) && head.includes('"apiVersion"') && /"kind"\s{0,4}:\s{0,4}"[A-Z]\w{1,80}"/.test(head)
  );
}

/**
 * Reads pods, events, nodes and other objects out of an answer of the API server or of `kubectl -o json`: single objects, typed
 * lists (whose items name no kind), mixed lists. Null when the text is no such JSON; `continue` of a list that was cut by `limit`.
 */
export function readKubernetesState(document: JsonDocument): (KubernetesState & { next: string }) | null {
  const root = rootObject(document);
  const items = root === null ? rootObjects(document, MAX_OBJECTS) : itemsOf(root);
  const kindOfList = root === null ? '' : textAt(root, 'kind').replace(/List$/, '');
  const versionOfList = root === null ? '' : textAt(root, 'apiVersion');
  const state = {
    pods: [] as PodState[],
    events: [] as EventState[],
    nodes: [] as NodeState[],
    others: [] as OtherObject[],
  };
  for (const item of items) {
    const kind = textAt(item, 'kind') || kindOfList;
    if (kind === 'Pod') state.pods.push(podOf(item));
    else if (kind === 'Event') state.events.push(eventOf(item));
    else if (kind === 'Node') state.nodes.push(nodeOf(item));
    else if (kind !== '' && kind !== 'Status') {
      const other = otherOf(item, kind, textAt(item, 'apiVersion') || versionOfList);
      if (other) state.others.push(other);
    }
  }
  const isList = root !== null && Array.isArray(own(root, 'items'));
  if (!isList && state.pods.length + state.events.length + state.nodes.length + state.others.length === 0) return null;
  const metadata = root === null ? null : childObject(root, 'metadata');
  return { ...state, next: metadata ? textAt(metadata, 'continue') : '' };
}

function itemsOf(root: JsonObject): JsonObject[] {
  return Array.isArray(own(root, 'items')) ? childObjects(root, 'items', MAX_OBJECTS) : [root];
}

function podOf(item: JsonObject): PodState {
  const metadata = childObject(item, 'metadata');
  const spec = childObject(item, 'spec');
  const status = childObject(item, 'status');
  const labels = (metadata && childObject(metadata, 'labels')?.value) ?? {};
  const label = (key: string) => (Object.hasOwn(labels, key) && typeof labels[key] === 'string' ? labels[key] : null);
  const [owner] = metadata ? childObjects(metadata, 'ownerReferences', 5) : [];
  return {
    uid: text(metadata, 'uid'),
    name: text(metadata, 'name'),
    namespace: text(metadata, 'namespace'),
    node: text(spec, 'nodeName') || null,
    component: componentOfPod(labels),
    sparkApplication: label('spark-app-selector'),
    sparkExecutor: label('spark-exec-id'),
    owner: owner ? { kind: textAt(owner, 'kind'), name: textAt(owner, 'name') } : null,
    priorityClass: text(spec, 'priorityClassName') || null,
    priority: spec ? numberAt(spec, 'priority') : null,
    qosClass: text(status, 'qosClass') || null,
    phase: text(status, 'phase'),
    reason: text(status, 'reason'),
    message: text(status, 'message'),
    createdAt: metadata ? instantAt(metadata, 'creationTimestamp') : null,
    startedAt: status ? instantAt(status, 'startTime') : null,
    deletedAt: metadata ? instantAt(metadata, 'deletionTimestamp') : null,
    conditions: status ? conditionsOf(status) : [],
    containers: containersOf(spec, status),
    seenAt: item.document.at,
    evidence: evidenceOf(status ?? metadata ?? item, status ? ['phase', 'reason', 'message'] : ['name', 'uid']),
  };
}

/** Conditions of an object's status; also of Fluid's. */
export function conditionsOf(status: JsonObject): Condition[] {
  return childObjects(status, 'conditions', 100).map((condition) => ({
    type: textAt(condition, 'type'),
    status: textAt(condition, 'status'),
    reason: textAt(condition, 'reason'),
    message: textAt(condition, 'message'),
    at: instantAt(condition, 'lastTransitionTime'),
    evidence: evidenceOf(condition, []),
  }));
}

const STATUS_LISTS = [
  ['containerStatuses', 'containers', 'main'],
  ['initContainerStatuses', 'initContainers', 'init'],
  ['ephemeralContainerStatuses', 'ephemeralContainers', 'ephemeral'],
] as const;

/** Containers by what is asked for, with what is known of their state: a pod that was never started has no statuses. */
function containersOf(spec: JsonObject | null, status: JsonObject | null): ContainerState[] {
  return STATUS_LISTS.flatMap(([statuses, specs, kind]) => {
    const asked = spec ? childObjects(spec, specs, 100) : [];
    const known = status ? childObjects(status, statuses, 100) : [];
    const names = new Set([...asked, ...known].map((container) => textAt(container, 'name')));
    return [...names].map((name): ContainerState => {
      const named = (list: readonly JsonObject[]) =>
        list.find((container) => textAt(container, 'name') === name) ?? null;
      return containerOf(name, kind, named(asked), named(known));
    });
  });
}

function containerOf(
  name: string,
  kind: ContainerState['kind'],
  asked: JsonObject | null,
  known: JsonObject | null,
): ContainerState {
  const resources = asked && childObject(asked, 'resources');
  const state = known && childObject(known, 'state');
  const waiting = state && childObject(state, 'waiting');
  const running = state && childObject(state, 'running');
  const before = known && childObject(known, 'lastState');
  const ends = [before, state].flatMap((one) => (one && childObject(one, 'terminated')) ?? []).map(endOf);
  return {
    name,
    kind,
    image: text(known, 'image') || text(asked, 'image'),
    ready: known ? booleanAt(known, 'ready') : null,
    restarts: (known && countAt(known, 'restartCount')) ?? 0,
    waiting: waiting
      ? {
          reason: textAt(waiting, 'reason'),
          message: textAt(waiting, 'message'),
          evidence: evidenceOf(waiting, []),
        }
      : null,
    runningSince: running ? instantAt(running, 'startedAt') : null,
    ends,
    limits: resourcesOf(resources && childObject(resources, 'limits')),
    requests: resourcesOf(resources && childObject(resources, 'requests')),
  };
}

function endOf(ended: JsonObject): ContainerEnd {
  return {
    reason: textAt(ended, 'reason'),
    exitCode: countAt(ended, 'exitCode'),
    signal: countAt(ended, 'signal'),
    message: textAt(ended, 'message'),
    startedAt: instantAt(ended, 'startedAt'),
    finishedAt: instantAt(ended, 'finishedAt'),
    evidence: evidenceOf(ended, []),
  };
}

function eventOf(item: JsonObject): EventState {
  const object = childObject(item, 'involvedObject') ?? childObject(item, 'regarding');
  const metadata = childObject(item, 'metadata');
  const series = childObject(item, 'series');
  const source = childObject(item, 'source');
  const times = [
    instantAt(item, 'firstTimestamp'),
    instantAt(item, 'eventTime'),
    instantAt(item, 'lastTimestamp'),
    series ? instantAt(series, 'lastObservedTime') : null,
  ].filter((at): at is number => at !== null);
  const kind = text(object, 'kind');
  return {
    reason: textAt(item, 'reason'),
    message: textAt(item, 'message') || textAt(item, 'note'),
    kind,
    name: text(object, 'name'),
    namespace: text(object, 'namespace') || text(metadata, 'namespace'),
    uid: text(object, 'uid') || null,
    reporter: text(source, 'component') || textAt(item, 'reportingComponent') || textAt(item, 'reportingController'),
    host: text(source, 'host') || (kind === 'Node' ? text(object, 'name') : '') || null,
    firstAt: times.length > 0 ? Math.min(...times) : null,
    lastAt: times.length > 0 ? Math.max(...times) : null,
    count: countAt(item, 'count') ?? (series ? countAt(series, 'count') : null) ?? 1,
    evidence: evidenceOf(item, ['reason', own(item, 'message') === undefined ? 'note' : 'message']),
  };
}

function nodeOf(item: JsonObject): NodeState {
  const metadata = childObject(item, 'metadata');
  const spec = childObject(item, 'spec');
  const status = childObject(item, 'status');
  const info = status && childObject(status, 'nodeInfo');
  return {
    name: text(metadata, 'name'),
    conditions: status ? conditionsOf(status) : [],
    taints: (spec ? childObjects(spec, 'taints', 100) : []).map((taint) => ({
      key: textAt(taint, 'key'),
      effect: textAt(taint, 'effect'),
    })),
    unschedulable: (spec && booleanAt(spec, 'unschedulable')) ?? false,
    allocatable: resourcesOf(status && childObject(status, 'allocatable')),
    capacity: resourcesOf(status && childObject(status, 'capacity')),
    kernelVersion: text(info, 'kernelVersion') || null,
    seenAt: item.document.at,
    evidence: evidenceOf(status ?? item, ['allocatable']),
  };
}

function otherOf(item: JsonObject, kind: string, apiVersion: string): OtherObject | null {
  const metadata = childObject(item, 'metadata');
  const name = text(metadata, 'name');
  if (name === '') return null;
  return { apiVersion, kind, name, namespace: text(metadata, 'namespace'), object: item, at: item.document.at };
}

function resourcesOf(given: JsonObject | null): Resources {
  return {
    memoryBytes: given ? parseQuantity(own(given, 'memory')) : null,
    cpus: given ? parseQuantity(own(given, 'cpu')) : null,
  };
}

function text(object: JsonObject | null, key: string): string {
  return object ? textAt(object, key) : '';
}

/** A piece of an object as evidence of Kubernetes: the members named, else the object from its beginning. */
export function evidenceOf(object: JsonObject, keys: readonly string[]): Evidence {
  const there = keys.filter((key) => own(object, key) !== undefined);
  const whole = quoteMembers(object, there);
  // Members that lie far apart: the first one alone.
  const quote = whole.excerpt.length > 1_500 && there[0] !== undefined ? quoteMembers(object, [there[0]]) : whole;
  return { ...quote, area: 'kubernetes', provenance: 'kubernetes', at: object.document.at };
}
