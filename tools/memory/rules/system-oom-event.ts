import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HostMemoryFacts } from '../host-memory-facts.ts';
import { isInWindow, killsOf } from '../kills.ts';
import { kernelEvidence } from '../memory-finding.ts';

/** The kubelet's `SystemOOM` event of a node: the host ran out and some process died. Without the kernel's text it suggests. */
export const systemOomEvent: Rule<HostMemoryFacts> = {
  id: 'memory/system-oom-event',
  area: 'memory',
  codes: ['kernel.global_oom'],
  apply(facts) {
    if (killsOf(facts).length > 0) return [];
    return facts.kubernetes.events
      .filter((event) => event.reason === 'SystemOOM' && isInWindow(event.at, facts))
      .map((event): Finding => {
        const victim = /victim process: (.{1,64}?), pid: (\d{1,10})/.exec(event.message);
        const host = facts.host ?? event.host ?? event.name;
        const who = victim ? `${victim[1]} (pid ${victim[2]})` : null;
        return {
          area: 'memory',
          rule: systemOomEvent.id,
          kind: 'inferred',
          code: 'kernel.global_oom',
          symptom: 'process_killed',
          statement: {
            en: `The kubelet of ${host} reports a system-wide OOM${who ? `, victim ${who}` : ''}`,
            zh: `${host} 的 kubelet 报告整机 OOM${who ? `，被杀的是 ${who}` : ''}`,
          },
          keys: { host, ...(victim ? { pid: Number(victim[2]) } : {}) },
          at: event.at,
          evidence: kernelEvidence(facts, [event.quote], event.at, 'kubernetes'),
          count: event.count,
          weight: 0.6,
          values: { reason: event.reason, count: event.count },
        };
      });
  },
};
