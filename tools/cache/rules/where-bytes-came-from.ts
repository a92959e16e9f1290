import type { Finding } from '../../evidence/finding.ts';
import { bytes, count, duration, percent } from '../../evidence/spoken-figures.ts';
import type { CacheFacts, CacheScope, DirectRead } from '../cache-facts.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { CacheCase, CacheRule } from '../cache-rule.ts';
import { evidenceOfGrowth, inAll, isInScope, type Phase, phasesIn, shareBelow } from '../growth.ts';
import { CACHE_THRESHOLDS as LIMIT } from '../thresholds.ts';

/**
 * Where the bytes of the window came from, by the growth of the byte counters. Never by the hit ratio: it is cumulative since
 * the master's start, and remote reads include what was fetched from below (celeborn-alluxio-fluid.md §0).
 */
export const whereBytesCameFrom: CacheRule = {
  id: 'cache/where-bytes-came-from',
  area: 'cache',
  codes: ['cache.cold', 'cache.capacity', 'cache.ufs_slow'],
  apply({ facts, scope }: CacheCase): Finding[] {
    const phases = phasesIn(facts, scope);
    const all = inAll(phases);
    if (all.readBytes < LIMIT.leastReadBytes) return slowStore(facts, scope, null);
    if (all.evictedBlocks >= LIMIT.evictedBlocks && shareBelow(all) >= LIMIT.thrashShare) {
      return [thrash(facts, all), ...slowStore(facts, scope, all)];
    }
    if (shareBelow(all) < LIMIT.coldShare && !phases.some(isCold)) return [];
    const slow = slowStore(facts, scope, all);
    return [
      ...slow,
      cold(
        facts,
        phases,
        slow.some(({ kind }) => kind === 'observed'),
      ),
    ];
  },
};

function isCold(phase: Phase): boolean {
  return phase.readBytes >= LIMIT.leastReadBytes && shareBelow(phase) >= LIMIT.coldShare;
}

function cold(facts: CacheFacts, phases: readonly Phase[], storeIsSlow: boolean): Finding {
  const first = inAll(phases.filter(isCold).length > 0 ? phases.filter(isCold) : phases);
  const warm = phases.find(
    (phase) => phase.from >= first.to && phase.readBytes >= LIMIT.leastReadBytes && !isCold(phase),
  );
  const filled = first.filledBytes >= first.ufsBytes * 0.3;
  const share = percent(shareBelow(first));
  const after = warm ? ` ${bytes(warm.readBytes)} read later took ${bytes(warm.ufsBytes)} from there.` : '';
  const danach = warm ? `之后读取的 ${bytes(warm.readBytes)} 中只有 ${bytes(warm.ufsBytes)} 来自底层。` : '';
  return cacheFinding({
    rule: 'cache/where-bytes-came-from',
    code: 'cache.cold',
    symptom: 'slow',
    kind: warm || filled ? 'observed' : 'inferred',
    statement: {
      en: `The data was not in the cache: ${bytes(first.ufsBytes)} came from the store below while ${bytes(first.readBytes)} were read (${share}), nothing was evicted.${after}`,
      zh: `数据不在缓存中：读取 ${bytes(first.readBytes)} 期间从底层存储取了 ${bytes(first.ufsBytes)}（${share}），没有驱逐。${danach}`,
    },
    at: first.from,
    until: first.to,
    evidence: evidenceOfGrowth(facts.counters.ufsBytes, first),
    // A cache is cold once; a store that is slow makes that hurt.
    weight: storeIsSlow ? 0.5 : 0.9,
    values: { ufsBytes: first.ufsBytes, readBytes: first.readBytes },
    refutes: [
      {
        code: 'cache.capacity',
        why: { en: 'no block was evicted in that time', zh: '这段时间没有数据块被驱逐' },
      },
    ],
  });
}

function thrash(facts: CacheFacts, all: Phase): Finding {
  const capacity = facts.counters.capacityBytes?.at(-1)?.value ?? 0;
  const of =
    capacity > 0
      ? { en: ` of a cache of ${bytes(capacity)}`, zh: `（缓存共 ${bytes(capacity)}）` }
      : { en: '', zh: '' };
  return cacheFinding({
    rule: 'cache/where-bytes-came-from',
    code: 'cache.capacity',
    symptom: 'slow',
    statement: {
      en: `The cache is too small for what is read: ${count(all.evictedBlocks)} blocks${of.en} were evicted while ${bytes(all.ufsBytes)} of ${bytes(all.readBytes)} read came from the store below (${percent(shareBelow(all))})`,
      zh: `缓存装不下要读的数据：读取的 ${bytes(all.readBytes)} 中有 ${bytes(all.ufsBytes)} 来自底层存储（${percent(shareBelow(all))}），同时驱逐了 ${count(all.evictedBlocks)} 个数据块${of.zh}`,
    },
    at: all.from,
    until: all.to,
    evidence: [
      ...evidenceOfGrowth(facts.counters.evictedBlocks, all),
      ...evidenceOfGrowth(facts.counters.ufsBytes, all),
    ],
    values: {
      evictedBlocks: all.evictedBlocks,
      ufsBytes: all.ufsBytes,
      readBytes: all.readBytes,
      capacityBytes: capacity,
    },
    refutes: [
      {
        code: 'cache.cold',
        why: {
          en: 'blocks were evicted and read again: filling it once does not help',
          zh: '数据块被驱逐后又重新读取：预热一次没有用',
        },
      },
    ],
  });
}

/** The store itself: a direct read decides it, long waits of readers only suggest it. */
function slowStore(facts: CacheFacts, scope: CacheScope, all: Phase | null): Finding[] {
  const direct = facts.directReads.find((read) => isNear(read, scope) && read.bytes >= LIMIT.leastDirectBytes);
  const rate = direct ? (direct.bytes / direct.durationMs) * 1000 : null;
  if (direct && rate !== null && rate < LIMIT.slowStoreBytesPerS) return [slowByDirectRead(facts, direct, rate, all)];
  if (all === null || rate !== null) return [];
  const waits = facts.events.filter((event) => event.kind === 'slow_call' && isInScope(event.at, scope));
  const slowest = facts.slowReadS.filter((point) => isInScope(point.at, scope)).sort((a, b) => b.value - a.value)[0];
  if (slowest === undefined || slowest.value < LIMIT.slowReadS) return [];
  return [
    cacheFinding({
      rule: 'cache/where-bytes-came-from',
      code: 'cache.ufs_slow',
      symptom: 'slow',
      kind: 'inferred',
      statement: {
        en: `One in a hundred reads took ${duration(slowest.value * 1000).en} or more while the data came from the store below`,
        zh: `数据来自底层存储时，百分之一的读取用了 ${duration(slowest.value * 1000).zh}以上`,
      },
      at: all.from,
      until: all.to,
      evidence: [slowest.evidence, ...evidenceOfGrowth(facts.counters.ufsBytes, all)],
      weight: 0.6,
      values: { slowReadMs: Math.round(slowest.value * 1000), slowCalls: waits.length },
    }),
  ];
}

function slowByDirectRead(facts: CacheFacts, direct: DirectRead, rate: number, all: Phase | null): Finding {
  const speed = `${bytes(rate)}/s`;
  const through =
    all === null
      ? { en: '', zh: '' }
      : {
          en: `; in the window ${bytes(all.ufsBytes)} came from there`,
          zh: `；该时段有 ${bytes(all.ufsBytes)} 来自底层存储`,
        };
  return cacheFinding({
    rule: 'cache/where-bytes-came-from',
    code: 'cache.ufs_slow',
    symptom: 'slow',
    statement: {
      en: `The store below the cache is slow by itself: read directly${direct.host ? ` on ${direct.host}` : ''}, ${bytes(direct.bytes)} took ${duration(direct.durationMs).en} (${speed})${through.en}`,
      zh: `缓存底层的存储本身很慢：${direct.host ? `在 ${direct.host} 上` : ''}直接读取 ${bytes(direct.bytes)} 用了 ${duration(direct.durationMs).zh}（${speed}）${through.zh}`,
    },
    at: all?.from ?? direct.at,
    until: all?.to ?? null,
    evidence: [...(all ? evidenceOfGrowth(facts.counters.ufsBytes, all) : []), direct.evidence],
    values: {
      directBytes: direct.bytes,
      directMs: direct.durationMs,
      bytesPerS: Math.round(rate),
      ...(direct.host ? { host: direct.host } : {}),
    },
  });
}

function isNear({ at }: DirectRead, { window }: CacheScope): boolean {
  if (at === null || window === null) return true;
  return at >= window.from - LIMIT.directReadNearMs && at <= window.to + LIMIT.directReadNearMs;
}
