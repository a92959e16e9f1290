import type { Quote } from '../evidence/quote.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { KubernetesEvent, KubernetesFacts, NodeFacts, PodFacts, Termination } from '../host/kubernetes-facts.ts';
import { quantityBytes } from './quantity-bytes.ts';

type Json = Readonly<Record<string, unknown>>;

const MAX_OBJECTS = 5_000;

/** True when a text's beginning looks like an object or list of the Kubernetes API. */
export function looksLikeKubernetes(head: string): boolean {
  return (
    /^\s{0,20}[{[]/.test(head) &&
    head.includes('"apiVersion"') &&
    /"kind"\s{0,4}:\s{0,4}"(?:Pod|PodList|List|Event|EventList|Node|NodeList)"/.test(head)
  );
}

/**
 * Reads pods, events and nodes out of an answer of the API server or of `kubectl -o json`: single objects, typed lists,
 * mixed lists.
 *
 * @returns `null` when the text is no such JSON
 */
export function readKubernetes(text: string, source: string): KubernetesFacts | null {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return null;
  }
  const facts: KubernetesFacts = { pods: [], events: [], nodes: [] };
  const place: Place = { text, source, from: 0 };
  for (const item of itemsOf(root).slice(0, MAX_OBJECTS)) addItem(facts, item, place);
  return facts.pods.length + facts.events.length + facts.nodes.length > 0 ? facts : null;
}

/** Where in the text the reader is: objects of a list stand in its order. */
interface Place {
  text: string;
  source: string;
  from: number;
}

function itemsOf(root: unknown): Json[] {
  const object = asObject(root);
  const items = Array.isArray(object.items) ? object.items : Array.isArray(root) ? root : [root];
  const kind = text(object.kind).replace(/List$/, '');
  return items.map(asObject).map((item) => (item.kind === undefined ? { ...item, kind } : item));
}

function addItem(facts: KubernetesFacts, item: Json, place: Place): void {
  const uid = text(asObject(item.metadata).uid);
  const at = uid === '' ? -1 : place.text.indexOf(uid, place.from);
  if (at !== -1) place.from = at;
  if (item.kind === 'Pod') facts.pods.push(podOf(item, place));
  else if (item.kind === 'Event') facts.events.push(eventOf(item, place));
  else if (item.kind === 'Node') facts.nodes.push(nodeOf(item, place));
}

function podOf(item: Json, place: Place): PodFacts {
  const metadata = asObject(item.metadata);
  const spec = asObject(item.spec);
  const status = asObject(item.status);
  const labels = asObject(metadata.labels);
  const reason = text(status.reason);
  const sizes = containerSizes(spec);
  const containers = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'].flatMap((list) =>
    asList(status[list]),
  );
  const terminations = containers.flatMap((container) => terminationsOf(container, sizes, place));
  const times = asList(status.conditions).map((condition) => time(condition.lastTransitionTime));
  const sparkApp = text(labels['spark-app-selector']);
  const sparkExecutor = text(labels['spark-exec-id']);
  return {
    uid: text(metadata.uid),
    name: text(metadata.name),
    namespace: text(metadata.namespace),
    node: text(spec.nodeName) || null,
    labels: { ...(sparkApp ? { sparkApp } : {}), ...(sparkExecutor ? { sparkExecutor } : {}) },
    phase: text(status.phase),
    reason,
    message: text(status.message),
    qosClass: text(status.qosClass),
    at: latest([...times, ...terminations.map((end) => end.finishedAt), time(status.startTime)]),
    terminations,
    quote: reason === '' ? null : quoteField(place, 'reason', reason, text(status.message)),
  };
}

function containerSizes(spec: Json): ReadonlyMap<string, { limit: number | null; request: number | null }> {
  const sizes = new Map<string, { limit: number | null; request: number | null }>();
  for (const container of [...asList(spec.containers), ...asList(spec.initContainers)]) {
    const resources = asObject(container.resources);
    sizes.set(text(container.name), {
      limit: quantityBytes(text(asObject(resources.limits).memory)),
      request: quantityBytes(text(asObject(resources.requests).memory)),
    });
  }
  return sizes;
}

function terminationsOf(
  container: Json,
  sizes: ReadonlyMap<string, { limit: number | null; request: number | null }>,
  place: Place,
): Termination[] {
  const name = text(container.name);
  return ['state', 'lastState'].flatMap((which): Termination[] => {
    const ended = asObject(asObject(container[which]).terminated);
    if (Object.keys(ended).length === 0) return [];
    const reason = text(ended.reason);
    return [
      {
        container: name,
        containerId: runtimeId(text(ended.containerID) || text(container.containerID)),
        reason,
        exitCode: count(ended.exitCode),
        signal: count(ended.signal),
        startedAt: time(ended.startedAt),
        finishedAt: time(ended.finishedAt),
        restarts: count(container.restartCount) ?? 0,
        memoryLimitBytes: sizes.get(name)?.limit ?? null,
        memoryRequestBytes: sizes.get(name)?.request ?? null,
        quote: quoteTermination(place, reason, text(ended.finishedAt)),
      },
    ];
  });
}

function eventOf(item: Json, place: Place): KubernetesEvent {
  const object = asObject(item.involvedObject ?? item.regarding);
  const metadata = asObject(item.metadata);
  const series = asObject(item.series);
  const message = text(item.message) || text(item.note);
  return {
    reason: text(item.reason),
    message,
    kind: text(object.kind),
    name: text(object.name),
    namespace: text(object.namespace) || text(metadata.namespace),
    uid: text(object.uid) || null,
    host:
      text(asObject(item.source).host) ||
      text(item.reportingInstance) ||
      (text(object.kind) === 'Node' ? text(object.name) : '') ||
      null,
    at: latest([
      time(item.lastTimestamp),
      time(series.lastObservedTime),
      time(item.eventTime),
      time(item.firstTimestamp),
    ]),
    count: count(item.count) ?? count(series.count) ?? 1,
    quote: quoteField(place, 'reason', text(item.reason), message),
  };
}

function nodeOf(item: Json, place: Place): NodeFacts {
  const status = asObject(item.status);
  const info = asObject(status.nodeInfo);
  return {
    name: text(asObject(item.metadata).name),
    conditions: asList(status.conditions).map((condition) => ({
      type: text(condition.type),
      status: text(condition.status),
      reason: text(condition.reason),
      message: text(condition.message),
      at: time(condition.lastTransitionTime),
      quote: quoteField(place, 'type', text(condition.type), text(condition.message)),
    })),
    kernelVersion: text(info.kernelVersion) || null,
    allocatableMemoryBytes: quantityBytes(text(asObject(status.allocatable).memory)),
  };
}

/** The `terminated` object that holds a reason, as it stands in the text. */
function quoteTermination(place: Place, reason: string, finishedAt: string): Quote | null {
  const near = finishedAt === '' ? place.from : place.text.indexOf(JSON.stringify(finishedAt), place.from);
  if (near === -1) return null;
  const start = place.text.lastIndexOf('{', near);
  const end = place.text.indexOf('}', near);
  const piece = place.text.slice(start, end + 1);
  if (start < place.from || end === -1 || !piece.includes(reason)) return null;
  return quotePiece(place.text, place.source, start, end + 1);
}

/** From a field's name to the end of the message that stands near it, or the field alone. */
function quoteField(place: Place, field: string, value: string, message: string): Quote | null {
  if (value === '') return null;
  const escaped = value.replace(/[^A-Za-z0-9]/g, '\\$&');
  const pattern = new RegExp(`"${field}"\\s{0,8}:\\s{0,8}"${escaped}"`, 'g');
  pattern.lastIndex = place.from;
  const found = pattern.exec(place.text);
  if (!found) return null;
  const [start, end] = [found.index, found.index + found[0].length];
  const written = message === '' ? '' : JSON.stringify(message);
  const before = written === '' ? -1 : place.text.lastIndexOf(written, start);
  const after = written === '' ? -1 : place.text.indexOf(written, end);
  if (after !== -1 && after - end < 400) return quotePiece(place.text, place.source, start, after + written.length);
  if (before >= place.from && start - before < 1200) return quotePiece(place.text, place.source, before, end);
  return quotePiece(place.text, place.source, start, end);
}

function runtimeId(id: string): string | null {
  return /([0-9a-f]{64})$/.exec(id)?.[1] ?? null;
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function asList(value: unknown): Json[] {
  return Array.isArray(value) ? value.slice(0, MAX_OBJECTS).map(asObject) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 4000) : '';
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function time(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((at): at is number => at !== null);
  return known.length === 0 ? null : Math.max(...known);
}
