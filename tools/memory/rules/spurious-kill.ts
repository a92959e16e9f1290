import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { KernelFacts, OomKill, OomReport } from '../../host/kernel-facts.ts';
import { scopeOf } from '../kill-scope.ts';
import { isInWindow, killsOf } from '../kills.ts';
import { kernelEvidence, killKeys, processWords } from '../memory-finding.ts';
import { type SpuriousSign, spuriousSign } from '../spurious-oom.ts';

/**
 * The OOM killer was called although memory was there: a request for contiguous pages, for the low zones only, or a group
 * far below its limit. Reports without a kill line count too: a pasted dump often ends in its stack.
 */
export const spuriousKill: Rule<HostMemoryFacts> = {
  id: 'memory/spurious-kill',
  area: 'memory',
  codes: ['kernel.spurious_oom'],
  apply(facts) {
    const killed = killsOf(facts).flatMap((kill): Finding[] => {
      const sign = kill.ownReport && kill.report ? spuriousSign(kill.report) : null;
      return sign && kill.report ? [toFinding(facts, kill.report, kill, sign)] : [];
    });
    const unended = facts.kernelLogs
      .flatMap((log) => log.killless)
      .flatMap((report): Finding[] => {
        const sign = isInWindow(report.at, facts) ? spuriousSign(report) : null;
        return sign ? [toFinding(facts, report, null, sign)] : [];
      });
    return [...killed, ...unended];
  },
};

function toFinding(facts: HostMemoryFacts, report: OomReport, kill: OomKill | null, sign: SpuriousSign): Finding {
  const release = releaseOf(facts.kernelLogs);
  const invoker = report.invoker?.comm ?? kill?.comm ?? '';
  const host = report.host ?? facts.host;
  return {
    area: 'memory',
    rule: spuriousKill.id,
    kind: sign.kind,
    code: 'kernel.spurious_oom',
    statement: statementOf(kill, invoker, sign.why, release),
    keys: kill ? killKeys(facts, kill, scopeOf(kill, facts).victimGroup) : host === null ? {} : { host },
    at: kill?.at ?? report.at,
    evidence: kernelEvidence(
      facts,
      [kill?.quotes.constraint, kill?.quotes.killed, ...sign.quotes],
      kill?.at ?? report.at,
    ),
    count: 1,
    weight: sign.kind === 'observed' ? 1 : 0.6,
    values: { ...sign.values, invoker, ...(release ? { kernelRelease: release } : {}) },
  };
}

function statementOf(kill: OomKill | null, invoker: string, why: Bilingual, release: string | null): Bilingual {
  const kernel = release === null ? { en: '', zh: '' } : { en: ` (kernel ${release})`, zh: `（内核 ${release}）` };
  const who = kill === null ? null : processWords(kill);
  return {
    en: who
      ? `The kernel killed ${who} although ${why.en}${kernel.en}`
      : `${invoker} invoked the OOM killer although memory need not have been used up: ${why.en}${kernel.en}`,
    zh: who
      ? `内核杀死了 ${who}，但 ${why.zh}${kernel.zh}`
      : `${invoker} 触发了 OOM killer，但内存未必耗尽：${why.zh}${kernel.zh}`,
  };
}

function releaseOf(logs: readonly KernelFacts[]): string | null {
  return logs.find((log) => log.release !== null)?.release ?? null;
}
