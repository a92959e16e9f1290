import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { groupKeys } from '../../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { ProcessFacts } from '../../host/process-facts.ts';
import { isInWindow } from '../kills.ts';
import { kernelEvidence, processWords } from '../memory-finding.ts';

/** Kernel functions a task stands in when memory is what it waits for (mm/memcontrol.c, mm/vmscan.c, 3.10 to 6.18). */
const WAITS: readonly { pattern: RegExp; code: CauseCode; words: Bilingual }[] = [
  {
    pattern: /^mem_cgroup_oom_(?:synchronize|sleep|wait)|^mem_cgroup_handle_oom/,
    code: 'kernel.memcg_oom',
    words: { en: 'waits for its memory group, which is out of memory', zh: '正在等待内存已耗尽的 cgroup' },
  },
  {
    pattern:
      /^(?:mem_cgroup_handle_over_high|reclaim_high|try_to_free_mem_cgroup_pages|do_try_to_free_pages|try_to_free_pages|throttle_direct_reclaim|reclaim_throttle|shrink_(?:lruvec|node|inactive_list|zone))/,
    code: 'kernel.direct_reclaim',
    words: { en: 'stands in memory reclaim', zh: '正停在内存回收中' },
  },
];

/**
 * Where a process stands in the kernel, by its stack: waiting for a full group, or in reclaim. One look proves no length of
 * time, so it suggests. A process stopped by a signal (state T) is seen and not explained: neither memory nor the JVM holds
 * it.
 */
export const blockedProcess: Rule<HostMemoryFacts> = {
  id: 'memory/blocked-process',
  area: 'memory',
  codes: ['kernel.memcg_oom', 'kernel.direct_reclaim'],
  apply(facts) {
    return facts.processes
      .filter((process) => isInWindow(process.at, facts))
      .flatMap((process) => [...waiting(facts, process), ...stopped(facts, process)]);
  },
};

function waiting(facts: HostMemoryFacts, process: ProcessFacts): Finding[] {
  const found = WAITS.flatMap((wait) => {
    const frame = process.frames.find((entry) => wait.pattern.test(entry.text));
    return frame ? [{ ...wait, frame }] : [];
  })[0];
  if (!found) return [];
  const who = processWords({ comm: process.comm ?? '', pid: process.pid });
  return [
    {
      ...frameOf(facts, process),
      kind: 'inferred',
      code: found.code,
      symptom: 'slow',
      statement: {
        en: `${who} ${found.words.en} (${found.frame.text})`,
        zh: `${who} ${found.words.zh}（${found.frame.text}）`,
      },
      evidence: kernelEvidence(facts, [process.state?.quote, found.frame.quote], process.at),
      weight: 0.5,
      values: { pid: process.pid, frame: found.frame.text },
    },
  ];
}

function stopped(facts: HostMemoryFacts, process: ProcessFacts): Finding[] {
  if (process.state?.letter !== 'T') return [];
  const who = processWords({ comm: process.comm ?? '', pid: process.pid });
  return [
    {
      ...frameOf(facts, process),
      kind: 'observed',
      code: null,
      symptom: 'heartbeat_late',
      statement: {
        en: `${who} is stopped by a signal (state T): it does nothing until it is continued`,
        zh: `${who} 被信号暂停（状态 T）：在恢复之前什么也不做`,
      },
      evidence: kernelEvidence(facts, [process.state.quote], process.at),
      weight: 1,
      values: { pid: process.pid, state: 'T' },
    },
  ];
}

function frameOf(facts: HostMemoryFacts, process: ProcessFacts) {
  return {
    area: 'memory' as const,
    rule: blockedProcess.id,
    keys: {
      ...(facts.host === null ? {} : { host: facts.host }),
      pid: process.pid,
      ...(process.memoryGroup === null ? {} : groupKeys(process.memoryGroup)),
    },
    at: process.at,
    count: 1,
  };
}
