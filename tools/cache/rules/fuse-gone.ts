import type { Finding } from '../../evidence/finding.ts';
import type { CacheDaemon, Silence } from '../cache-facts.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { CacheCase, CacheRule } from '../cache-rule.ts';
import { isInScope } from '../growth.ts';
import { recordEvidence } from '../record-evidence.ts';

/**
 * A FUSE process that answered and then was gone, and how its log ends: with a stop that somebody ordered, or cut off. Killed by
 * hand or by the kernel looks the same here: only the kernel log tells (real-servers.md).
 */
export const fuseGone: CacheRule = {
  id: 'cache/fuse-gone',
  area: 'cache',
  codes: ['cache.fuse_crash'],
  apply({ facts, scope }: CacheCase): Finding[] {
    return facts.silences
      .filter((one) => one.role === 'fuse' && one.refused && one.answeredAt !== null && isInScope(one.from, scope))
      .map((silence) =>
        gone(silence, facts.daemons.find((one) => one.role === 'fuse' && one.host === silence.host) ?? null),
      );
  },
};

function gone(silence: Silence, log: CacheDaemon | null): Finding {
  const mount = log?.mounts[0];
  const of = mount === undefined ? { en: '', zh: '' } : { en: ` behind ${mount}`, zh: `（挂载点 ${mount}）` };
  const host = silence.host ?? '';
  const end =
    log === null
      ? { en: '', zh: '' }
      : log.stopped
        ? { en: '; its log says that it was stopped', zh: '；其日志写明它是被停止的' }
        : { en: '; its log ends without a stop: the process was killed', zh: '；其日志中断且没有停止记录：进程被杀死' };
  return cacheFinding({
    rule: 'cache/fuse-gone',
    code: 'cache.fuse_crash',
    symptom: 'process_killed',
    statement: {
      en: `The FUSE process${of.en} on ${host} is gone${end.en}`,
      zh: `${host} 上的 FUSE 进程${of.zh}已不在${end.zh}`,
    },
    keys: { ...(silence.host ? { host: silence.host } : {}), ...(mount === undefined ? {} : { path: mount }) },
    // It went between the last answer and the first refusal: what failed in between belongs to it.
    at: silence.answeredAt ?? silence.from,
    until: silence.until,
    evidence: [...silence.evidence.slice(0, 1), ...(log?.last ? [recordEvidence(log.last)] : [])],
    values: { stopped: log?.stopped ? 'yes' : 'no' },
  });
}
