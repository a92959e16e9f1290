import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import {
  eventsOf,
  isInTime,
  type KubernetesCase,
  keysOfPod,
  kubernetesFinding,
  nodeOf,
  podsInScope,
  podWords,
  sharing,
  timed,
} from '../kubernetes-case.ts';
import type { PodState } from '../kubernetes-state.ts';
import { KUBERNETES_THRESHOLDS } from '../thresholds.ts';

/** Who took a pod away. */
interface Taken {
  code: CauseCode | null;
  at: number | null;
  words: Bilingual;
  observed: boolean;
  evidence: Evidence;
  values: Readonly<Record<string, string>>;
}

/**
 * Pods that were ended in favour of others or with their node: preempted, drained, given up with a node that was lost or shut down.
 * Evictions for lack of memory or disk are the memory area's.
 */
export const podTakenAway: Rule<KubernetesCase> = {
  id: 'kubernetes/pod-taken-away',
  area: 'kubernetes',
  codes: ['scheduling.preemption', 'scheduling.spot_node_lost'],
  apply(given): Finding[] {
    return podsInScope(given)
      .flatMap((pod) => {
        const taken = preempted(given, pod) ?? withNode(given, pod) ?? drained(given, pod);
        return taken && isInTime(taken.at, given.scope) ? [toFinding(pod, taken)] : [];
      })
      .slice(0, KUBERNETES_THRESHOLDS.maxFindings);
  },
};

function preempted(given: KubernetesCase, pod: PodState): Taken | null {
  const event = eventsOf(given, pod).find(({ reason }) => reason === 'Preempted' || reason === 'Preempting');
  const condition = disruption(pod, /^PreemptionByScheduler$/);
  const admission = pod.reason === 'Preempting';
  if (!event && !condition && !admission) return null;
  const by = /[Pp]reempted by (?:pod )?(?<who>[\w./-]{1,300})/.exec(event?.message ?? '')?.groups?.who ?? '';
  const taker = given.state.pods.find(
    ({ uid, namespace, name }) => by !== '' && (uid === by || `${namespace}/${name}` === by),
  );
  const who = taker ? `${taker.namespace}/${taker.name}` : by;
  const rank =
    taker?.priority != null && pod.priority !== null
      ? {
          en: ` (priority ${taker.priority} over ${pod.priority})`,
          zh: `（优先级 ${taker.priority} 高于 ${pod.priority}）`,
        }
      : { en: '', zh: '' };
  return {
    code: 'scheduling.preemption',
    at: event?.lastAt ?? condition?.at ?? null,
    observed: true,
    evidence: event ? timed(event.evidence, event.lastAt) : (condition?.evidence ?? pod.evidence),
    words:
      who === ''
        ? { en: 'was preempted for a pod of higher priority', zh: '被更高优先级的 Pod 抢占' }
        : { en: `was preempted by ${who}${rank.en}`, zh: `被 ${who} 抢占${rank.zh}` },
    values: { by: who },
  };
}

/** Lost, shut down or tainted nodes (`NodeLost` until 1.19; conditions since 1.26). */
function withNode(given: KubernetesCase, pod: PodState): Taken | null {
  const condition = disruption(pod, /^(?:DeletionByTaintManager|DeletionByPodGC)$/);
  const shutdown =
    /imminent node shutdown|[Nn]ode (?:is shutting down|shutdown)/.test(pod.message) ||
    /^(?:NodeShutdown|NodeLost|Shutdown)$/.test(pod.reason);
  const event = eventsOf(given, pod).find(
    ({ reason }) => reason === 'TaintManagerEviction' || reason === 'NodeNotReady',
  );
  const cancelled = event?.message.startsWith('Cancelling') ?? false;
  if (!condition && !shutdown && (!event || cancelled)) return null;
  const node = pod.node ?? '';
  return {
    code: 'scheduling.spot_node_lost',
    at: condition?.at ?? event?.lastAt ?? pod.deletedAt,
    observed: condition !== undefined || shutdown,
    evidence: condition
      ? condition.evidence
      : shutdown
        ? pod.evidence
        : event
          ? timed(event.evidence, event.lastAt)
          : pod.evidence,
    words: shutdown
      ? { en: `ended because its node ${node} was shut down or lost`, zh: `因所在节点 ${node} 关机或失联而结束` }
      : { en: `was given up with its node ${node}`, zh: `随节点 ${node} 一起被放弃` },
    values: { reason: condition?.reason || pod.reason || event?.reason || '' },
  };
}

/** The eviction API: `kubectl drain`, an autoscaler, a descheduler. Who called is not told. */
function drained(given: KubernetesCase, pod: PodState): Taken | null {
  const condition = disruption(pod, /^EvictionByEvictionAPI$/);
  if (!condition) return null;
  const cordoned = nodeOf(given, pod.node)?.unschedulable ?? false;
  return {
    code: cordoned ? 'scheduling.spot_node_lost' : null,
    at: condition.at,
    observed: false,
    evidence: condition.evidence,
    words: cordoned
      ? { en: `was evicted while its node ${pod.node} was drained`, zh: `在节点 ${pod.node} 排空时被驱逐` }
      : { en: 'was evicted by somebody through the API', zh: '被人通过 API 驱逐' },
    values: { reason: condition.reason },
  };
}

function disruption(pod: PodState, reason: RegExp): PodState['conditions'][number] | undefined {
  return pod.conditions.find(
    (condition) =>
      condition.type === 'DisruptionTarget' && condition.status === 'True' && reason.test(condition.reason),
  );
}

function toFinding(pod: PodState, taken: Taken): Finding {
  const words = podWords(pod);
  return kubernetesFinding({
    rule: podTakenAway.id,
    code: taken.code,
    symptom: pod.component?.role === 'executor' ? 'executor_lost' : 'process_killed',
    kind: taken.observed ? 'observed' : 'inferred',
    statement: { en: `${words.en} ${taken.words.en}`, zh: `${words.zh} ${taken.words.zh}` },
    keys: keysOfPod(pod),
    at: taken.at,
    evidence: [timed(taken.evidence, taken.at)],
    values: taken.values,
    ...sharing(pod),
  });
}
