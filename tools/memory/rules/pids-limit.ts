import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import type { GroupFacts } from '../../host/cgroup-facts.ts';
import { groupKeys } from '../../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { ForkRejection } from '../../host/kernel-facts.ts';
import { highestReading, newestReading } from '../group-values.ts';
import { isInWindow } from '../kills.ts';
import { against, hostGroupKeys, kernelEvidence, readingEvidence, shortGroup } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/**
 * The kernel refused new threads: the group's pids limit. Seen in the kernel log (one line per group, once), in the group's
 * counter of refusals, or suggested by a group or a user standing at the limit.
 */
export const pidsLimit: Rule<HostMemoryFacts> = {
  id: 'memory/pids-limit',
  area: 'memory',
  codes: ['memory.native_thread'],
  apply(facts) {
    const rejections = facts.kernelLogs
      .flatMap((log) => log.forkRejections)
      .filter((line) => isInWindow(line.at, facts));
    const byGroup = new Map(rejections.map((line) => [line.group, line]));
    const seen = facts.groups.flatMap((group) => judgeGroup(facts, group, byGroup.get(group.path) ?? null));
    const known = new Set(facts.groups.map((group) => group.path));
    const logged = [...byGroup.values()]
      .filter((line) => !known.has(line.group))
      .map((line) => loggedFinding(facts, line));
    return [...seen, ...logged, ...judgeProcesses(facts)];
  },
};

function judgeGroup(facts: HostMemoryFacts, group: GroupFacts, line: ForkRejection | null): Finding[] {
  const max = newestReading(group, (readings) => readings.get('pids.max') ?? null);
  const refusals = highestReading(group, (readings) => readings.get('pids.events:max') ?? null);
  const current = highestReading(group, (readings) => readings.get('pids.current') ?? null);
  const refused = line !== null || (refusals?.value ?? 0) > 0;
  const full =
    max && current && Number.isFinite(max.value) && current.value >= max.value * MEMORY_THRESHOLDS.pidsFullShare;
  if (!refused && !full) return [];
  const name = shortGroup(group.path);
  const limit = max && Number.isFinite(max.value) ? max.value : null;
  const limitEn = limit === null ? '' : ` (pids.max ${limit})`;
  const times = refusals?.value ?? 0;
  return [
    {
      ...frame(facts, group.path),
      kind: refused ? 'observed' : 'inferred',
      statement: refused
        ? {
            en: `The kernel refused new processes or threads in group ${name}${limitEn}${times > 0 ? `, ${times} times` : ''}: the limit of threads was reached, not memory`,
            zh: `内核拒绝在 cgroup ${name} 中创建新进程或线程${limit === null ? '' : `（pids.max ${limit}）`}${times > 0 ? `，共 ${times} 次` : ''}：到达的是线程数上限，不是内存`,
          }
        : {
            en: `Group ${name} stands at its limit of processes and threads: ${current?.value} of ${limit}`,
            zh: `cgroup ${name} 的进程和线程数已到上限：${current?.value} / ${limit}`,
          },
      at: line?.at ?? firstRefusal(group),
      evidence: [
        ...readingEvidence([max, refused ? null : current, refusals], null),
        ...kernelEvidence(facts, [line?.quote], line?.at ?? null),
      ],
      weight: refused ? 1 : 0.4,
      values: {
        ...(limit === null ? {} : { pidsMax: limit }),
        ...(refusals ? { refusals: refusals.value } : {}),
        ...(current ? { pidsPeakSeen: current.value } : {}),
      },
      ...(refused ? { refutes: refutes(name) } : {}),
      ...(line ? { completeStatement: 'pids_limit_refusal' } : {}),
    },
  ];
}

/** Time of the first sample that shows a refusal, when an earlier one shows none. */
function firstRefusal(group: GroupFacts): number | null {
  const counts = group.samples.map((sample) => ({
    at: sample.at,
    refusals: sample.readings.get('pids.events:max')?.value,
  }));
  const risen = counts.findIndex((count) => (count.refusals ?? 0) > 0);
  return risen > 0 ? (counts[risen]?.at ?? null) : null;
}

function loggedFinding(facts: HostMemoryFacts, line: ForkRejection): Finding {
  const name = shortGroup(line.group);
  return {
    ...frame(facts, line.group),
    keys: { ...groupKeys(line.group), ...((line.host ?? facts.host) ? { host: line.host ?? facts.host ?? '' } : {}) },
    kind: 'observed',
    statement: {
      en: `The kernel refused a new process or thread in group ${name}: its pids limit was reached, not memory`,
      zh: `内核拒绝在 cgroup ${name} 中创建新进程或线程：到达的是 pids 上限，不是内存`,
    },
    at: line.at,
    evidence: kernelEvidence(facts, [line.quote], line.at),
    weight: 1,
    values: { group: line.group },
    refutes: refutes(name),
    completeStatement: 'pids_limit_refusal',
  };
}

function refutes(name: string): Finding['refutes'] {
  const en = `group ${name} was refused threads, not memory`;
  const zh = `cgroup ${name} 被拒绝的是线程，不是内存`;
  return [
    against('memory.executor_heap_oom', en, zh),
    against('memory.driver_heap_oom', en, zh),
    against('kernel.memcg_oom', en, zh),
  ];
}

/** A process whose thread count stands at its user's `ulimit -u`: the limit counts all processes of the user. */
function judgeProcesses(facts: HostMemoryFacts): Finding[] {
  return facts.processes.flatMap((process): Finding[] => {
    const threads = process.status.get('Threads');
    const limit = process.maxProcesses;
    if (!threads || !limit || !Number.isFinite(limit.value) || limit.value <= 0) return [];
    if (threads.value < limit.value * MEMORY_THRESHOLDS.pidsFullShare) return [];
    return [
      {
        ...frame(facts, process.memoryGroup ?? '/'),
        keys: { ...hostGroupKeys(facts, process.memoryGroup ?? '/'), pid: process.pid },
        kind: 'inferred',
        statement: {
          en: `Process ${process.pid} has ${plural(threads.value, 'thread')}, the limit of its user is ${limit.value}`,
          zh: `进程 ${process.pid} 有 ${threads.value} 个线程，其用户的上限为 ${limit.value}`,
        },
        at: process.at,
        evidence: readingEvidence([threads, limit], process.at),
        weight: 0.6,
        values: { pid: process.pid, threads: threads.value, maxProcesses: limit.value },
      },
    ];
  });
}

function frame(facts: HostMemoryFacts, path: string) {
  return {
    area: 'memory' as const,
    rule: pidsLimit.id,
    code: 'memory.native_thread' as const,
    keys: hostGroupKeys(facts, path),
    count: 1,
  };
}
