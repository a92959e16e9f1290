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
 * Services that many wait for, by the class of the JVM: while it is stopped, whoever asks it gets a connection (the kernel gives
 * it) and no answer. Of other processes nobody waits, or no cause of the catalogue says it.
 */
const SERVICES: Readonly<Record<string, { code: CauseCode; name: Bilingual; notThis: CauseCode }>> = {
  'alluxio.master.AlluxioMaster': {
    code: 'cache.master_unresponsive',
    name: { en: 'The master of the cache', zh: '缓存 master' },
    notThis: 'cache.master_gc',
  },
};

/**
 * Where a process stands in the kernel, by its stack: waiting for a full group, or in reclaim. One look proves no length of
 * time, so it suggests. A process stopped by a signal (state T) is held by neither memory nor the JVM: of a service that
 * others wait for, that is the cause of their waiting; of another it is seen and not explained.
 */
export const blockedProcess: Rule<HostMemoryFacts> = {
  id: 'memory/blocked-process',
  area: 'memory',
  codes: ['kernel.memcg_oom', 'kernel.direct_reclaim', 'cache.master_unresponsive'],
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
  const service = SERVICES[process.mainClass ?? ''];
  const name = service
    ? { en: `${service.name.en} (${who})`, zh: `${service.name.zh}（${who}）` }
    : { en: who, zh: who };
  return [
    {
      ...frameOf(facts, process),
      kind: 'observed',
      code: service?.code ?? null,
      symptom: service ? 'slow' : 'heartbeat_late',
      statement: {
        en: `${name.en} is stopped by a signal (state T): it does nothing until it is continued`,
        zh: `${name.zh} 被信号暂停（状态 T）：在恢复之前什么也不做`,
      },
      evidence: kernelEvidence(facts, [process.state.quote], process.at),
      weight: 1,
      values: { pid: process.pid, state: 'T' },
      ...(service ? { sharedService: true as const, refutes: [{ code: service.notThis, why: NOT_BY_ITSELF }] } : {}),
    },
  ];
}

const NOT_BY_ITSELF: Bilingual = {
  en: 'a signal stopped the process from outside: a JVM that collects garbage is not in state T',
  zh: '进程是被外部信号暂停的：正在垃圾回收的 JVM 不会处于状态 T',
};

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
