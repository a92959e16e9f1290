import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import {
  isInTime,
  isNamed,
  isSharedService,
  type KubernetesCase,
  kubernetesFinding,
  podsInScope,
  timed,
} from '../kubernetes-case.ts';
import type { Condition, NodeState, PodState } from '../kubernetes-state.ts';
import { KUBERNETES_THRESHOLDS } from '../thresholds.ts';

/**
 * Nodes that were not ready or under pressure in the question's time, and what of the run was there. One that held none of its pods is
 * said to be so. Where the kubelet evicted a pod for that pressure, the memory area judges the eviction itself.
 */
export const nodeTrouble: Rule<KubernetesCase> = {
  id: 'kubernetes/node-trouble',
  area: 'kubernetes',
  codes: ['scheduling.spot_node_lost', 'storage.disk_full_local', 'scheduling.overcommit_eviction'],
  apply(given): Finding[] {
    return given.state.nodes
      .filter(
        ({ name }) =>
          given.scope.hosts.length === 0 || given.scope.hosts.includes(name) || podsOn(given, name).length > 0,
      )
      .flatMap((node) => judge(given, node))
      .slice(0, KUBERNETES_THRESHOLDS.maxFindings);
  },
};

function podsOn(given: KubernetesCase, node: string): PodState[] {
  return podsInScope(given).filter((pod) => pod.node === node);
}

function judge(given: KubernetesCase, node: NodeState): Finding[] {
  const notReady = node.conditions.find(({ type, status }) => type === 'Ready' && status !== 'True' && status !== '');
  const told = notReady ?? (wasNotReady(given, node) as Condition | undefined);
  if (told && isInTime(told.at, given.scope, null)) return [gone(given, node, told)];
  const evicted = given.state.pods.some((pod) => pod.node === node.name && pod.reason === 'Evicted');
  return node.conditions
    .filter(
      ({ type, status, at }) =>
        /Pressure$/.test(type) && status === 'True' && !evicted && isInTime(at, given.scope, null),
    )
    .flatMap((condition) => underPressure(given, node, condition));
}

/** It was away and came back: only its events still tell. */
function wasNotReady(
  { state, scope }: KubernetesCase,
  node: NodeState,
): Pick<Condition, 'at' | 'evidence' | 'reason' | 'status' | 'message' | 'type'> | undefined {
  const event = state.events.findLast(
    ({ kind, name, reason, firstAt, lastAt }) =>
      kind === 'Node' && name === node.name && reason === 'NodeNotReady' && isInTime(firstAt, scope, lastAt),
  );
  return (
    event && {
      type: 'Ready',
      status: 'Unknown',
      reason: event.reason,
      message: event.message,
      at: event.lastAt,
      evidence: timed(event.evidence, event.lastAt),
    }
  );
}

function gone(given: KubernetesCase, node: NodeState, condition: Condition): Finding {
  const there = podsOn(given, node.name).filter((pod) => wasThere(pod, condition.at));
  const own = there.filter((pod) => isNamed(pod, given.scope));
  const asked = given.scope.applicationIds.length + given.scope.podNames.length > 0;
  const application = own.find(({ sparkApplication }) => sparkApplication !== null)?.sparkApplication;
  const state =
    condition.status === 'Unknown'
      ? { en: 'stopped reporting', zh: '停止上报' }
      : { en: 'was not ready', zh: '未就绪' };
  if (asked && there.length === 0) return harmless(node, condition, state);
  return kubernetesFinding({
    rule: nodeTrouble.id,
    code: 'scheduling.spot_node_lost',
    symptom: 'node_lost',
    // That it is not ready is seen; that the pods ended by it is not.
    kind: 'inferred',
    statement: {
      en: `Node ${node.name} ${state.en}${condition.reason ? ` (${condition.reason})` : ''} with ${plural(there.length, 'pod')} on it`,
      zh: `节点 ${node.name} ${state.zh}${condition.reason ? `（${condition.reason}）` : ''}，上面有 ${there.length} 个相关 Pod`,
    },
    keys: { host: node.name, ...(application ? { applicationId: application } : {}) },
    at: condition.at,
    until: null,
    evidence: [timed(condition.evidence, condition.at)],
    count: Math.max(1, there.length),
    weight: there.length > 0 ? 0.7 : 0.3,
    values: { pods: there.length, reason: condition.reason },
    ...(own.length === 0 && there.some(isSharedService) ? { sharedService: true as const } : {}),
  });
}

/** A pod that had ended before, or came later, was not hit. */
function wasThere(pod: PodState, at: number | null): boolean {
  if (at === null) return true;
  const ends = pod.containers.flatMap((container) => (container.runningSince === null ? container.ends.slice(-1) : []));
  const ended =
    ends.length > 0
      ? Math.max(...ends.map(({ finishedAt }) => finishedAt ?? Number.POSITIVE_INFINITY))
      : Number.POSITIVE_INFINITY;
  return (pod.startedAt ?? pod.createdAt ?? 0) <= at && ended >= at - KUBERNETES_THRESHOLDS.killedWithinMs;
}

function harmless(node: NodeState, condition: Condition, state: { en: string; zh: string }): Finding {
  return kubernetesFinding({
    rule: nodeTrouble.id,
    echo: true,
    weight: 0,
    statement: {
      en: `Node ${node.name} ${state.en}, but no pod of the run was on it at that time`,
      zh: `节点 ${node.name} ${state.zh}，但当时没有该作业的 Pod 在上面`,
    },
    keys: { host: node.name },
    at: condition.at,
    evidence: [timed(condition.evidence, condition.at)],
  });
}

const PRESSURES: Readonly<Record<string, { code: CauseCode | null; en: string; zh: string }>> = {
  MemoryPressure: { code: 'scheduling.overcommit_eviction', en: 'low on memory', zh: '内存不足' },
  DiskPressure: { code: 'storage.disk_full_local', en: 'low on disk', zh: '磁盘空间不足' },
  PIDPressure: { code: null, en: 'low on process ids', zh: '进程号不足' },
};

function underPressure(given: KubernetesCase, node: NodeState, condition: Condition): Finding[] {
  const told = PRESSURES[condition.type];
  const there = podsOn(given, node.name);
  if (!told || there.length === 0) return [];
  const application = there.find(({ sparkApplication }) => sparkApplication !== null)?.sparkApplication;
  return [
    kubernetesFinding({
      rule: nodeTrouble.id,
      code: told.code,
      kind: 'inferred',
      statement: {
        en: `Node ${node.name} was ${told.en} (${condition.type}) with ${plural(there.length, 'pod')} on it`,
        zh: `节点 ${node.name} ${told.zh}（${condition.type}），上面有 ${there.length} 个相关 Pod`,
      },
      keys: { host: node.name, ...(application ? { applicationId: application } : {}) },
      at: condition.at,
      until: null,
      evidence: [timed(condition.evidence, condition.at)],
      weight: 0.3,
      values: { condition: condition.type },
    }),
  ];
}
