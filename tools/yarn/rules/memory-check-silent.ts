import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { failedContainers } from '../application-end.ts';
import type { YarnContainerHistory } from '../container-history.ts';
import { signalOf } from '../exit-status.ts';
import type { YarnFacts } from '../facts.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import { askedApplications, containerKeys, containerName, distinctEvidence, yarnFinding } from '../yarn-finding.ts';

/**
 * Containers that ended by a signal without the NodeManager's memory check having said a word, although it was on and its log covers
 * their end: that check did not kill them. Silence means nothing where cgroup limits enforce (then the check never kills, and
 * Hadoop 3.3 enforces by default: reference real-servers.md), so strict control must be known to be off.
 */
export const memoryCheckSilentRule: Rule<YarnFacts> = {
  id: 'yarn/memory-check-silent',
  area: 'yarn',
  codes: [],
  apply: (facts) =>
    askedApplications(facts).flatMap(({ id }) =>
      failedContainers(facts, id)
        .filter((container) => isSilent(container, facts))
        .slice(0, YARN_THRESHOLDS.maxFindings)
        .map((container) => finding(container, facts)),
    ),
};

function isSilent(container: YarnContainerHistory, facts: YarnFacts): boolean {
  const signal = container.exitCode === null ? null : signalOf(container.exitCode);
  if (container.endedBy !== 'itself' || signal === null || !container.endCovered || container.breach) return false;
  return checkIsLive(container, facts);
}

/** The check is on and can kill: strict control is said to be off, or the check has killed somebody in this very cluster. */
function checkIsLive(container: YarnContainerHistory, facts: YarnFacts): boolean {
  const checks = facts.nodes.find((node) => node.host === container.host)?.checks;
  if (checks?.physical !== true || checks.strict === true) return false;
  return checks.strict === false || facts.containers.some((other) => other.breach?.kind === 'physical');
}

function finding(container: YarnContainerHistory, facts: YarnFacts): Finding {
  const checks = facts.nodes.find((node) => node.host === container.host)?.checks;
  const name = containerName(container);
  return yarnFinding({
    rule: memoryCheckSilentRule.id,
    echo: true,
    weight: 0,
    keys: containerKeys(container),
    at: container.finishedAt,
    evidence: distinctEvidence([container.exitEvidence, ...(checks?.evidence ?? [])]),
    statement: {
      en: `The NodeManager's memory check was on and did not end ${name.en}`,
      zh: `NodeManager 的内存检查已开启，但不是它结束了${name.zh}`,
    },
    refutes: [
      {
        code: 'memory.container_physical_limit',
        why: {
          en: "the NodeManager's log covers the container's end and holds no line of its memory check",
          zh: 'NodeManager 日志覆盖了该容器的结束时刻，其中没有内存检查的记录',
        },
      },
    ],
  });
}
