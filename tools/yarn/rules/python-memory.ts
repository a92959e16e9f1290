import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { type LossKind, lossWeight } from '../application-end.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { LimitBreach, YarnContainerHistory } from '../container-history.ts';
import type { YarnFacts } from '../facts.ts';
import { isJava, isPython } from '../parse-process-tree.ts';
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

const LOSS: LossKind = {
  named: /exceeding (?:physical )?memory limits|beyond (?:the )?'?physical'? memory limit/i,
  countsAsFailure: true,
};

/**
 * Containers over their physical limit in which Python holds the memory: the process tree's Python rows have a large share,
 * and without them the container would have been within its limit. An ordinary pair of idle workers is not enough.
 */
export const pythonMemoryRule: Rule<YarnFacts> = {
  id: 'yarn/python-memory',
  area: 'yarn',
  codes: ['memory.python_worker'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts)),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding[] {
  const held = containersOfApplication(facts, application.id).filter(
    (container) => container.breach?.kind === 'physical' && pythonDecides(container.breach),
  );
  const weight = lossWeight(application, facts, held, LOSS);
  return held.slice(0, YARN_THRESHOLDS.maxFindings).flatMap((container) => finding(container, weight) ?? []);
}

function pythonDecides(breach: LimitBreach): boolean {
  const python = bytesOf(breach, isPython);
  const share = python / Math.max(1, breach.physicalUsedBytes);
  return share >= YARN_THRESHOLDS.pythonShare && breach.physicalUsedBytes - python <= breach.physicalLimitBytes;
}

function bytesOf(breach: LimitBreach, is: (row: LimitBreach['processes'][number]) => boolean): number {
  return breach.processes.filter(is).reduce((sum, row) => sum + row.rssBytes, 0);
}

function finding(container: YarnContainerHistory, weight: number): Finding | null {
  const { breach } = container;
  if (!breach) return null;
  const python = bytesOf(breach, isPython);
  const java = bytesOf(breach, isJava);
  const workers = breach.processes.filter(isPython).length;
  const name = containerName(container);
  const holds = python / Math.max(1, breach.physicalUsedBytes) >= YARN_THRESHOLDS.pythonHolds;
  return yarnFinding({
    rule: pythonMemoryRule.id,
    code: 'memory.python_worker',
    kind: holds ? 'observed' : 'inferred',
    keys: containerKeys(container),
    at: breach.at,
    weight,
    evidence: distinctEvidence([breach.evidence, breach.pythonEvidence]),
    values: {
      pythonBytes: python,
      javaBytes: java,
      workers,
      usedBytes: breach.physicalUsedBytes,
      limitBytes: breach.physicalLimitBytes,
    },
    statement: {
      en: `${capital(name.en)}: ${workers} Python processes held ${bytes(python)} of the ${bytes(breach.physicalUsedBytes)}, Java ${bytes(java)}`,
      zh: `${name.zh}：${bytes(breach.physicalUsedBytes)} 中有 ${bytes(python)} 由 ${workers} 个 Python 进程占用，Java 占 ${bytes(java)}`,
    },
  });
}
