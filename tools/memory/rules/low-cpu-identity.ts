import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { GroupFacts } from '../../host/cgroup-facts.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { Reading } from '../../host/readings.ts';
import { newest, newestReading } from '../group-values.ts';
import { hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/**
 * A group that gives way to others by its identity (best effort on vendor kernels, the lowest shares) or that waits for CPU
 * by its own pressure figures. Each only suggests: pressure of the whole machine says nothing about one group.
 */
export const lowCpuIdentity: Rule<HostMemoryFacts> = {
  id: 'memory/low-cpu-identity',
  area: 'memory',
  codes: ['kernel.cpu_contention'],
  apply(facts) {
    return facts.groups.flatMap((group): Finding[] => {
      if (group.samples.length === 0) return [];
      const sign = bestEffort(group) ?? waiting(group) ?? lowShares(facts, group);
      return sign ? [toFinding(facts, group, sign)] : [];
    });
  },
};

interface Sign {
  words: Bilingual;
  readings: Reading[];
  weight: number;
  values: Record<string, number>;
}

/** `cpu.bvt_warp_ns` -1: runs only when no group of a higher identity wants the CPU (C3). */
function bestEffort(group: GroupFacts): Sign | null {
  const identity = newestReading(group, (readings) => readings.get('cpu.bvt_warp_ns') ?? null);
  if (!identity || identity.value >= 0) return null;
  return {
    words: {
      en: `has the best-effort identity (cpu.bvt_warp_ns ${identity.value})`,
      zh: `是离线身份（cpu.bvt_warp_ns ${identity.value}）`,
    },
    readings: [identity],
    weight: 0.35,
    values: { bvtWarpNs: identity.value },
  };
}

function waiting(group: GroupFacts): Sign | null {
  const some = newest(group)?.readings.get('cpu.pressure:some avg60');
  if (!some || some.value < MEMORY_THRESHOLDS.groupCpuPressurePercent || group.path === '/') return null;
  const percent = Math.round(some.value);
  return {
    words: { en: `waited for a CPU ${percent} % of the last minute`, zh: `最近一分钟有 ${percent}% 的时间在等待 CPU` },
    readings: [some],
    weight: 0.3,
    values: { cpuWaitPercent: percent },
  };
}

function lowShares(facts: HostMemoryFacts, group: GroupFacts): Sign | null {
  const shares = newestReading(group, (readings) => readings.get('cpu.shares') ?? null);
  const host = facts.samples.at(-1)?.readings.get('pressure/cpu:some avg60');
  if (!shares || !host || group.identity.containerId === undefined) return null;
  if (shares.value > MEMORY_THRESHOLDS.lowCpuShares || host.value < MEMORY_THRESHOLDS.groupCpuPressurePercent)
    return null;
  const percent = Math.round(host.value);
  return {
    words: {
      en: `has ${shares.value} CPU shares (the default is 1024) on a host where tasks waited for a CPU ${percent} % of the last minute`,
      zh: `只有 ${shares.value} 份 CPU shares（默认 1024），而该主机最近一分钟有 ${percent}% 的时间有任务在等 CPU`,
    },
    readings: [host, shares],
    weight: 0.25,
    values: { cpuShares: shares.value, defaultShares: 1024, hostCpuWaitPercent: percent },
  };
}

function toFinding(facts: HostMemoryFacts, group: GroupFacts, sign: Sign): Finding {
  return {
    area: 'memory',
    rule: lowCpuIdentity.id,
    kind: 'inferred',
    code: 'kernel.cpu_contention',
    statement: {
      en: `Group ${shortGroup(group.path)} ${sign.words.en}`,
      zh: `cgroup ${shortGroup(group.path)} ${sign.words.zh}`,
    },
    keys: hostGroupKeys(facts, group.path),
    at: newest(group)?.at ?? null,
    evidence: readingEvidence(sign.readings, newest(group)?.at ?? null),
    count: 1,
    weight: sign.weight,
    values: sign.values,
  };
}
