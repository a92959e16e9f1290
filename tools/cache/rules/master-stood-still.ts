import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import { duration, percent, plural } from '../../evidence/spoken-figures.ts';
import type { CacheEvent, CacheFacts, CacheScope, Silence } from '../cache-facts.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { CacheCase, CacheRule } from '../cache-rule.ts';
import { isInScope } from '../growth.ts';
import { recordEvidence } from '../record-evidence.ts';
import { CACHE_THRESHOLDS as LIMIT } from '../thresholds.ts';

type Pause = Extract<CacheEvent, { kind: 'pause' }>;

/**
 * A master that did not run: by its own pause monitor (whether in collections or not), or because its endpoint took
 * connections and said nothing. What the monitor calls a pause without collections was stopped, frozen or starved from outside.
 */
export const masterStoodStill: CacheRule = {
  id: 'cache/master-stood-still',
  area: 'cache',
  codes: ['cache.master_gc', 'cache.master_unresponsive'],
  apply({ facts, scope }: CacheCase): Finding[] {
    const pauses = pausesOf(facts, scope);
    const silence = facts.silences.find((one) => one.role === 'master' && !one.refused && isInScope(one.from, scope));
    const gone = facts.silences.find(
      (one) => one.role === 'master' && one.refused && one.answeredAt !== null && isInScope(one.from, scope),
    );
    const [longest] = pauses.toSorted((a, b) => b.pauseMs - a.pauseMs);
    if (longest && longest.pauseMs >= LIMIT.longPauseMs) return [byPause(longest, silence ?? null, facts)];
    const collecting = manyCollections(pauses, scope);
    if (collecting) return [collecting];
    if (gone) return [unanswered(gone, true)];
    if (!silence) return [];
    if (lasted(silence) >= LIMIT.longPauseMs) return [unanswered(silence, false)];
    // Asked only now, and in vain: how long it has been so is not known.
    return silence.until === null ? [askedInVain(silence)] : [];
  },
};

function pausesOf({ events }: CacheFacts, scope: CacheScope): Pause[] {
  return events.filter(
    (event): event is Pause => event.kind === 'pause' && event.role === 'master' && isInScope(event.at, scope),
  );
}

function byPause(pause: Pause, silence: Silence | null, facts: CacheFacts): Finding {
  const { pauseMs, collectionMs, host } = pause;
  const inCollections = collectionMs !== null && collectionMs >= pauseMs * LIMIT.collectionShare;
  const told = duration(pauseMs);
  const where = host ? { en: ` on ${host}`, zh: `（${host}）` } : { en: '', zh: '' };
  const evidence: Evidence[] = [...(silence?.evidence.slice(0, 1) ?? []), recordEvidence(pause.record)];
  const began = pause.at === null ? null : pause.at - pauseMs;
  const common = {
    rule: 'cache/master-stood-still',
    at: began,
    until: pause.at,
    evidence,
    values: { pauseMs, ...(host ? { host } : {}) },
  };
  if (inCollections) {
    return cacheFinding({
      ...common,
      code: 'cache.master_gc',
      symptom: 'slow',
      statement: {
        en: `The master of the cache${where.en} stood still for ${told.en}, ${duration(collectionMs).en} of it in garbage collection`,
        zh: `缓存 master${where.zh}停顿 ${told.zh}，其中 ${duration(collectionMs).zh}在垃圾回收`,
      },
      values: { ...common.values, collectionMs },
    });
  }
  return cacheFinding({
    ...common,
    code: 'cache.master_unresponsive',
    symptom: 'slow',
    // The monitor of old versions missed collections: then a pause without them is not told from one with.
    kind: monitorCanTell(facts.version) || silence !== null ? 'observed' : 'inferred',
    statement: {
      en: `The master of the cache${where.en} did not run for ${told.en}, and that was no garbage collection: its process was stopped, frozen or starved`,
      zh: `缓存 master${where.zh}有 ${told.zh}没有运行，且不是垃圾回收：进程被暂停、冻结或得不到资源`,
    },
    refutes: monitorCanTell(facts.version)
      ? [
          {
            code: 'cache.master_gc',
            why: {
              en: `the pause monitor names no collection for the ${told.en}`,
              zh: `停顿监视器没有为这 ${told.zh}记录任何垃圾回收`,
            },
          },
        ]
      : [],
  });
}

/** Versions that are not known are taken for those of today. */
function monitorCanTell(version: string | null): boolean {
  const [major, minor] = (version ?? '').split('.').map(Number);
  if (major === undefined || minor === undefined || Number.isNaN(major) || Number.isNaN(minor)) return true;
  const [fixedMajor, fixedMinor] = LIMIT.pauseMonitorFixed;
  return major > fixedMajor || (major === fixedMajor && minor >= fixedMinor);
}

/** Collections one after the other: none long, together a good part of the time. */
function manyCollections(pauses: readonly Pause[], { window }: CacheScope): Finding | null {
  const collecting = pauses.filter(
    ({ pauseMs, collectionMs }) => (collectionMs ?? 0) >= pauseMs * LIMIT.collectionShare,
  );
  const from = window?.from ?? collecting[0]?.at ?? 0;
  const to = window?.to ?? collecting.at(-1)?.at ?? 0;
  const pausedMs = collecting.reduce((sum, { pauseMs }) => sum + pauseMs, 0);
  if (collecting.length < 3 || to <= from || pausedMs < (to - from) * LIMIT.pausedShare) return null;
  const share = percent(Math.min(1, pausedMs / (to - from)));
  return cacheFinding({
    rule: 'cache/master-stood-still',
    code: 'cache.master_gc',
    symptom: 'slow',
    statement: {
      en: `The master of the cache spent ${share} of the time in garbage collection: ${plural(collecting.length, 'pause')}, ${duration(pausedMs).en} in all`,
      zh: `缓存 master 有 ${share} 的时间在垃圾回收：${collecting.length} 次停顿，共 ${duration(pausedMs).zh}`,
    },
    at: collecting[0]?.at ?? null,
    until: collecting.at(-1)?.at ?? null,
    evidence: collecting.slice(0, 3).map(({ record }) => recordEvidence(record)),
    count: collecting.length,
    values: { pausedMs, pauses: collecting.length },
  });
}

function lasted({ from, until, evidence }: Silence): number {
  const last = evidence.at(-1)?.at ?? from;
  return (until ?? last) - from;
}

function askedInVain(silence: Silence): Finding {
  return cacheFinding({
    rule: 'cache/master-stood-still',
    code: 'cache.master_unresponsive',
    symptom: 'slow',
    kind: 'inferred',
    statement: {
      en: 'The master of the cache took a connection and gave no answer when it was asked; since when is not known',
      zh: '查询时缓存 master 接受了连接但没有应答；从何时开始未知',
    },
    at: silence.from,
    evidence: [...silence.evidence],
    weight: 0.8,
  });
}

function unanswered(silence: Silence, gone: boolean): Finding {
  const long = duration(lasted(silence));
  return cacheFinding({
    rule: 'cache/master-stood-still',
    code: 'cache.master_unresponsive',
    symptom: 'slow',
    statement: gone
      ? {
          en: 'The master of the cache is gone: nobody listens at its address where it had answered before',
          zh: '缓存 master 已不在：先前应答的地址上现在没有进程监听',
        }
      : {
          en: `The master of the cache took connections and answered nothing for ${long.en}`,
          zh: `缓存 master 接受连接却有 ${long.zh}没有任何应答`,
        },
    at: silence.from,
    until: silence.until,
    evidence: [...silence.evidence],
    values: { silentMs: lasted(silence) },
  });
}
