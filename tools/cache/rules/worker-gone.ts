import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import type { CacheEvent, CacheFacts, Silence } from '../cache-facts.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { CacheCase, CacheRule } from '../cache-rule.ts';
import { isInScope } from '../growth.ts';
import { recordEvidence } from '../record-evidence.ts';
import { CACHE_THRESHOLDS as LIMIT } from '../thresholds.ts';

type Lost = Extract<CacheEvent, { kind: 'worker_lost' }>;

/**
 * Workers that went away in the question's time: by the master, or because nobody listens any more where the worker had answered.
 * A master that was itself stopped declares healthy workers lost when it wakes: that is no loss.
 */
export const workerGone: CacheRule = {
  id: 'cache/worker-gone',
  area: 'cache',
  codes: ['cache.worker_lost'],
  apply({ facts, scope }: CacheCase): Finding[] {
    const lost = facts.events.filter(
      (event): event is Lost => event.kind === 'worker_lost' && isInScope(event.at, scope),
    );
    const byMaster = lost.map((event) => (ownPause(event, facts) ? noLoss(event) : declared(event, facts)));
    const told = new Set(lost.map(({ host }) => host));
    const silent = facts.silences.filter(
      (silence) =>
        silence.role === 'worker' &&
        silence.refused &&
        silence.answeredAt !== null &&
        isInScope(silence.from, scope) &&
        !told.has(silence.host ?? ''),
    );
    return [...byMaster, ...silent.map((silence) => refusing(silence, facts))];
  },
};

/** The master did not run in the time it missed heartbeats. */
function ownPause({ at, silentMs }: Lost, { events, silences }: CacheFacts): boolean {
  if (at === null) return false;
  const paused = events.some(
    (event) =>
      event.kind === 'pause' &&
      event.role === 'master' &&
      event.pauseMs >= silentMs / 2 &&
      event.at !== null &&
      Math.abs(event.at - at) <= LIMIT.afterPauseMs,
  );
  const silent = silences.some(
    ({ role, refused, from, until }) =>
      role === 'master' &&
      !refused &&
      from < at &&
      (until ?? at) >= at - LIMIT.afterPauseMs &&
      at - from >= silentMs / 2,
  );
  return paused || silent;
}

function noLoss(event: Lost): Finding {
  return cacheFinding({
    rule: 'cache/worker-gone',
    echo: true,
    statement: {
      en: `The master declared worker ${event.host} lost because the master itself had not run: the worker is not what failed`,
      zh: `master 因自己没有运行而把 worker ${event.host} 判为丢失：出问题的不是这个 worker`,
    },
    at: event.at,
    evidence: [recordEvidence(event.record)],
    values: { host: event.host },
    refutes: [
      {
        code: 'cache.worker_lost',
        why: {
          en: `the master had itself stood still when it missed the heartbeats of ${event.host}`,
          zh: `master 漏掉 ${event.host} 的心跳时自己正处于停顿`,
        },
      },
    ],
  });
}

function declared(event: Lost, facts: CacheFacts): Finding {
  const silence = facts.silences.find(
    (one) => one.role === 'worker' && one.host === event.host && one.answeredAt !== null,
  );
  const failed = readsFailedAt(event.host, facts);
  const evidence: Evidence[] = [
    ...failed.slice(0, 1),
    ...(silence?.evidence.slice(0, 1) ?? []),
    recordEvidence(event.record),
  ];
  const since = event.at === null ? (silence?.answeredAt ?? null) : event.at - event.silentMs;
  const reads = failed.length === 0 ? { en: '', zh: '' } : readsTold(failed.length);
  return cacheFinding({
    rule: 'cache/worker-gone',
    code: 'cache.worker_lost',
    symptom: 'slow',
    statement: {
      en: `Worker ${event.host} of the cache is gone: the master heard nothing of it for ${duration(event.silentMs).en}${silence?.refused ? ' and nobody listens at its address' : ''}${reads.en}`,
      zh: `缓存 worker ${event.host} 已丢失：master 有 ${duration(event.silentMs).zh}没有收到它的心跳${silence?.refused ? '，它的地址也无人监听' : ''}${reads.zh}`,
    },
    at: since,
    until: silence?.until ?? null,
    evidence,
    values: { host: event.host, silentMs: event.silentMs, failedReads: failed.length },
  });
}

function refusing(silence: Silence, facts: CacheFacts): Finding {
  const failed = silence.host === null ? [] : readsFailedAt(silence.host, facts);
  const reads = failed.length === 0 ? { en: '', zh: '' } : readsTold(failed.length);
  const host = silence.host ?? '';
  return cacheFinding({
    rule: 'cache/worker-gone',
    code: 'cache.worker_lost',
    symptom: 'slow',
    kind: failed.length > 0 ? 'observed' : 'inferred',
    statement: {
      en: `Worker ${host} of the cache is gone: nobody listens at its address, where it had answered before${reads.en}`,
      zh: `缓存 worker ${host} 已丢失：先前应答的地址上现在无人监听${reads.zh}`,
    },
    at: silence.answeredAt ?? silence.from,
    until: silence.until,
    evidence: [...failed.slice(0, 1), ...silence.evidence.slice(0, 2)],
    values: { host, failedReads: failed.length },
  });
}

function readsTold(failed: number): { en: string; zh: string } {
  return { en: `; ${plural(failed, 'read')} from it failed`, zh: `；从它读取失败 ${failed} 次` };
}

function readsFailedAt(host: string, { events }: CacheFacts): Evidence[] {
  return events.flatMap((event) =>
    event.kind === 'read_failed' && event.workerHost === host ? [recordEvidence(event.record)] : [],
  );
}
