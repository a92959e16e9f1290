import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { KubernetesEvent } from '../../host/kubernetes-facts.ts';
import { readKilled } from '../../host/oom-messages.ts';
import { isInWindow, killsOf } from '../kills.ts';
import { kernelEvidence } from '../memory-finding.ts';

/**
 * Events of a node that tell of a kill by the kernel: the kubelet's `SystemOOM` (the host ran out) and the node problem
 * detector's `OOMKilling`, which repeats the kernel's line. Second hand: where the kernel's own text is there, it decides.
 */
export const systemOomEvent: Rule<HostMemoryFacts> = {
  id: 'memory/system-oom-event',
  area: 'memory',
  codes: ['kernel.global_oom', 'kernel.memcg_oom'],
  apply(facts) {
    if (killsOf(facts).length > 0) return [];
    return facts.kubernetes.events
      .filter((event) => isInWindow(event.at, facts))
      .flatMap((event) => {
        const told = toldBy(event);
        return told ? [toFinding(facts, event, told)] : [];
      });
  },
};

interface Told {
  code: CauseCode;
  comm: string | null;
  pid: number | null;
}

function toldBy(event: KubernetesEvent): Told | null {
  if (event.reason === 'SystemOOM') {
    const victim = /victim process: (.{1,64}?), pid: (\d{1,10})/.exec(event.message);
    return { code: 'kernel.global_oom', comm: victim?.[1] ?? null, pid: victim ? Number(victim[2]) : null };
  }
  if (event.reason !== 'OOMKilling') return null;
  const killed = readKilled(event.message);
  const code = /^Memory cgroup/.test(event.message) ? 'kernel.memcg_oom' : 'kernel.global_oom';
  return { code, comm: killed?.comm ?? null, pid: killed?.pid ?? null };
}

function toFinding(facts: HostMemoryFacts, event: KubernetesEvent, told: Told): Finding {
  const host = facts.host ?? event.host ?? event.name;
  const who = told.comm === null || told.pid === null ? null : `${told.comm} (pid ${told.pid})`;
  const where =
    told.code === 'kernel.global_oom'
      ? { en: 'a system-wide OOM', zh: '整机 OOM' }
      : { en: 'an OOM kill in a memory group', zh: '某个内存 cgroup 内的 OOM' };
  const provenance = facts.kernelProvenance === 'asker' ? 'asker' : 'kubernetes';
  return {
    area: 'memory',
    rule: systemOomEvent.id,
    kind: 'inferred',
    code: told.code,
    symptom: 'process_killed',
    statement: {
      en: `An event of node ${host} reports ${where.en}${who ? `, victim ${who}` : ''}`,
      zh: `节点 ${host} 的事件报告${where.zh}${who ? `，被杀的是 ${who}` : ''}`,
    },
    keys: { host, ...(told.pid === null ? {} : { pid: told.pid }) },
    at: event.at,
    evidence: kernelEvidence(facts, [event.quote], event.at, provenance),
    count: event.count,
    weight: 0.6,
    values: { reason: event.reason, count: event.count },
  };
}
