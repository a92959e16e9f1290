import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { groupKeys } from '../../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { Segfault } from '../../host/kernel-facts.ts';
import { isInWindow } from '../kills.ts';
import { kernelEvidence, processWords } from '../memory-finding.ts';
import { groupOfPid } from '../memory-holders.ts';

/** The kernel logged a process's own memory fault: it crashed in native code. The library is named where the kernel knew it. */
export const nativeFault: Rule<HostMemoryFacts> = {
  id: 'memory/native-fault',
  area: 'memory',
  codes: ['code.native_crash'],
  apply(facts) {
    return facts.kernelLogs
      .flatMap((log) => log.segfaults)
      .filter((fault) => isInWindow(fault.at, facts))
      .map((fault) => toFinding(facts, fault));
  },
};

function toFinding(facts: HostMemoryFacts, fault: Segfault): Finding {
  const host = fault.host ?? facts.host;
  const who = processWords({ comm: fault.comm, pid: fault.pid ?? 0 });
  const group = fault.pid === null ? null : groupOfPid(fault.pid, facts);
  const where =
    fault.library === null ? { en: '', zh: '' } : { en: ` in ${fault.library}`, zh: `，位置 ${fault.library}` };
  return {
    area: 'memory',
    rule: nativeFault.id,
    kind: fault.library === null ? 'inferred' : 'observed',
    code: 'code.native_crash',
    symptom: 'process_crashed',
    statement: {
      en: `${who} crashed in native code${where.en}: the kernel logged its segmentation fault`,
      zh: `${who} 在本地代码中崩溃${where.zh}：内核记录了段错误`,
    },
    keys: {
      ...(host === null ? {} : { host }),
      ...(fault.pid === null ? {} : { pid: fault.pid }),
      ...(group === null ? {} : groupKeys(group)),
    },
    at: fault.at,
    evidence: kernelEvidence(facts, [fault.quote], fault.at),
    count: 1,
    weight: fault.library === null ? 0.6 : 0.9,
    values: { comm: fault.comm, ...(fault.library === null ? {} : { library: fault.library }) },
  };
}
