import type { KubernetesCase, KubernetesScope } from './kubernetes-case.ts';
import { readKubernetesState } from './read-kubernetes-state.ts';

/** 2026-11-21T11:00:00Z: the beginning of the question's time in these tests. */
export const BEGIN = Date.UTC(2026, 10, 21, 11);
/** A time `seconds` behind it, as the API writes it. */
export const iso = (seconds: number) => new Date(BEGIN + seconds * 1000).toISOString().replace('.000Z', 'Z');

type Json = Readonly<Record<string, unknown>>;

/** Objects in the API's form (core/v1, 1.2x), composed for tests; nothing here is a recording. */
export interface PodSpec {
  name?: string;
  uid?: string;
  labels?: Json;
  node?: string;
  priority?: number;
  deletedAt?: number;
  createdAt?: number;
  startedAt?: number;
  requests?: Json;
  phase?: string;
  reason?: string;
  message?: string;
  conditions?: readonly Json[];
  /** Of the one container `main`. */
  status?: Json;
}

export function pod(spec: PodSpec): Json {
  const name = spec.name ?? 'ads-exec-3';
  const container = {
    name: 'main',
    image: 'reg.example/spark:3.5',
    resources: spec.requests ? { requests: spec.requests } : {},
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'ads',
      uid: spec.uid ?? `uid-${name}`,
      labels: spec.labels ?? { 'spark-role': 'executor', 'spark-app-selector': 'spark-1f2e', 'spark-exec-id': '3' },
      creationTimestamp: iso(spec.createdAt ?? 10),
      ...(spec.deletedAt === undefined ? {} : { deletionTimestamp: iso(spec.deletedAt) }),
    },
    spec: {
      ...(spec.node === undefined ? {} : { nodeName: spec.node }),
      ...(spec.priority === undefined ? {} : { priority: spec.priority }),
      containers: [container],
    },
    status: {
      phase: spec.phase ?? 'Running',
      ...(spec.reason === undefined ? {} : { reason: spec.reason, message: spec.message ?? '' }),
      conditions: spec.conditions ?? [],
      ...(spec.node === undefined ? {} : { startTime: iso(spec.startedAt ?? 20) }),
      ...(spec.status === undefined ? {} : { containerStatuses: [{ name: 'main', restartCount: 0, ...spec.status }] }),
    },
  };
}

export function event(spec: {
  reason: string;
  message: string;
  kind?: string;
  name?: string;
  uid?: string;
  at: number;
  count?: number;
}): Json {
  const name = spec.name ?? 'ads-exec-3';
  const kind = spec.kind ?? 'Pod';
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.1`, namespace: 'ads' },
    involvedObject: { kind, name, namespace: 'ads', ...(kind === 'Pod' ? { uid: spec.uid ?? `uid-${name}` } : {}) },
    reason: spec.reason,
    message: spec.message,
    source: { component: 'kubelet', host: 'node7' },
    firstTimestamp: iso(spec.at),
    lastTimestamp: iso(spec.at),
    count: spec.count ?? 1,
  };
}

export function node(spec: {
  name?: string;
  memory?: string;
  cpu?: string;
  conditions?: readonly Json[];
  unschedulable?: boolean;
}): Json {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: spec.name ?? 'node7' },
    spec: spec.unschedulable ? { unschedulable: true } : {},
    status: {
      allocatable: { cpu: spec.cpu ?? '16', memory: spec.memory ?? '32Gi' },
      conditions: spec.conditions ?? [{ type: 'Ready', status: 'True', lastTransitionTime: iso(-9000) }],
    },
  };
}

/** What a rule judges, read from the text of a list of these objects. */
export function kubernetesCase(items: readonly Json[], scope: Partial<KubernetesScope> = {}): KubernetesCase {
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 1);
  const state = readKubernetesState({ body, source: 'http/kubernetes/list.json', at: BEGIN + 600_000 });
  if (state === null) throw new Error('no Kubernetes');
  return {
    state,
    scope: {
      window: { from: BEGIN, to: BEGIN + 600_000 },
      applicationIds: ['spark-1f2e'],
      podNames: [],
      hosts: [],
      ...scope,
    },
  };
}
