import type { Finding } from '../../evidence/finding.ts';
import type { JoinKeys } from '../../evidence/join-keys.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { Reading, Readings } from '../../host/readings.ts';
import { hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';
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

/** Something with samples that may hold histograms: a group, or the host as a whole. */
interface Place {
  words: { en: string; zh: string };
  keys: JoinKeys;
  samples: readonly { at: number | null; readings: Readings }[];
}

/**
 * Latency histograms of vendor kernels: how often a task waited long for its own direct reclaim, and whether the host or its
 * own group was short. The counters last for life; with two samples the difference decides, with one it only suggests.
 */
export const reclaimLatency: Rule<HostMemoryFacts> = {
  id: 'memory/reclaim-latency',
  area: 'memory',
  codes: ['kernel.direct_reclaim'],
  apply(facts) {
    return placesOf(facts).flatMap((place) => KINDS.flatMap((kind) => judge(place, kind)));
  },
};

function placesOf(facts: HostMemoryFacts): Place[] {
  const groups = facts.groups.map((group): Place => {
    const name = shortGroup(group.path);
    return {
      words: { en: `group ${name}`, zh: `cgroup ${name}` },
      keys: hostGroupKeys(facts, group.path),
      samples: group.samples,
    };
  });
  if (facts.host === null) return groups;
  const words = { en: `host ${facts.host}`, zh: `主机 ${facts.host}` };
  return [...groups, { words, keys: { host: facts.host }, samples: facts.samples }];
}

function judge(place: Place, kind: Kind): Finding[] {
  const [first, last] = [place.samples[0], place.samples.at(-1)];
  if (!first || !last) return [];
  const after = slowReclaims(last.readings, kind);
  if (after.lines.length === 0) return [];
  const before = slowReclaims(first.readings, kind);
  const two = first !== last && before.known;
  const count = two ? after.count - before.count : after.count;
  if (count < MEMORY_THRESHOLDS.slowReclaims) return [];
  const host = kind.shortage === 'host';
  const since = two
    ? { en: 'between two samples', zh: '两次采样之间' }
    : { en: 'since the counters began', zh: '自计数开始以来' };
  return [
    {
      area: 'memory',
      rule: reclaimLatency.id,
      kind: two ? 'observed' : 'inferred',
      code: 'kernel.direct_reclaim',
      symptom: 'slow',
      statement: {
        en: `Tasks of ${place.words.en} waited 10 ms or longer for direct reclaim ${count} times ${since.en}, because ${host ? 'the host was short of memory' : 'a group was at its own limit'}`,
        zh: `${place.words.zh} 的任务${since.zh}有 ${count} 次直接回收等待不少于 10 毫秒，原因是${host ? '整机内存不足' : 'cgroup 达到自身上限'}`,
      },
      keys: place.keys,
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

function slowReclaims(readings: Readings, kind: Kind): { count: number; known: boolean; lines: Reading[] } {
  const found = [...readings].filter(([key]) => kind.pattern.test(key) && SLOW_BUCKET.test(key));
  const lines = found.map(([, reading]) => reading);
  const count = lines.reduce((sum, reading) => sum + reading.value, 0);
  return { count, known: lines.length > 0, lines: lines.filter((line) => line.value > 0) };
}
