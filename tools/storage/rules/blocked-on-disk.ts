import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { groupKeys } from '../../host/cgroup-path.ts';
import type { HostDiskFacts, WaitingProcess } from '../host-disk-facts.ts';
import { diskEvidence, isInDiskWindow } from '../storage-finding.ts';

/** A process stands uninterruptibly in disk I/O by its kernel stack. One look proves no length of time, so it suggests. */
export const blockedOnDisk: Rule<readonly HostDiskFacts[]> = {
  id: 'storage/blocked-on-disk',
  area: 'storage',
  codes: ['storage.slow_disk'],
  apply(hosts) {
    return hosts.flatMap((facts) =>
      facts.waiting.filter((process) => isInDiskWindow(process.at, facts)).map((process) => toFinding(facts, process)),
    );
  },
};

function toFinding(facts: HostDiskFacts, process: WaitingProcess): Finding {
  const who = `${process.comm || '?'} (pid ${process.pid})`;
  return {
    area: 'storage',
    rule: blockedOnDisk.id,
    kind: 'inferred',
    code: 'storage.slow_disk',
    symptom: 'slow',
    statement: {
      en: `${who}${facts.host ? ` on ${facts.host}` : ''} stands in disk I/O (state D, ${process.frame})`,
      zh: `${facts.host ? `${facts.host} 上的 ` : ''}${who} 停在磁盘 I/O 中（状态 D，${process.frame}）`,
    },
    keys: {
      ...(facts.host === null ? {} : { host: facts.host }),
      pid: process.pid,
      ...(process.group === null ? {} : groupKeys(process.group)),
    },
    at: process.at,
    evidence: diskEvidence(process.quotes, process.at),
    count: 1,
    weight: 0.3,
    values: { pid: process.pid, frame: process.frame, state: 'D' },
  };
}
