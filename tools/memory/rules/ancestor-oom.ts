import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { identifyGroup } from '../../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { OomKill } from '../../host/kernel-facts.ts';
import type { Reading } from '../../host/readings.ts';
import { limitHitsOf, limitOf, newestReading, peakOf } from '../group-values.ts';
import { type KillScope, scopeOf, stayedBelowOwnLimit } from '../kill-scope.ts';
import { killsOf, residentBytes } from '../kills.ts';
import {
  against,
  kernelEvidence,
  killKeys,
  processWords,
  readingEvidence,
  shortGroup,
  wholeReport,
} from '../memory-finding.ts';
import type { Holder } from '../memory-holders.ts';
import { spuriousSign } from '../spurious-oom.ts';

/**
 * A kill because a group above the victim's was full: the victim may be innocent. Names who held the most, and says what the
 * victim's own group had left of its own limit.
 */
export const ancestorOom: Rule<HostMemoryFacts> = {
  id: 'memory/ancestor-oom',
  area: 'memory',
  codes: ['kernel.memcg_ancestor_oom'],
  apply(facts) {
    return killsOf(facts).flatMap((kill): Finding[] => {
      const scope = scopeOf(kill, facts);
      if (scope.kind !== 'ancestor') return [];
      if (kill.ownReport && kill.report && spuriousSign(kill.report)?.kind === 'observed') return [];
      return [toFinding(facts, kill, scope)];
    });
  },
};

interface OwnGroup {
  limit: Reading | null;
  peak: Reading | null;
  hits: Reading | null;
  innocent: boolean;
}

function toFinding(facts: HostMemoryFacts, kill: OomKill, scope: KillScope): Finding {
  const own = ownGroupOf(facts, scope);
  const limitBytes = limitOfFull(facts, kill, scope);
  const [largest] = scope.others;
  return {
    area: 'memory',
    rule: ancestorOom.id,
    kind: scope.stated ? 'observed' : 'inferred',
    code: 'kernel.memcg_ancestor_oom',
    statement: statementOf(kill, scope, limitBytes, own),
    keys: killKeys(facts, kill, scope.victimGroup),
    at: kill.at,
    evidence: [
      ...readingEvidence([own.limit, own.peak, own.hits], null),
      ...kernelEvidence(
        facts,
        largest?.quotes ?? [],
        null,
        largest?.kind === 'group' ? 'kernel' : facts.kernelProvenance,
      ),
      ...kernelEvidence(
        facts,
        [kill.report?.memory?.quote, kill.quotes.killed, kill.quotes.group, kill.quotes.constraint],
        kill.at,
      ),
    ],
    count: 1,
    weight: scope.stated ? 1 : 0.7,
    values: valuesOf(kill, scope, limitBytes, own),
    refutes: refutesOf(kill, scope, own),
    ...wholeReport(kill),
  };
}

function ownGroupOf(facts: HostMemoryFacts, scope: KillScope): OwnGroup {
  const group = facts.groups.find((entry) => entry.path === scope.victimGroup);
  if (!group) return { limit: null, peak: null, hits: null, innocent: false };
  return {
    limit: newestReading(group, limitOf),
    peak: newestReading(group, peakOf),
    hits: newestReading(group, limitHitsOf),
    innocent: stayedBelowOwnLimit(group.path, facts),
  };
}

function limitOfFull(facts: HostMemoryFacts, kill: OomKill, scope: KillScope): number | null {
  const stated = kill.ownReport ? kill.report?.memory?.limitBytes : null;
  if (stated) return stated;
  const group = facts.groups.find((entry) => entry.path === scope.fullGroup);
  const limit = group ? newestReading(group, limitOf) : null;
  return limit && Number.isFinite(limit.value) ? limit.value : null;
}

function statementOf(kill: OomKill, scope: KillScope, limitBytes: number | null, own: OwnGroup): Bilingual {
  const who = processWords(kill);
  const full = groupWords(scope.fullGroup ?? '');
  const limit = limitBytes === null ? null : bytes(limitBytes);
  const held = residentBytes(kill);
  const others = othersWords(scope.others);
  const innocent = innocentWords(own);
  const size = held === null ? null : bytes(held);
  return {
    en: `The kernel killed ${who}${size ? `, which held ${size},` : ''} because ${full.en} was full${limit ? ` at ${limit}` : ''}, a group above the victim's own${innocent.en}${others.en}`,
    zh: `内核杀死了 ${who}${size ? `（占用 ${size}）` : ''}，原因是上级 ${full.zh} 已满${limit ? `（上限 ${limit}）` : ''}，并非受害进程自己的 cgroup${innocent.zh}${others.zh}`,
  };
}

function groupWords(path: string): Bilingual {
  const { kind } = identifyGroup(path);
  if (kind === 'pod') return { en: `the pod's group ${shortGroup(path)}`, zh: `Pod 的 cgroup ${shortGroup(path)}` };
  return { en: `the group ${path}`, zh: `cgroup ${path}` };
}

function innocentWords(own: OwnGroup): Bilingual {
  if (own.limit === null) return { en: '', zh: '' };
  if (!Number.isFinite(own.limit.value)) {
    return { en: '; its own group has no limit', zh: '；它自己的 cgroup 没有上限' };
  }
  if (!own.innocent || own.peak === null) return { en: '', zh: '' };
  const [peak, limit] = [bytes(own.peak.value), bytes(own.limit.value)];
  return {
    en: `; its own group stayed at ${peak} of its own ${limit}`,
    zh: `；它自己的 cgroup 最高只用到 ${peak}，自身上限 ${limit}`,
  };
}

function othersWords(others: readonly Holder[]): Bilingual {
  const [largest] = others;
  if (!largest) return { en: '', zh: '' };
  const size = bytes(largest.bytes);
  const name = largest.kind === 'group' ? shortGroup(largest.name) : largest.name;
  const many = largest.kind === 'processes' && largest.processes > 1;
  const unlimited = largest.limitBytes !== null && !Number.isFinite(largest.limitBytes);
  return {
    en: `. Beside it ${many ? `${largest.processes} processes ${name}` : name} held ${size}${unlimited ? ' without a limit of its own' : ''}`,
    zh: `。同组的 ${many ? `${largest.processes} 个 ${name} 进程` : name} 占用 ${size}${unlimited ? '，且没有自己的上限' : ''}`,
  };
}

function valuesOf(
  kill: OomKill,
  scope: KillScope,
  limitBytes: number | null,
  own: OwnGroup,
): Record<string, number | string> {
  const held = residentBytes(kill);
  const [largest] = scope.others;
  const values: Record<string, number | string> = { pid: kill.pid, comm: kill.comm };
  if (scope.fullGroup !== null) values.fullGroup = scope.fullGroup;
  if (limitBytes !== null) values.limitBytes = limitBytes;
  if (held !== null) values.victimBytes = held;
  if (own.limit && Number.isFinite(own.limit.value)) values.ownLimitBytes = own.limit.value;
  if (own.peak) values.ownPeakBytes = own.peak.value;
  if (own.hits) values.ownLimitHits = own.hits.value;
  if (largest) {
    values.largestOther = largest.name;
    values.largestOtherBytes = largest.bytes;
    values.largestOtherProcesses = largest.processes;
  }
  return values;
}

function refutesOf(kill: OomKill, scope: KillScope, own: OwnGroup): Finding['refutes'] {
  const full = shortGroup(scope.fullGroup ?? '');
  const ownLimit =
    own.hits?.value === 0
      ? {
          en: `, and its own group was never at its limit (failcnt 0)`,
          zh: `，且它自己的 cgroup 从未触限（failcnt 0）`,
        }
      : { en: '', zh: '' };
  return [
    against(
      'kernel.memcg_oom',
      `the full group was ${full}, above the victim's own${ownLimit.en}`,
      `占满的是上级 ${full}${ownLimit.zh}`,
    ),
    against('kernel.global_oom', `the full group was ${full}, not the host`, `占满的是 cgroup ${full}，不是整机内存`),
    against(
      'memory.executor_heap_oom',
      `the kernel ended ${processWords(kill)} for a group that was full, not the JVM for its heap`,
      `是内核因 cgroup 已满杀死 ${processWords(kill)}，不是 JVM 堆满`,
    ),
  ];
}
