import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration } from '../../evidence/spoken-figures.ts';
import {
  eventsOf,
  isInTime,
  type KubernetesCase,
  keysOfPod,
  kubernetesFinding,
  podsInScope,
  podWords,
  sharing,
  timed,
} from '../kubernetes-case.ts';
import type { ContainerEnd, PodState } from '../kubernetes-state.ts';
import { KUBERNETES_THRESHOLDS as LIMIT } from '../thresholds.ts';

/** Codes that an unexplained exit 137 is taken for. */
const MEMORY: readonly CauseCode[] = ['memory.container_physical_limit', 'kernel.memcg_oom', 'kernel.global_oom'];

/**
 * Ends by signal that Kubernetes itself brought about: a liveness probe that failed, or a deletion. Exit 137 is then no sign of memory.
 * Ends that it reports as OOMKilled, and those without an explanation, are the memory area's.
 */
export const killExplained: Rule<KubernetesCase> = {
  id: 'kubernetes/kill-explained',
  area: 'kubernetes',
  codes: [],
  apply(given): Finding[] {
    return podsInScope(given)
      .flatMap((pod) =>
        pod.containers
          .filter(({ kind }) => kind === 'main')
          .flatMap(({ name, ends }) => ends.flatMap((end) => judge(given, pod, name, end) ?? [])),
      )
      .slice(0, LIMIT.maxFindings);
  },
};

function judge(given: KubernetesCase, pod: PodState, container: string, end: ContainerEnd): Finding | null {
  const bySignal = end.exitCode === 137 || end.exitCode === 143;
  if (!bySignal || end.reason === 'OOMKilled' || !isInTime(end.finishedAt, given.scope)) return null;
  return byProbe(given, pod, container, end) ?? byDeletion(pod, container, end);
}

function byProbe(given: KubernetesCase, pod: PodState, container: string, end: ContainerEnd): Finding | null {
  const near = eventsOf(given, pod).filter(({ firstAt, lastAt }) => isBefore(end, firstAt, lastAt));
  const killing = near.find(
    ({ reason, message }) =>
      reason === 'Killing' && /failed (?:liveness|startup) probe/.test(message) && message.includes(container),
  );
  if (!killing) return null;
  const probe = near.find(
    ({ reason, message }) => reason === 'Unhealthy' && /^(?:Liveness|Startup) probe/.test(message),
  );
  const said = probe?.message.slice(0, 160);
  return explained(
    pod,
    container,
    end,
    {
      en: `the kubelet killed it because its probe failed${said === undefined ? '' : ` (${said})`}: it did not answer in time`,
      zh: `kubelet 因探针失败将其终止${said === undefined ? '' : `（${said}）`}：它没有及时应答`,
    },
    [timed(killing.evidence, killing.lastAt), ...(probe ? [timed(probe.evidence, probe.lastAt)] : [])],
    { by: 'probe' },
  );
}

function byDeletion(pod: PodState, container: string, end: ContainerEnd): Finding | null {
  const { deletedAt } = pod;
  // Deletion is stamped with the time at which its grace period ends.
  if (deletedAt === null || end.finishedAt === null || Math.abs(end.finishedAt - deletedAt) > LIMIT.killedWithinMs)
    return null;
  return explained(
    pod,
    container,
    end,
    { en: 'the pod was deleted, and ended on request', zh: 'Pod 被删除，按请求结束' },
    [],
    { by: 'deletion' },
  );
}

function isBefore({ finishedAt }: ContainerEnd, firstAt: number | null, lastAt: number | null): boolean {
  if (finishedAt === null || firstAt === null || lastAt === null) return false;
  return firstAt <= finishedAt + 5_000 && lastAt >= finishedAt - LIMIT.killedWithinMs;
}

function explained(
  pod: PodState,
  container: string,
  end: ContainerEnd,
  words: { en: string; zh: string },
  evidence: readonly Evidence[],
  values: Readonly<Record<string, string>>,
): Finding {
  const ran = end.startedAt === null || end.finishedAt === null ? null : duration(end.finishedAt - end.startedAt);
  const name = podWords(pod);
  return kubernetesFinding({
    rule: killExplained.id,
    symptom: 'process_killed',
    ...(values.by === 'deletion' ? { echo: true } : {}),
    statement: {
      en: `${name.en}: container ${container} ended with exit code ${end.exitCode}${ran === null ? '' : ` after ${ran.en}`}; ${words.en}`,
      zh: `${name.zh}：容器 ${container} ${ran === null ? '' : `运行 ${ran.zh}后`}以退出码 ${end.exitCode} 结束；${words.zh}`,
    },
    keys: keysOfPod(pod),
    at: end.finishedAt,
    evidence: [timed(end.evidence, end.finishedAt), ...evidence],
    values: { container, exitCode: end.exitCode ?? 0, ...values },
    refutes: MEMORY.map((code) => ({ code, why: words })),
    ...sharing(pod),
  });
}
