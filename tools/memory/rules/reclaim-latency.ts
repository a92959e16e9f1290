import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { GroupFacts } from '../cgroup-facts.ts';
import type { HostMemoryFacts } from '../host-memory-facts.ts';
import { hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';
import type { Reading, Readings } from '../readings.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/** One kind of reclaim a vendor kernel counts by latency (C3); OpenCloudOS spells `globa_`. */
interface Kind {
  pattern: RegExp;
  /** The host was short of memory, or the group's own limit was hit. */
  shortage: 'host' | 'group';
}

const KINDS: readonly Kind[] = [
  { pattern: /direct_reclaim_global|globa?l?_direct_reclaim/, shortage: 'host' },
  { pattern: /direct_reclaim_memcg|memcg_direct_reclaim/, shortage: 'group' },
];

/** Buckets of 10 ms and more: `10-100ms`, `100-500ms`, `500-1000ms`, `>=1000ms`, `1000ms+`. */
const SLOW_BUCKET = /(?:^|[ :])(?:10-100|10-50|50-100|100-500|500-1000|1000-\w{1,8}|>=? ?1000|1000\+?)/;

/**
 * Latency histograms of vendor kernels: how often a task waited long for its own direct reclaim, and whether the host or its
 * own group was short. The counters last for life; with two samples the difference decides, with one it only suggests.
 */
export const reclaimLatency: Rule<HostMemoryFacts> = {
  id: 'memory/reclaim-latency',
  area: 'memory',
  codes: ['kernel.direct_reclaim'],
  apply(facts) {
    return facts.groups.flatMap((group) => KINDS.flatMap((kind) => judge(facts, group, kind)));
  },
};

function judge(facts: HostMemoryFacts, group: GroupFacts, kind: Kind): Finding[] {
  const [first, last] = [group.samples[0], group.samples.at(-1)];
  if (!first || !last) return [];
  const after = slowReclaims(last.readings, kind);
  if (after.lines.length === 0) return [];
  const two = first !== last && slowReclaims(first.readings, kind).lines.length > 0;
  const count = two ? after.count - slowReclaims(first.readings, kind).count : after.count;
  if (count < MEMORY_THRESHOLDS.slowReclaims) return [];
  const name = shortGroup(group.path);
  const host = kind.shortage === 'host';
  const since = two
    ? { en: 'between two samples', zh: '两次采样之间' }
    : { en: 'in the life of the group', zh: '自该组创建以来' };
  return [
    {
      area: 'memory',
      rule: reclaimLatency.id,
      kind: two ? 'observed' : 'inferred',
      code: 'kernel.direct_reclaim',
      symptom: 'slow',
      statement: {
        en: `Tasks of group ${name} waited 10 ms or longer for direct reclaim ${count} times ${since.en}, because ${host ? 'the host was short of memory' : "of the group's own limit"}`,
        zh: `cgroup ${name} 的任务${since.zh}有 ${count} 次直接回收等待不少于 10 毫秒，原因是${host ? '整机内存不足' : '该组自身的上限'}`,
      },
      keys: hostGroupKeys(facts, group.path),
      at: first.at,
      until: last.at,
      evidence: readingEvidence(after.lines.slice(0, 6), last.at),
      count: 1,
      weight: two ? 0.6 : 0.3,
      values: { slowReclaims: count, shortage: kind.shortage, bucketMs: 10 },
      responsibility: host ? 'platform' : 'user',
    },
  ];
}

function slowReclaims(readings: Readings, kind: Kind): { count: number; lines: Reading[] } {
  const lines = [...readings]
    .filter(([key]) => kind.pattern.test(key) && SLOW_BUCKET.test(key))
    .map(([, reading]) => reading);
  return {
    count: lines.reduce((sum, reading) => sum + reading.value, 0),
    lines: lines.filter((line) => line.value > 0),
  };
}
