import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { JoinKeys } from '../../evidence/join-keys.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { identifyGroup } from '../../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { PodFacts, Termination } from '../../host/kubernetes-facts.ts';
import { stayedBelowOwnLimit } from '../kill-scope.ts';
import { isInWindow, killsOf } from '../kills.ts';
import { kernelEvidence } from '../memory-finding.ts';

/**
 * A container that Kubernetes reports as ended: `OOMKilled` is the kubelet's word for a kernel kill and decides only where no
 * kernel text of it exists (far below its own limit it points to the node instead, C6); other bad ends are seen, and explained elsewhere (exit 137 alone is no proof of memory).
 */
export const podOomKilled: Rule<HostMemoryFacts> = {
  id: 'memory/pod-oom-killed',
  area: 'memory',
  codes: ['memory.container_physical_limit', 'kernel.global_oom'],
  apply(facts) {
    return facts.kubernetes.pods.flatMap((pod) =>
      pod.terminations
        .filter((end) => end.exitCode !== 0 && isInWindow(end.finishedAt, facts))
        .map((end) => toFinding(facts, pod, end)),
    );
  },
};

function toFinding(facts: HostMemoryFacts, pod: PodFacts, end: Termination): Finding {
  const oom = end.reason === 'OOMKilled';
  const byKernel = oom && hasKernelText(facts, pod, end);
  const below = oom && belowOwnLimit(facts, end);
  return {
    area: 'memory',
    rule: podOomKilled.id,
    kind: below ? 'inferred' : 'observed',
    code: oom && !byKernel ? (below ? 'kernel.global_oom' : 'memory.container_physical_limit') : null,
    symptom: 'container_exited',
    statement: statementOf(pod, end, oom, below),
    keys: podKeys(pod, end),
    at: end.finishedAt,
    evidence: kernelEvidence(facts, [end.quote], end.finishedAt, evidenceProvenance(facts)),
    count: 1,
    weight: below ? 0.4 : 1,
    values: {
      reason: end.reason,
      container: end.container,
      ...(end.exitCode === null ? {} : { exitCode: end.exitCode }),
      ...(end.signal === null ? {} : { signal: end.signal }),
      ...(end.memoryLimitBytes === null ? {} : { limitBytes: end.memoryLimitBytes }),
      ...(end.memoryRequestBytes === null ? {} : { requestBytes: end.memoryRequestBytes }),
      restarts: end.restarts,
    },
    ...(oom && !byKernel && !below ? { completeStatement: 'kubelet_oom_killed_status' } : {}),
  };
}

function statementOf(pod: PodFacts, end: Termination, oom: boolean, below: boolean): Bilingual {
  const code = end.exitCode ?? '?';
  const limit = end.memoryLimitBytes === null ? null : bytes(end.memoryLimitBytes);
  if (!oom) {
    return {
      en: `Container ${end.container} of pod ${pod.name} ended with exit code ${code}${end.reason ? ` (${end.reason})` : ''}`,
      zh: `Pod ${pod.name} 的容器 ${end.container} 以退出码 ${code} 结束${end.reason ? `（${end.reason}）` : ''}`,
    };
  }
  return {
    en: `Kubernetes reports container ${end.container} of pod ${pod.name} as OOMKilled (exit code ${code})${limit ? `; its memory limit is ${limit}` : ''}${below ? ', which its group never came near: the node may have run out' : ''}`,
    zh: `Kubernetes 报告 Pod ${pod.name} 的容器 ${end.container} 为 OOMKilled（退出码 ${code}）${limit ? `；其内存上限为 ${limit}` : ''}${below ? '，但其 cgroup 从未接近该上限：可能是节点内存耗尽' : ''}`,
  };
}

/** True when the kernel log tells of a kill in this pod or container. */
function hasKernelText(facts: HostMemoryFacts, pod: PodFacts, end: Termination): boolean {
  return killsOf(facts).some((kill) => {
    const identity = kill.taskMemcg === null ? null : identifyGroup(kill.taskMemcg);
    if (identity === null) return false;
    return (
      (identity.containerId !== undefined && identity.containerId === end.containerId) || identity.podUid === pod.uid
    );
  });
}

/** The container's own group stayed below its limit: then the node ran out, not the container (C6). */
function belowOwnLimit(facts: HostMemoryFacts, end: Termination): boolean {
  const group = facts.groups.find(
    (entry) => end.containerId !== null && entry.identity.containerId === end.containerId,
  );
  return group !== undefined && stayedBelowOwnLimit(group.path, facts);
}

function evidenceProvenance(facts: HostMemoryFacts) {
  return facts.kernelProvenance === 'asker' ? 'asker' : 'kubernetes';
}

/** Keys of a pod and, where known, of one of its containers and the Spark executor in it. */
export function podKeys(pod: PodFacts, end?: Termination): JoinKeys {
  return {
    podUid: pod.uid,
    podName: pod.name,
    ...(pod.node === null ? {} : { host: pod.node }),
    ...(end?.containerId ? { containerId: end.containerId } : {}),
    ...(pod.labels.sparkApp ? { applicationId: pod.labels.sparkApp } : {}),
    ...(pod.labels.sparkExecutor ? { executorId: pod.labels.sparkExecutor } : {}),
  };
}
