import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { identifyGroup } from '../../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { OomKill } from '../../host/kernel-facts.ts';
import { type KillScope, scopeOf } from '../kill-scope.ts';
import { killsOf, residentBytes } from '../kills.ts';
import { against, kernelEvidence, killKeys, processWords, shortGroup, wholeReport } from '../memory-finding.ts';
import { spuriousSign } from '../spurious-oom.ts';

/**
 * A kill because the host, or the memory nodes a task was bound to, ran out. The container of the victim did not exceed its
 * limit. Where the dump shows that memory was free, this stands back behind the spurious kill.
 */
export const globalOom: Rule<HostMemoryFacts> = {
  id: 'memory/global-oom',
  area: 'memory',
  codes: ['kernel.global_oom'],
  apply(facts) {
    return [...killsOf(facts).flatMap((kill) => judgeKill(facts, kill)), ...judgeKillless(facts)];
  },
};

function judgeKill(facts: HostMemoryFacts, kill: OomKill): Finding[] {
  const scope = scopeOf(kill, facts);
  if ((scope.kind !== 'global' && scope.kind !== 'restricted') || isByHand(kill)) return [];
  const sign = kill.ownReport && kill.report ? spuriousSign(kill.report) : null;
  if (sign?.kind === 'observed') return [];
  const sure = scope.kind === 'global' && sign === null;
  return [
    {
      area: 'memory',
      rule: globalOom.id,
      kind: sure ? 'observed' : 'inferred',
      code: 'kernel.global_oom',
      statement: statementOf(kill, scope),
      keys: killKeys(facts, kill, scope.victimGroup),
      at: kill.at,
      evidence: kernelEvidence(
        facts,
        [
          kill.report?.invoker?.quote,
          largestTask(kill)?.quote,
          kill.quotes.choice,
          kill.quotes.killed,
          kill.quotes.constraint,
        ],
        kill.at,
      ),
      count: 1,
      weight: sure ? 1 : 0.4,
      values: valuesOf(kill),
      refutes: refutesOf(scope),
      ...(sure ? wholeReport(kill) : {}),
    },
  ];
}

/** `order=-1`: the killer was called through SysRq, whatever memory there was. */
function isByHand(kill: OomKill): boolean {
  return kill.ownReport && kill.report?.invoker?.order === -1;
}

function largestTask(kill: OomKill) {
  const tasks = kill.report?.tasks ?? [];
  return tasks.reduce<(typeof tasks)[number] | null>(
    (best, task) => (best && best.rssBytes >= task.rssBytes ? best : task),
    null,
  );
}

function statementOf(kill: OomKill, scope: KillScope): Bilingual {
  const who = processWords(kill);
  const held = residentBytes(kill);
  const size =
    held === null ? { en: '', zh: '' } : { en: `, which held ${bytes(held)},`, zh: `（占用 ${bytes(held)}）` };
  const largest = largestTask(kill);
  const most =
    largest && largest.pid !== kill.pid
      ? {
          en: `; the largest process was ${processWords(largest)} with ${bytes(largest.rssBytes)}`,
          zh: `；占用最多的是 ${processWords(largest)}，${bytes(largest.rssBytes)}`,
        }
      : { en: '', zh: '' };
  if (scope.kind === 'restricted') {
    return {
      en: `The kernel killed ${who}${size.en} because the memory nodes it is bound to (cpuset or memory policy) were used up${most.en}`,
      zh: `内核杀死了 ${who}${size.zh}，因为它绑定的内存节点（cpuset 或内存策略）已用尽${most.zh}`,
    };
  }
  return {
    en: `The kernel killed ${who}${size.en} because the whole host was out of memory, not because of a container's limit${most.en}`,
    zh: `内核杀死了 ${who}${size.zh}，因为整机内存耗尽，而不是某个容器超限${most.zh}`,
  };
}

function valuesOf(kill: OomKill): Record<string, number | string> {
  const held = residentBytes(kill);
  const largest = largestTask(kill);
  const values: Record<string, number | string> = { pid: kill.pid, comm: kill.comm };
  if (held !== null) values.victimBytes = held;
  if (kill.taskMemcg !== null) values.victimGroup = kill.taskMemcg;
  if (kill.oomScoreAdj !== null) values.oomScoreAdj = kill.oomScoreAdj;
  if (kill.report?.ramPages) values.ramBytes = kill.report.ramPages * kill.report.pageBytes;
  if (largest) {
    values.largestProcess = largest.comm;
    values.largestProcessPid = largest.pid;
    values.largestProcessBytes = largest.rssBytes;
  }
  return values;
}

function refutesOf(scope: KillScope): Finding['refutes'] {
  const victim = scope.victimGroup;
  const inContainer = victim !== null && identifyGroup(victim).containerId !== undefined;
  const where = inContainer ? { en: ` of ${shortGroup(victim)}`, zh: `（${shortGroup(victim)}）` } : { en: '', zh: '' };
  const why = {
    en: `the report names no full group: the limit${where.en} was not what was hit`,
    zh: `报告中没有占满的 cgroup：触发的不是容器上限${where.zh}`,
  };
  return [
    { code: 'kernel.memcg_oom', why },
    { code: 'kernel.memcg_ancestor_oom', why },
    { code: 'memory.container_physical_limit', why },
    against(
      'memory.executor_heap_oom',
      'the kernel ended the process, not the JVM for its heap',
      '是内核杀死进程，不是 JVM 堆满',
    ),
  ];
}

/** `Out of memory and no killable processes...`: the host was out of memory although nobody was killed. */
function judgeKillless(facts: HostMemoryFacts): Finding[] {
  return facts.kernelLogs
    .flatMap((log) => log.killless)
    .flatMap((report): Finding[] => {
      if (report.memory !== null || report.group !== null || spuriousSign(report) || !report.invoker) return [];
      const host = report.host ?? facts.host;
      return [
        {
          area: 'memory',
          rule: globalOom.id,
          kind: 'inferred',
          code: 'kernel.global_oom',
          statement: {
            en: `${processWords({ comm: report.invoker.comm, pid: report.invoker.pid ?? 0 })} invoked the kernel's OOM killer for the whole host; the text left names no victim`,
            zh: `${processWords({ comm: report.invoker.comm, pid: report.invoker.pid ?? 0 })} 触发了整机 OOM；留下的文本没有写明被杀的进程`,
          },
          keys: host === null ? {} : { host },
          at: report.at,
          evidence: kernelEvidence(facts, [report.invoker.quote], report.at),
          count: 1,
          weight: 0.5,
          values: { comm: report.invoker.comm, order: report.invoker.order ?? 0 },
        },
      ];
    });
}
