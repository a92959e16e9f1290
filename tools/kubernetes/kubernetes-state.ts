import type { Evidence } from '../evidence/evidence.ts';
import type { JsonObject } from '../evidence/json-object.ts';

/** What the API server or `kubectl -o json` says about pods, their nodes and events; other kinds are kept as they are. */
export interface KubernetesState {
  pods: readonly PodState[];
  events: readonly EventState[];
  nodes: readonly NodeState[];
  /** Objects of other kinds (Fluid's, claims, jobs), for the areas that know them. */
  others: readonly OtherObject[];
}

/** An object of a kind that this room does not judge. */
export interface OtherObject {
  /** `data.fluid.io/v1alpha1`. */
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
  object: JsonObject;
  /** When the answer was given or the file written; null when unknown. */
  at: number | null;
}

/** What runs in a pod, by the labels that its engine or operator sets. */
export interface PodComponent {
  engine: 'spark' | 'flink' | 'celeborn' | 'alluxio' | 'juicefs' | 'jindo' | 'fluid';
  /** `driver`, `executor`, `jobmanager`, `taskmanager`, `master`, `worker`, `fuse`. */
  role: string;
  /** Application, cluster, release or dataset it belongs to. */
  of: string | null;
}

/** A pod at the latest look. A missing status is an empty phase and no containers, never a healthy one. */
export interface PodState {
  uid: string;
  name: string;
  namespace: string;
  node: string | null;
  component: PodComponent | null;
  /** Spark's own application id and executor id (`spark-app-selector`, `spark-exec-id`). */
  sparkApplication: string | null;
  sparkExecutor: string | null;
  owner: { kind: string; name: string } | null;
  priorityClass: string | null;
  priority: number | null;
  qosClass: string | null;
  phase: string;
  reason: string;
  message: string;
  createdAt: number | null;
  startedAt: number | null;
  /** Deletion was asked for: from then on its containers are ended on purpose. */
  deletedAt: number | null;
  conditions: readonly Condition[];
  containers: readonly ContainerState[];
  /** When the answer was given; null for a file of unknown time. */
  seenAt: number | null;
  evidence: Evidence;
}

export interface Condition {
  type: string;
  /** `True`, `False`, `Unknown`. */
  status: string;
  reason: string;
  message: string;
  /** When it last changed. */
  at: number | null;
  evidence: Evidence;
}

export interface ContainerState {
  name: string;
  kind: 'main' | 'init' | 'ephemeral';
  image: string;
  ready: boolean | null;
  restarts: number;
  /** What it waits for now: `CrashLoopBackOff`, `ImagePullBackOff`, `ContainerCreating`; null when it does not wait. */
  waiting: { reason: string; message: string; evidence: Evidence } | null;
  runningSince: number | null;
  /** Its ends that are known, oldest first: the one before the last restart, the present one. */
  ends: readonly ContainerEnd[];
  limits: Resources;
  requests: Resources;
}

export interface ContainerEnd {
  reason: string;
  exitCode: number | null;
  signal: number | null;
  message: string;
  startedAt: number | null;
  finishedAt: number | null;
  evidence: Evidence;
}

/** Null: not set. */
export interface Resources {
  memoryBytes: number | null;
  cpus: number | null;
}

export interface EventState {
  reason: string;
  message: string;
  kind: string;
  name: string;
  namespace: string;
  uid: string | null;
  /** `kubelet`, `default-scheduler`, `node-controller`. */
  reporter: string;
  host: string | null;
  firstAt: number | null;
  lastAt: number | null;
  count: number;
  evidence: Evidence;
}

export interface NodeState {
  name: string;
  conditions: readonly Condition[];
  taints: readonly { key: string; effect: string }[];
  /** Cordoned: nothing new is placed there. */
  unschedulable: boolean;
  allocatable: Resources;
  capacity: Resources;
  kernelVersion: string | null;
  seenAt: number | null;
  evidence: Evidence;
}
