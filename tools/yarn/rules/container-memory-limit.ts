import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { type LossKind, lossWeight } from '../application-end.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { LimitBreach, YarnContainerHistory } from '../container-history.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import type { YarnFacts } from '../facts.ts';
import { isJava, isPython } from '../parse-process-tree.ts';
import { parseMaxHeap } from '../parse-yarn-sizes.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import {
  askedApplications,
  capital,
  containerKeys,
  containerName,
  containersOfApplication,
  distinctEvidence,
  yarnFinding,
} from '../yarn-finding.ts';

/** The driver's or application's words that repeat a memory kill of YARN (Spark 1.x to 4.x). */
const LOSS: LossKind = {
  named: /exceeding (?:physical |virtual )?memory limits|beyond (?:the )?'?(?:physical|virtual)'? memory limit/i,
  countsAsFailure: true,
};

/**
 * Containers that the NodeManager's own memory check killed: its sentence with both amounts, or exit status -104 or -103. One
 * finding for each container, so that each joins with its executor.
 */
export const containerMemoryLimitRule: Rule<YarnFacts> = {
  id: 'yarn/container-memory-limit',
  area: 'yarn',
  codes: ['memory.container_physical_limit', 'memory.virtual_limit'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts)),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding[] {
  const killed = containersOfApplication(facts, application.id).filter(
    (container) => container.endedBy === 'memory_check' || container.endedBy === 'virtual_memory_check',
  );
  const findings = killed.slice(0, YARN_THRESHOLDS.maxFindings).map((container) => {
    const kind = container.endedBy === 'virtual_memory_check' ? 'virtual' : 'physical';
    const same = killed.filter((other) => other.endedBy === container.endedBy);
    const weight = lossWeight(application, facts, same, LOSS);
    return finding(container, kind, same.length, weight);
  });
  return findings;
}

function finding(
  container: YarnContainerHistory,
  kind: 'physical' | 'virtual',
  together: number,
  weight: number,
): Finding {
  const { breach } = container;
  return yarnFinding({
    rule: containerMemoryLimitRule.id,
    code: kind === 'virtual' ? 'memory.virtual_limit' : 'memory.container_physical_limit',
    symptom: container.isMaster ? 'attempt_failed' : 'container_exited',
    keys: containerKeys(container),
    at: breach?.at ?? container.finishedAt,
    weight,
    evidence: distinctEvidence([breach?.evidence ?? container.exitEvidence, container.exitEvidence]),
    statement: statementOf(container, kind),
    values: { killedContainers: together, ...(breach ? breachValues(container, breach) : {}) },
    ...(breach ? { completeStatement: 'node_manager_beyond_limit' } : {}),
  });
}

function statementOf(container: YarnContainerHistory, kind: 'physical' | 'virtual'): Bilingual {
  const name = containerName(container);
  const word = kind === 'virtual' ? { en: 'virtual', zh: '虚拟' } : { en: 'physical', zh: '物理' };
  if (!container.breach) {
    const status = kind === 'virtual' ? EXIT_STATUS.virtualMemory : EXIT_STATUS.physicalMemory;
    return {
      en: `YARN ended ${name.en} with exit status ${status}: over its ${word.en}-memory limit`,
      zh: `YARN 以退出状态 ${status} 结束了${name.zh}：超出${word.zh}内存上限`,
    };
  }
  const { usedBytes, limitBytes } = container.breach;
  return {
    en: `${capital(name.en)} used ${bytes(usedBytes)} of its ${bytes(limitBytes)} ${word.en}-memory limit, and the NodeManager killed it`,
    zh: `${name.zh}使用了 ${bytes(usedBytes)}，超过 ${bytes(limitBytes)} 的${word.zh}内存上限，被 NodeManager 杀死`,
  };
}

/** Sizes for the remedy: the whole tree, its Java part, its Python part, and the heap that Java was allowed. */
function breachValues(container: YarnContainerHistory, breach: LimitBreach): Record<string, number | string> {
  const javaRows = breach.processes.filter(isJava);
  const sum = (rows: LimitBreach['processes']) => rows.reduce((total, row) => total + row.rssBytes, 0);
  const heaps = javaRows.flatMap((row) => parseMaxHeap(row.command) ?? []);
  const heapBytes = heaps.length > 0 ? Math.max(...heaps) : null;
  return {
    role: container.role,
    usedBytes: breach.usedBytes,
    limitBytes: breach.limitBytes,
    ...(breach.overBytes === null ? {} : { overBytes: breach.overBytes }),
    ...(breach.processes.length > 0
      ? { javaBytes: sum(javaRows), pythonBytes: sum(breach.processes.filter(isPython)) }
      : {}),
    ...(heapBytes === null
      ? {}
      : { maxHeapBytes: heapBytes, besideHeapBytes: Math.max(0, breach.physicalUsedBytes - heapBytes) }),
  };
}
