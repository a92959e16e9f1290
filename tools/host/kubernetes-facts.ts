import type { Quote } from '../evidence/quote.ts';

/** What Kubernetes itself says about pods, their node and their events. */
export interface KubernetesFacts {
  pods: PodFacts[];
  events: KubernetesEvent[];
  nodes: NodeFacts[];
}

export interface PodFacts {
  uid: string;
  name: string;
  namespace: string;
  node: string | null;
  /** Spark's own labels, when the pod carries them: `spark-app-selector`, `spark-exec-id`. */
  labels: Readonly<{ sparkApp?: string; sparkExecutor?: string }>;
  phase: string;
  /** Why the pod as a whole failed: `Evicted`, `NodeLost`, `Preempting`, … */
  reason: string;
  message: string;
  qosClass: string;
  /** When the status was last known to have changed, milliseconds since the epoch; `null` when it has no time. */
  at: number | null;
  terminations: Termination[];
  /** The pod's own reason or phase line. */
  quote: Quote | null;
}

/** One ended container of a pod: its present state or the one before the last restart. */
export interface Termination {
  container: string;
  /** Runtime id without its scheme. */
  containerId: string | null;
  reason: string;
  exitCode: number | null;
  signal: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  restarts: number;
  memoryLimitBytes: number | null;
  memoryRequestBytes: number | null;
  quote: Quote | null;
}

export interface KubernetesEvent {
  reason: string;
  message: string;
  kind: string;
  name: string;
  namespace: string;
  uid: string | null;
  host: string | null;
  at: number | null;
  count: number;
  quote: Quote | null;
}

export interface NodeFacts {
  name: string;
  /** `MemoryPressure`, `DiskPressure`, `PIDPressure`, `Ready`. */
  conditions: {
    type: string;
    status: string;
    reason: string;
    message: string;
    at: number | null;
    quote: Quote | null;
  }[];
  kernelVersion: string | null;
  allocatableMemoryBytes: number | null;
}
