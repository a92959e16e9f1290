import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import { isInWindow } from '../kills.ts';
import { kernelEvidence } from '../memory-finding.ts';

/**
 * The kernel's watchdogs: a CPU that scheduled nothing for many seconds (soft or hard lockup, RCU stall). On a virtual machine
 * it mostly means that the machine below took the CPU away. Every task of the host stood still, so it only suggests.
 */
export const cpuLockup: Rule<HostMemoryFacts> = {
  id: 'memory/cpu-lockup',
  area: 'memory',
  codes: ['kernel.cpu_contention'],
  apply(facts) {
    const lockups = facts.kernelLogs.flatMap((log) => log.lockups).filter((lockup) => isInWindow(lockup.at, facts));
    const [first] = lockups;
    if (!first) return [];
    const host = first.host ?? facts.host;
    const seconds = Number(/stuck for (\d{1,6})s/.exec(first.text)?.[1] ?? 0);
    const words = seconds > 0 ? { en: ` for ${seconds} s`, zh: ` ${seconds} 秒` } : { en: '', zh: '' };
    const finding: Finding = {
      area: 'memory',
      rule: cpuLockup.id,
      kind: 'inferred',
      code: 'kernel.cpu_contention',
      symptom: 'heartbeat_late',
      statement: {
        en: `The kernel${host ? ` of ${host}` : ''} reports a CPU that was stuck${words.en}: everything on it stood still`,
        zh: `${host ? `${host} 的` : ''}内核报告 CPU 卡住${words.zh}：其上的一切都停顿`,
      },
      keys: host === null ? {} : { host },
      at: first.at,
      until: lockups.at(-1)?.at ?? null,
      evidence: kernelEvidence(
        facts,
        lockups.slice(0, 3).map((lockup) => lockup.quote),
        first.at,
      ),
      count: lockups.length,
      weight: 0.3,
      values: { lockups: lockups.length, ...(seconds > 0 ? { seconds } : {}) },
    };
    return [finding];
  },
};
