import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { GroupFacts } from '../../host/cgroup-facts.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { KernelFacts } from '../../host/kernel-facts.ts';
import { newestReading, oomKillsOf } from '../group-values.ts';
import { killsOf } from '../kills.ts';
import { coveringLog } from '../log-coverage.ts';
import { readingEvidence } from '../memory-finding.ts';

const KILL_CODES: readonly CauseCode[] = [
  'kernel.memcg_oom',
  'kernel.memcg_ancestor_oom',
  'kernel.global_oom',
  'kernel.oom_priority',
  'kernel.oom_score_adj',
  'kernel.spurious_oom',
];

/**
 * The kernel of a host killed nobody for memory in the time asked about: its log covers that time and has no kill, or its
 * own counter of kills since boot (`oom_kill` of vmstat, 4.13 and later) is zero. Speaks against every kill by the kernel
 * there, and says nothing about what else happened.
 */
export const noKernelKill: Rule<HostMemoryFacts> = {
  id: 'memory/no-kernel-kill',
  area: 'memory',
  codes: [],
  apply(facts) {
    if (facts.host === null || facts.kernelProvenance !== 'kernel' || killsOf(facts).length > 0) return [];
    const counter = hostCounter(facts);
    if (counter !== null && counter.reading.value > 0 && !counter.unchanged) return [];
    if (facts.groups.some((group) => isRecentKill(group))) return [];
    const log = coveringLog(facts);
    if (!log && counter?.reading.value !== 0) return [];
    return [toFinding(facts, log, counterEvidence(facts))];
  },
};

/** Kills of the whole host since boot. */
function hostCounter(facts: HostMemoryFacts) {
  const values = facts.samples.flatMap((sample) => sample.readings.get('vmstat:oom_kill') ?? []);
  const [first, last] = [values[0], values.at(-1)];
  if (!last || !first) return null;
  return { reading: last, unchanged: values.length > 1 && first.value === last.value };
}

/** A container's group lives as long as the container: its counter is of the run. Older groups count for years. */
function isRecentKill(group: GroupFacts): boolean {
  const kills = newestReading(group, oomKillsOf)?.value ?? 0;
  if (kills === 0) return false;
  const first = group.samples.flatMap((sample) => oomKillsOf(sample.readings) ?? [])[0];
  return group.identity.containerId !== undefined || (first?.value ?? 0) < kills;
}

function counterEvidence(facts: HostMemoryFacts): Evidence[] {
  const counter = hostCounter(facts);
  const groups = facts.groups
    .filter((group) => group.identity.containerId !== undefined && isWanted(facts, group.identity.containerId))
    .slice(0, 3)
    .map((group) => newestReading(group, oomKillsOf));
  return readingEvidence([...groups, counter?.reading], null);
}

function isWanted(facts: HostMemoryFacts, containerId: string): boolean {
  return facts.wanted.length === 0 || facts.wanted.includes(containerId);
}

function toFinding(facts: HostMemoryFacts, log: KernelFacts | null, evidence: Evidence[]): Finding {
  const host = facts.host ?? '';
  const why = log
    ? {
        en: `the kernel log of ${host} covers the time and has no OOM kill`,
        zh: `${host} 的内核日志覆盖了这段时间，没有 OOM 杀进程记录`,
      }
    : { en: `the kernel of ${host} counted no OOM kill`, zh: `${host} 的内核计数器没有 OOM 杀进程` };
  return {
    area: 'memory',
    rule: noKernelKill.id,
    kind: 'observed',
    code: null,
    statement: {
      en: `The kernel of ${host} killed no process for memory in that time: ${log ? 'its log covers it and has no such line' : 'its counter of kills did not rise'}`,
      zh: `${host} 的内核在这段时间没有因内存杀过进程：${log ? '日志覆盖该时段且没有相应记录' : '杀进程计数没有上升'}`,
    },
    keys: { host },
    at: null,
    evidence,
    count: 1,
    weight: 1,
    values: { ...(log ? { kernelLines: log.kernelLines } : {}) },
    refutes: KILL_CODES.map((code) => ({ code, why })),
  };
}
