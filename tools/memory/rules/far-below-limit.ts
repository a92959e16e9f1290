import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { GroupFacts } from '../../host/cgroup-facts.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { Reading } from '../../host/readings.ts';
import { limitHitsOf, limitOf, newest, oomKillsOf, peakOf } from '../group-values.ts';
import { against, hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/**
 * A container that never came near its own limit, by its own files at the end: whatever ended it, it was not that limit.
 * Only files read after its end (or at the end of the recording) count; an earlier sample knows nothing of what came later.
 */
export const farBelowLimit: Rule<HostMemoryFacts> = {
  id: 'memory/far-below-limit',
  area: 'memory',
  codes: [],
  apply(facts) {
    return facts.groups
      .filter((group) => group.identity.containerId !== undefined || group.identity.podUid !== undefined)
      .filter((group) => facts.wanted.length === 0 || isWanted(facts, group))
      .slice(0, MEMORY_THRESHOLDS.maxRefutedContainers)
      .flatMap((group) => judgeGroup(facts, group));
  },
};

function isWanted(facts: HostMemoryFacts, group: GroupFacts): boolean {
  const { containerId, podUid } = group.identity;
  return facts.wanted.some((id) => id === containerId || id === podUid);
}

function judgeGroup(facts: HostMemoryFacts, group: GroupFacts): Finding[] {
  const last = newest(group);
  if (!last || !isLate(facts, last.at)) return [];
  const { readings } = last;
  const [limit, peak, hits, kills] = [limitOf(readings), peakOf(readings), limitHitsOf(readings), oomKillsOf(readings)];
  if (!limit || !peak || !hits || hits.value > 0) return [];
  if (!Number.isFinite(limit.value)) return [unlimited(facts, group, { limit, peak, hits, kills, at: last.at })];
  if (peak.value > limit.value * MEMORY_THRESHOLDS.farBelowLimitShare) return [];
  return [below(facts, group, { limit, peak, hits, kills, at: last.at })];
}

/** The end of the recording, or a sample at the end of the time asked about. */
function isLate(facts: HostMemoryFacts, at: number | null): boolean {
  return at === null || facts.window === null || at >= facts.window.to - 5_000;
}

interface Seen {
  limit: Reading;
  peak: Reading;
  hits: Reading;
  kills: Reading | null;
  at: number | null;
}

function below(facts: HostMemoryFacts, group: GroupFacts, seen: Seen): Finding {
  const [peak, limit] = [bytes(seen.peak.value), bytes(seen.limit.value)];
  const name = shortGroup(group.path);
  const en = `group ${name} never used more than ${peak} of its ${limit} and never hit the limit`;
  const zh = `cgroup ${name} 最高只用到 ${peak}（上限 ${limit}），从未触限`;
  return {
    ...frame(facts, group, seen),
    statement: {
      en: `Container group ${name} never used more than ${peak} of its limit of ${limit}: the limit was not hit once`,
      zh: `容器 cgroup ${name} 最高只用到 ${peak}，上限 ${limit}：一次也没有触限`,
    },
    values: { peakBytes: seen.peak.value, limitBytes: seen.limit.value, failcnt: 0 },
    refutes: [
      against('kernel.memcg_oom', en, zh),
      against('memory.container_physical_limit', en, zh),
      against('kernel.direct_reclaim', en, zh),
    ],
  };
}

function unlimited(facts: HostMemoryFacts, group: GroupFacts, seen: Seen): Finding {
  const name = shortGroup(group.path);
  const en = `group ${name} has no memory limit of its own in the kernel`;
  const zh = `cgroup ${name} 在内核中没有自己的内存上限`;
  return {
    ...frame(facts, group, seen),
    statement: {
      en: `Container group ${name} has no memory limit of its own in the kernel; it used at most ${bytes(seen.peak.value)}`,
      zh: `容器 cgroup ${name} 在内核中没有自己的内存上限；最高用到 ${bytes(seen.peak.value)}`,
    },
    values: { peakBytes: seen.peak.value, failcnt: 0 },
    refutes: [against('kernel.memcg_oom', en, zh)],
  };
}

function frame(facts: HostMemoryFacts, group: GroupFacts, seen: Seen) {
  return {
    area: 'memory' as const,
    rule: farBelowLimit.id,
    kind: 'observed' as const,
    code: null,
    keys: hostGroupKeys(facts, group.path),
    at: seen.at,
    evidence: readingEvidence([seen.limit, seen.peak, seen.kills, seen.hits], seen.at),
    count: 1,
    weight: 1,
  };
}
