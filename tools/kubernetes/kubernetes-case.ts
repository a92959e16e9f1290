import type { Evidence } from '../evidence/evidence.ts';
import type { Finding } from '../evidence/finding.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { EventState, KubernetesState, NodeState, PodState } from './kubernetes-state.ts';
import { KUBERNETES_THRESHOLDS } from './thresholds.ts';

/** What the question is about. */
export interface KubernetesScope {
  window: { from: number; to: number } | null;
  /** Spark application ids (`spark-…`), Flink cluster ids, datasets: what `PodComponent.of` or Spark's label names. Empty: all. */
  applicationIds: readonly string[];
  /** Pods named in the question. */
  podNames: readonly string[];
  /** Hosts asked about; empty: all. */
  hosts: readonly string[];
}

/** What a rule of this area judges. */
export interface KubernetesCase {
  state: KubernetesState;
  scope: KubernetesScope;
}

type Said = Pick<Finding, 'rule' | 'statement' | 'evidence'> & Partial<Finding>;

/** A finding of this area: observed, once, of full weight, unless said otherwise. */
export function kubernetesFinding(said: Said): Finding {
  return {
    area: 'kubernetes',
    kind: 'observed',
    code: null,
    keys: {},
    at: null,
    count: 1,
    weight: 1,
    values: {},
    ...said,
  };
}

/** Remote shuffle and caches serve many runs: their pods matter to each of them. */
const SHARED = new Set(['celeborn', 'alluxio', 'juicefs', 'jindo', 'fluid']);

export function isSharedService(pod: PodState): boolean {
  return pod.component !== null && SHARED.has(pod.component.engine);
}

/** Pods that the question is about: the run's own, and those of services that it shares. */
export function podsInScope({ state, scope }: KubernetesCase): PodState[] {
  const { applicationIds, podNames, hosts } = scope;
  const any = applicationIds.length + podNames.length === 0;
  return state.pods.filter(
    (pod) =>
      (any || isNamed(pod, scope) || isSharedService(pod)) &&
      (hosts.length === 0 || pod.node === null || hosts.includes(pod.node) || isNamed(pod, scope)),
  );
}

/** True for a pod of the run itself. */
export function isNamed(pod: PodState, { applicationIds, podNames }: KubernetesScope): boolean {
  const of = [pod.sparkApplication, pod.component?.of].filter(
    (name): name is string => name !== null && name !== undefined,
  );
  return podNames.includes(pod.name) || of.some((name) => applicationIds.includes(name));
}

/** Something that lasts from `at` to `until` (null: still) touches the question's time; unknown times do. */
export function isInTime(at: number | null, { window }: KubernetesScope, until: number | null = at): boolean {
  if (at === null || window === null) return true;
  const { beforeMs, afterMs } = KUBERNETES_THRESHOLDS;
  return at <= window.to + afterMs && (until === null || until >= window.from - beforeMs);
}

/** Events about a pod: by its uid where the event carries one, so that a later pod of the same name is another one. */
export function eventsOf({ state }: KubernetesCase, pod: PodState): EventState[] {
  return state.events.filter(
    ({ kind, uid, name, namespace }) =>
      kind === 'Pod' &&
      (uid !== null && pod.uid !== '' ? uid === pod.uid : name === pod.name && namespace === pod.namespace),
  );
}

export function nodeOf({ state }: KubernetesCase, name: string | null): NodeState | null {
  return state.nodes.find((node) => node.name === name) ?? null;
}

/** Keys of a pod: a run's own pod carries its application. */
export function keysOfPod(pod: PodState): JoinKeys {
  return {
    podName: pod.name,
    ...(pod.uid === '' ? {} : { podUid: pod.uid }),
    ...(pod.node === null ? {} : { host: pod.node }),
    ...(pod.sparkApplication === null ? {} : { applicationId: pod.sparkApplication }),
    ...(pod.sparkExecutor === null ? {} : { executorId: pod.sparkExecutor }),
  };
}

/** For pods that many runs share: whether their trouble was this run's is not known from them alone. */
export function sharing(pod: PodState): Partial<Pick<Finding, 'sharedService' | 'weight'>> {
  return isSharedService(pod) ? { sharedService: true, weight: 0.5 } : {};
}

/** Evidence with the time it speaks of. */
export function timed(evidence: Evidence, at: number | null): Evidence {
  return { ...evidence, at: at ?? evidence.at };
}

/** Words for a pod: what runs in it, where that is known. */
export function podWords({ name, component }: PodState): { en: string; zh: string } {
  if (component === null) return { en: `Pod ${name}`, zh: `Pod ${name}` };
  const engine = `${(component.engine[0] ?? '').toUpperCase()}${component.engine.slice(1)}`;
  return { en: `The ${engine} ${component.role} pod ${name}`, zh: `${engine} ${component.role} 的 Pod ${name}` };
}
