import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { OomKill, OomTask } from '../../host/kernel-facts.ts';
import { scopeOf } from '../kill-scope.ts';
import { killsOf, residentBytes } from '../kills.ts';
import { kernelEvidence, killKeys, processWords } from '../memory-finding.ts';

/**
 * Python processes took the memory of a container that the kernel's killer then hit: the victim itself is one, or they held
 * more than the JVM beside them. The kernel's report is the cause's proof; this names whose memory it was.
 */
export const pythonInGroup: Rule<HostMemoryFacts> = {
  id: 'memory/python-in-group',
  area: 'memory',
  codes: ['memory.python_worker'],
  apply(facts) {
    return killsOf(facts).flatMap((kill): Finding[] => {
      const scope = scopeOf(kill, facts);
      if (scope.kind !== 'own') return [];
      const tasks = kill.report?.tasks ?? [];
      const python = tasks.filter(isPython);
      const pythonBytes = Math.max(sum(python), isPython(kill) ? (residentBytes(kill) ?? 0) : 0);
      const javaBytes = sum(tasks.filter((task) => task.comm === 'java'));
      const victimIsPython = isPython(kill);
      if (!victimIsPython && (python.length === 0 || pythonBytes <= javaBytes)) return [];
      return [toFinding(facts, kill, scope.victimGroup, { python, pythonBytes, javaBytes, victimIsPython })];
    });
  },
};

interface Shares {
  python: OomTask[];
  pythonBytes: number;
  javaBytes: number;
  victimIsPython: boolean;
}

function isPython(process: { comm: string }): boolean {
  return /^(?:python|pypy)[\d.]{0,8}$|^pyspark/i.test(process.comm);
}

function sum(tasks: readonly OomTask[]): number {
  return tasks.reduce((total, task) => total + task.rssBytes, 0);
}

function toFinding(facts: HostMemoryFacts, kill: OomKill, group: string | null, shares: Shares): Finding {
  const { python, pythonBytes, javaBytes, victimIsPython } = shares;
  const held = bytes(pythonBytes);
  const beside =
    javaBytes > 0
      ? { en: `, the JVM beside it ${bytes(javaBytes)}`, zh: `，旁边的 JVM 占用 ${bytes(javaBytes)}` }
      : { en: '', zh: '' };
  const count = Math.max(1, python.length);
  return {
    area: 'memory',
    rule: pythonInGroup.id,
    kind: 'inferred',
    code: 'memory.python_worker',
    statement: victimIsPython
      ? {
          en: `The process killed is a Python worker, ${processWords(kill)}: ${count} Python process(es) of the container held ${held}${beside.en}`,
          zh: `被杀的是 Python worker ${processWords(kill)}：容器内 ${count} 个 Python 进程占用 ${held}${beside.zh}`,
        }
      : {
          en: `The victim is ${processWords(kill)}, but ${count} Python process(es) of the container held more, ${held}${beside.en}`,
          zh: `被杀的是 ${processWords(kill)}，但容器内 ${count} 个 Python 进程占用更多，为 ${held}${beside.zh}`,
        },
    keys: killKeys(facts, kill, group),
    at: kill.at,
    evidence: kernelEvidence(
      facts,
      [
        ...python
          .toSorted((a, b) => b.rssBytes - a.rssBytes)
          .slice(0, 3)
          .map((task) => task.quote),
        kill.quotes.killed,
      ],
      kill.at,
    ),
    count: 1,
    weight: victimIsPython ? 0.6 : 0.5,
    values: { pid: kill.pid, pythonBytes, pythonProcesses: count, ...(javaBytes > 0 ? { javaBytes } : {}) },
  };
}
