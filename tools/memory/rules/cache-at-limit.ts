import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { GroupFacts } from '../../host/cgroup-facts.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import { anonOf, fileOf, limitOf, newest, oomKillsOf, usageOf } from '../group-values.ts';
import { against, hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';
import { directReclaim } from './direct-reclaim.ts';

/**
 * A group at its limit whose memory is mostly page cache: healthy. The cache is charged to whoever read first, fills what
 * there is, and is given back when it is wanted. Speaks against a kill and against stalls by that limit.
 */
export const cacheAtLimit: Rule<HostMemoryFacts> = {
  id: 'memory/cache-at-limit',
  area: 'memory',
  codes: [],
  apply(facts) {
    return facts.groups.flatMap((group) => judge(facts, group));
  },
};

function judge(facts: HostMemoryFacts, group: GroupFacts): Finding[] {
  const sample = newest(group);
  if (!sample) return [];
  const { readings } = sample;
  const [usage, limit, anon, file] = [usageOf(readings), limitOf(readings), anonOf(readings), fileOf(readings)];
  if (!usage || !limit || !anon || !file || !Number.isFinite(limit.value)) return [];
  const { atLimitShare, cacheShare } = MEMORY_THRESHOLDS;
  if (usage.value < limit.value * atLimitShare || file.value < limit.value * cacheShare) return [];
  if ((oomKillsOf(readings)?.value ?? 0) > 0) return [];
  if (directReclaim.apply({ ...facts, groups: [group] }).length > 0) return [];
  const name = shortGroup(group.path);
  const [used, full, cached, own] = [usage, limit, file, anon].map((reading) => bytes(reading.value));
  const en = `group ${name} is at its limit with page cache (${cached}), which is given back when wanted; its processes hold ${own}`;
  const zh = `cgroup ${name} 贴着上限的主要是页缓存（${cached}），需要时会被回收；进程自身占用 ${own}`;
  return [
    {
      area: 'memory',
      rule: cacheAtLimit.id,
      kind: 'observed',
      code: null,
      statement: {
        en: `Group ${name} uses ${used} of ${full}, most of it page cache (${cached}): healthy, the processes hold ${own}`,
        zh: `cgroup ${name} 用量 ${used}，上限 ${full}，其中大部分是页缓存（${cached}）：属于正常，进程自身占用 ${own}`,
      },
      keys: hostGroupKeys(facts, group.path),
      at: sample.at,
      evidence: readingEvidence([usage, limit, anon, file], sample.at),
      count: 1,
      weight: 1,
      values: { usageBytes: usage.value, limitBytes: limit.value, cacheBytes: file.value, anonBytes: anon.value },
      refutes: [
        against('kernel.memcg_oom', en, zh),
        against('kernel.direct_reclaim', en, zh),
        against('memory.container_physical_limit', en, zh),
      ],
    },
  ];
}
