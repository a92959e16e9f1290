import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration, plural } from '../../evidence/spoken-figures.ts';
import {
  eventsOf,
  isInTime,
  type KubernetesCase,
  keysOfPod,
  kubernetesFinding,
  podsInScope,
  sharing,
  timed,
} from '../kubernetes-case.ts';
import type { NodeState, PodState } from '../kubernetes-state.ts';
import { KUBERNETES_THRESHOLDS as LIMIT } from '../thresholds.ts';

/** A pod that found no node, with the scheduler's own words. */
interface Unplaced {
  pod: PodState;
  message: string;
  from: number | null;
  /** When it was placed after all; null: it still waits. */
  until: number | null;
  evidence: Evidence;
}

/**
 * Pods that the scheduler cannot place: an ask that no node is large enough for, a selector or taint that leaves no node, or nodes that
 * are full. Pods of one run that wait for the same reason are one finding.
 */
export const podUnschedulable: Rule<KubernetesCase> = {
  id: 'kubernetes/pod-unschedulable',
  area: 'kubernetes',
  codes: ['scheduling.insufficient_resources', 'config.resource_setting'],
  apply(given): Finding[] {
    const waiting = podsInScope(given)
      .flatMap((pod) => unplaced(given, pod) ?? [])
      .filter(({ from, until }) => isInTime(from, given.scope, until));
    const groups = Map.groupBy(waiting, ({ pod, message }) =>
      [pod.sparkApplication ?? pod.component?.of ?? pod.name, verdictOf(message, pod, given.state.nodes).code].join(
        '\n',
      ),
    );
    return [...groups.values()].slice(0, LIMIT.maxFindings).map((group) => toFinding(group, given.state.nodes));
  },
};

function unplaced(given: KubernetesCase, pod: PodState): Unplaced | null {
  const condition = pod.conditions.find(({ type }) => type === 'PodScheduled');
  if (condition?.status === 'False' && condition.reason === 'Unschedulable') {
    const from = condition.at ?? pod.createdAt;
    return { pod, message: condition.message, from, until: null, evidence: timed(condition.evidence, from) };
  }
  const failed = eventsOf(given, pod).find(({ reason }) => reason === 'FailedScheduling');
  const placedAt = condition?.status === 'True' ? condition.at : null;
  if (!failed || placedAt === null || pod.createdAt === null || placedAt - pod.createdAt < LIMIT.waitedMs) return null;
  return {
    pod,
    message: failed.message,
    from: pod.createdAt,
    until: placedAt,
    evidence: timed(failed.evidence, failed.lastAt),
  };
}

/** Taints that the platform itself sets on nodes that are out of service. */
const OUT_OF_SERVICE =
  /node\.kubernetes\.io\/(?:not-ready|unreachable|unschedulable|(?:memory|disk|pid)-pressure|network-unavailable)/;

interface Verdict {
  code: CauseCode | null;
  words: Bilingual;
  values: Readonly<Record<string, number | string>>;
}

function verdictOf(message: string, pod: PodState, nodes: readonly NodeState[]): Verdict {
  const short = /Insufficient (\w[\w-]{0,62}(?:[./][\w-]{1,63}){0,6})/.exec(message)?.[1];
  const total = Number(/\d{1,6}\/(\d{1,6}) nodes are available/.exec(message)?.[1] ?? 0);
  if (short !== undefined) {
    const over = tooLarge(short, pod, nodes, total);
    return (
      over ?? {
        code: 'scheduling.insufficient_resources',
        words: { en: `not enough ${short} is free`, zh: `${short} 不足` },
        values: { short },
      }
    );
  }
  if (/PersistentVolumeClaim|volume node affinity|persistentvolumeclaim/.test(message)) {
    return { code: null, words: { en: 'it waits for its volume', zh: '在等待卷' }, values: {} };
  }
  if (OUT_OF_SERVICE.test(message)) {
    return {
      code: 'scheduling.insufficient_resources',
      words: { en: 'nodes are out of service', zh: '有节点不可用' },
      values: {},
    };
  }
  return /node affinity|node selector|nodeSelector|taint|topology spread|affinity rules/.test(message)
    ? {
        code: 'config.resource_setting',
        words: { en: 'its selector or tolerations leave no node', zh: '选择器或容忍设置下没有可用节点' },
        values: {},
      }
    : {
        code: 'scheduling.insufficient_resources',
        words: { en: 'no node takes it', zh: '没有节点可以接收' },
        values: {},
      };
}

/** Larger than every node there is: waiting does not help. Only when every node that the scheduler counted is known. */
function tooLarge(short: string, pod: PodState, nodes: readonly NodeState[], total: number): Verdict | null {
  const what = short === 'memory' ? 'memoryBytes' : short === 'cpu' ? 'cpus' : null;
  if (what === null || total === 0 || nodes.length < total) return null;
  const ask = pod.containers
    .filter(({ kind }) => kind === 'main')
    .reduce((sum, one) => sum + (one.requests[what] ?? one.limits[what] ?? 0), 0);
  const sizes = nodes.flatMap(({ allocatable }) => allocatable[what] ?? []);
  const largest = Math.max(0, ...sizes);
  if (sizes.length < total || ask <= largest) return null;
  const say = (value: number) => (what === 'memoryBytes' ? bytes(value) : `${value} CPU`);
  return {
    code: 'config.resource_setting',
    words: {
      en: `it asks for ${say(ask)}, and the largest node has ${say(largest)}`,
      zh: `申请 ${say(ask)}，而最大的节点只有 ${say(largest)}`,
    },
    values: { short, asked: ask, largest },
  };
}

function toFinding(group: readonly Unplaced[], nodes: readonly NodeState[]): Finding {
  const [first] = group as [Unplaced];
  const verdict = verdictOf(first.message, first.pod, nodes);
  const starts = group.flatMap(({ from }) => from ?? []);
  const from = starts.length > 0 ? Math.min(...starts) : null;
  const still = group.some(({ until }) => until === null);
  const until = still ? null : Math.max(...group.flatMap((one) => one.until ?? []));
  const waited = from === null || until === null ? null : duration(until - from);
  const one = group.length === 1;
  const keys = keysOfPod(first.pod);
  const end = waited === null ? { en: '', zh: '' } : { en: `; it took ${waited.en}`, zh: `；耗时 ${waited.zh}` };
  return kubernetesFinding({
    rule: podUnschedulable.id,
    code: verdict.code,
    symptom: 'waiting',
    statement: {
      en: `${one ? `Pod ${first.pod.name}` : plural(group.length, 'pod')} could not be placed: ${verdict.words.en} (${first.message.slice(0, 200)})${end.en}`,
      zh: `${one ? `Pod ${first.pod.name} ` : `${group.length} 个 Pod `}无法调度：${verdict.words.zh}（${first.message.slice(0, 200)}）${end.zh}`,
    },
    keys: one || keys.applicationId === undefined ? keys : { applicationId: keys.applicationId },
    at: from,
    until,
    evidence: group.slice(0, 3).map(({ evidence }) => evidence),
    count: group.length,
    weight: still ? 1 : 0.6,
    values: {
      pods: group.length,
      ...verdict.values,
      ...(from !== null && until !== null ? { waitedMs: until - from } : {}),
    },
    ...sharing(first.pod),
  });
}
