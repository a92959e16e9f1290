import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { OomKill } from '../../host/kernel-facts.ts';
import type { Reading } from '../../host/readings.ts';
import { limitHitsOf, limitOf, newestReading } from '../group-values.ts';
import { type KillScope, scopeOf } from '../kill-scope.ts';
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
 * A kill inside a memory group by that group's own limit: the full group is the victim's own, its container's, or its pod's
 * when nobody else in the pod holds the memory. A kill whose text names no group is only suggested to be one.
 */
export const memcgOom: Rule<HostMemoryFacts> = {
  id: 'memory/memcg-oom',
  area: 'memory',
  codes: ['kernel.memcg_oom'],
  apply(facts) {
    return killsOf(facts).flatMap((kill): Finding[] => {
      const scope = scopeOf(kill, facts);
      if (scope.kind !== 'own' && scope.kind !== 'memcg') return [];
      if (kill.ownReport && kill.report && spuriousSign(kill.report)?.kind === 'observed') return [];
      return [toFinding(facts, kill, scope)];
    });
  },
};

interface Figures {
  usageBytes: number | null;
  limitBytes: number | null;
  victimBytes: number | null;
  failcnt: number | null;
  readings: Reading[];
}

function toFinding(facts: HostMemoryFacts, kill: OomKill, scope: KillScope): Finding {
  const figures = figuresOf(facts, kill, scope);
  const tableRow = kill.report?.tasks.find((task) => task.pid === kill.pid);
  const statedOwn = scope.kind === 'own';
  return {
    area: 'memory',
    rule: memcgOom.id,
    kind: statedOwn ? 'observed' : 'inferred',
    code: 'kernel.memcg_oom',
    statement: statementOf(kill, scope, figures),
    keys: killKeys(facts, kill, scope.victimGroup),
    at: kill.at,
    evidence: [
      ...readingEvidence(figures.readings, null),
      ...kernelEvidence(
        facts,
        [kill.report?.memory?.quote, tableRow?.quote, kill.quotes.killed, kill.quotes.group, kill.quotes.constraint],
        kill.at,
      ),
    ],
    count: 1,
    weight: statedOwn ? 1 : 0.7,
    values: valuesOf(kill, scope, figures),
    ...(statedOwn ? { refutes: refutesOf(kill, scope) } : {}),
    ...(statedOwn ? wholeReport(kill) : {}),
  };
}

function figuresOf(facts: HostMemoryFacts, kill: OomKill, scope: KillScope): Figures {
  const line = kill.ownReport ? (kill.report?.memory ?? null) : null;
  const group = facts.groups.find((entry) => entry.path === scope.fullGroup);
  const limit = group ? newestReading(group, limitOf) : null;
  const hits = group ? newestReading(group, limitHitsOf) : null;
  const readings = [limit, hits].filter((reading): reading is Reading => reading !== null);
  return {
    usageBytes: line?.usageBytes ?? null,
    limitBytes: line?.limitBytes ?? (limit && Number.isFinite(limit.value) ? limit.value : null),
    victimBytes: residentBytes(kill),
    failcnt: line?.failcnt ?? hits?.value ?? null,
    readings,
  };
}

function statementOf(kill: OomKill, scope: KillScope, figures: Figures): { en: string; zh: string } {
  const who = processWords(kill);
  const held = figures.victimBytes === null ? null : bytes(figures.victimBytes);
  const limit = figures.limitBytes === null ? null : bytes(figures.limitBytes);
  const rest = restWords(scope.others);
  if (scope.kind === 'memcg') {
    return {
      en: `The kernel killed ${who} because a memory group was full; the text left does not say whose group${held ? `, the process held ${held}` : ''}`,
      zh: `内核因某个内存 cgroup 已满杀死了 ${who}；留下的文本没有说明是哪个 cgroup${held ? `，该进程占用 ${held}` : ''}`,
    };
  }
  const group = shortGroup(scope.fullGroup ?? '');
  return {
    en: `The kernel killed ${who} because its own group ${group} was full${limit ? ` at its limit of ${limit}` : ''}${held ? `; the process held ${held}` : ''}${rest.en}`,
    zh: `内核杀死了 ${who}，因为它自己的 cgroup ${group} 已满${limit ? `，上限 ${limit}` : ''}${held ? `；该进程占用 ${held}` : ''}${rest.zh}`,
  };
}

function restWords(others: readonly Holder[]): { en: string; zh: string } {
  const [largest] = others;
  if (!largest || largest.bytes < 1 << 20) return { en: '', zh: '' };
  const name = largest.kind === 'group' ? shortGroup(largest.name) : largest.name;
  const size = bytes(largest.bytes);
  return { en: `, beside it ${name} ${size}`, zh: `，同组的 ${name} 占用 ${size}` };
}

function valuesOf(kill: OomKill, scope: KillScope, figures: Figures): Record<string, number | string> {
  const largest = scope.others[0];
  return {
    pid: kill.pid,
    comm: kill.comm,
    ...(scope.fullGroup === null ? {} : { fullGroup: scope.fullGroup }),
    ...numbersOf({
      usageBytes: figures.usageBytes,
      limitBytes: figures.limitBytes,
      victimBytes: figures.victimBytes,
      failcnt: figures.failcnt,
    }),
    ...(largest ? { otherName: largest.name, otherBytes: largest.bytes } : {}),
    ...pythonBytes(kill),
  };
}

/** What Python workers and JVMs held by the dump: tells overhead from heap. */
function pythonBytes(kill: OomKill): Record<string, number> {
  const tasks = kill.report?.tasks ?? [];
  const sum = (pattern: RegExp) =>
    tasks.filter((task) => pattern.test(task.comm)).reduce((total, task) => total + task.rssBytes, 0);
  const [python, java] = [sum(/^(?:python|pypy|pyspark)/i), sum(/^java$/)];
  return { ...(python > 0 ? { pythonBytes: python } : {}), ...(java > 0 ? { javaBytes: java } : {}) };
}

function numbersOf(values: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== null));
}

function refutesOf(kill: OomKill, scope: KillScope): Finding['refutes'] {
  const group = shortGroup(scope.fullGroup ?? '');
  return [
    against('kernel.global_oom', `the full group was ${group}, not the host`, `占满的是 cgroup ${group}，不是整机内存`),
    against(
      'kernel.memcg_ancestor_oom',
      `the full group was the victim's own, ${group}`,
      `占满的就是受害进程自己的 cgroup ${group}`,
    ),
    against(
      'memory.executor_heap_oom',
      `the kernel ended ${processWords(kill)}; a full Java heap ends in an error of the JVM instead`,
      `是内核杀死了 ${processWords(kill)}；Java 堆满应由 JVM 自己报错`,
    ),
  ];
}
