import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { PodFacts } from '../../host/kubernetes-facts.ts';
import { isInWindow } from '../kills.ts';
import { kernelEvidence } from '../memory-finding.ts';
import { podKeys } from './pod-oom-killed.ts';

/**
 * The kubelet put a pod off its node: for memory near the node's capacity (over-commit), or for local storage. The message
 * names the resource (C6); the pod was over its request, which is not its limit.
 */
export const podEvicted: Rule<HostMemoryFacts> = {
  id: 'memory/pod-evicted',
  area: 'memory',
  codes: ['scheduling.overcommit_eviction', 'storage.disk_full_local'],
  apply(facts) {
    return facts.kubernetes.pods.flatMap((pod): Finding[] => {
      const found = pod.reason === 'Evicted' && isInWindow(pod.at, facts) ? causeOfEviction(pod.message) : null;
      return found ? [toFinding(facts, pod, found)] : [];
    });
  },
};

interface Eviction {
  code: CauseCode;
  resource: string;
  complete: string | null;
  words: Bilingual;
}

function causeOfEviction(message: string): Eviction | null {
  const low = /low on resource: ([a-z-]{3,40})/.exec(message)?.[1] ?? '';
  if (low === 'memory') {
    return {
      code: 'scheduling.overcommit_eviction',
      resource: low,
      complete: 'kubelet_eviction_message',
      words: { en: 'because the node was low on memory', zh: '因为节点内存不足' },
    };
  }
  const ownStorage =
    /ephemeral local storage usage exceeds|exceeded its local ephemeral storage limit|Usage of EmptyDir volume .{0,100} exceeds/.test(
      message,
    );
  if (low === 'ephemeral-storage' || low === 'inodes' || ownStorage) {
    return {
      code: 'storage.disk_full_local',
      resource: low || 'ephemeral-storage',
      complete: 'kubelet_ephemeral_storage_eviction',
      words: ownStorage
        ? { en: 'because it used more local storage than it may', zh: '因为本地存储用量超过限制' }
        : { en: `because the node was low on ${low}`, zh: `因为节点的 ${low} 不足` },
    };
  }
  return low === ''
    ? null
    : {
        code: 'scheduling.overcommit_eviction',
        resource: low,
        complete: null,
        words: { en: `because the node was low on ${low}`, zh: `因为节点的 ${low} 不足` },
      };
}

function toFinding(facts: HostMemoryFacts, pod: PodFacts, found: Eviction): Finding {
  const used = usage(pod.message);
  const detail = used ? { en: ` (${used})`, zh: `（${used}）` } : { en: '', zh: '' };
  const provenance = facts.kernelProvenance === 'asker' ? 'asker' : 'kubernetes';
  const pressure = facts.kubernetes.nodes
    .filter((node) => node.name === pod.node)
    .flatMap((node) => node.conditions)
    .find((condition) => /Pressure$/.test(condition.type) && condition.status === 'True');
  return {
    area: 'memory',
    rule: podEvicted.id,
    kind: found.complete === null ? 'inferred' : 'observed',
    code: found.code,
    symptom: 'container_exited',
    statement: {
      en: `The kubelet evicted pod ${pod.name} ${found.words.en}${detail.en}`,
      zh: `kubelet 驱逐了 Pod ${pod.name}，${found.words.zh}${detail.zh}`,
    },
    keys: podKeys(pod),
    at: pod.at,
    evidence: kernelEvidence(facts, [pressure?.quote, pod.quote], pod.at, provenance),
    count: 1,
    weight: 1,
    values: { resource: found.resource, reason: pod.reason, qosClass: pod.qosClass },
    ...(found.complete === null ? {} : { completeStatement: found.complete }),
  };
}

/** `Container C was using U, request is R, …`: the piece of the message that tells use and request, as printed. */
function usage(message: string): string | null {
  return (
    /Container \S{1,100} was using \S{1,30}, (?:request is \S{1,30}|which exceeds its request of \S{1,30})/
      .exec(message)?.[0]
      .replace(/[,.]$/, '') ?? null
  );
}
