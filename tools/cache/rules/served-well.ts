import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../evidence/finding.ts';
import { bytes, duration, percent } from '../../evidence/spoken-figures.ts';
import type { CacheFacts, CacheScope } from '../cache-facts.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { CacheCase, CacheRule } from '../cache-rule.ts';
import { evidenceOfGrowth, inAll, isInScope, phasesIn, shareBelow } from '../growth.ts';
import { CACHE_THRESHOLDS as LIMIT } from '../thresholds.ts';

const CLEARED: readonly CauseCode[] = ['cache.cold', 'cache.capacity', 'cache.ufs_slow'];

/** The cache did its work: it held what was read, threw nothing out, and every process of it answered. */
export const servedWell: CacheRule = {
  id: 'cache/served-well',
  area: 'cache',
  codes: [],
  apply({ facts, scope }: CacheCase): Finding[] {
    const all = inAll(phasesIn(facts, scope));
    const events = facts.events.filter((event) => isInScope(event.at, scope));
    const calm = !events.some(({ kind }) => isTrouble(kind)) && pausedMs(events) < LIMIT.longPauseMs;
    const silent = facts.silences.some((one) => isInScope(one.from, scope));
    if (all.readBytes < LIMIT.leastReadBytes || shareBelow(all) >= LIMIT.servedShare || silent || !calm) return [];
    if (all.evictedBlocks >= LIMIT.evictedBlocks || isSlow(facts, scope)) return [];
    const why = {
      en: `the cache held the data: ${bytes(all.readBytes)} were read, ${bytes(all.ufsBytes)} of it from the store below (${percent(shareBelow(all))}), nothing was evicted`,
      zh: `数据都在缓存中：读取 ${bytes(all.readBytes)}，其中 ${bytes(all.ufsBytes)} 来自底层存储（${percent(shareBelow(all))}），没有驱逐`,
    };
    const answered = {
      en: 'every process of the cache answered, and no long pause or loss was logged',
      zh: '缓存的各进程都有应答，也没有长时间停顿或丢失的记录',
    };
    return [
      cacheFinding({
        rule: 'cache/served-well',
        echo: true,
        statement: {
          en: `The cache was well: ${bytes(all.readBytes)} were read in ${duration(all.to - all.from).en}, ${percent(shareBelow(all))} of it from the store below, nothing was evicted`,
          zh: `缓存正常：${duration(all.to - all.from).zh}内读取 ${bytes(all.readBytes)}，其中 ${percent(shareBelow(all))} 来自底层存储，没有驱逐`,
        },
        at: all.from,
        until: all.to,
        evidence: [
          ...evidenceOfGrowth(facts.counters.ufsBytes, all),
          ...evidenceOfGrowth(facts.counters.remoteBytes, all).slice(-1),
        ],
        values: { readBytes: all.readBytes, ufsBytes: all.ufsBytes },
        refutes: [
          ...CLEARED.map((code) => ({ code, why })),
          ...(['cache.worker_lost', 'cache.master_gc', 'cache.master_unresponsive', 'cache.fuse_crash'] as const).map(
            (code) => ({ code, why: answered }),
          ),
        ],
      }),
    ];
  },
};

/** Pauses of any process, together: many short ones hold up readers as well. */
function pausedMs(events: CacheFacts['events']): number {
  return events.reduce((sum, event) => sum + (event.kind === 'pause' ? event.pauseMs : 0), 0);
}

function isTrouble(kind: CacheFacts['events'][number]['kind']): boolean {
  return kind === 'worker_lost' || kind === 'read_failed' || kind === 'slow_call' || kind === 'master_unanswered';
}

function isSlow({ slowReadS }: CacheFacts, scope: CacheScope): boolean {
  return slowReadS.some((point) => isInScope(point.at, scope) && point.value >= LIMIT.slowReadS);
}
