import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { type LossKind, lossWeight } from '../application-end.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { YarnContainerHistory } from '../container-history.ts';
import type { YarnFacts } from '../facts.ts';
import type { Eviction } from '../scheduler-events.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import {
  askedApplications,
  capital,
  containerKeys,
  containerName,
  distinctEvidence,
  yarnFinding,
} from '../yarn-finding.ts';

/** A SIGKILL: Spark counts it as a failure of the tasks that ran there. */
const LOSS: LossKind = { named: /evict|elastic|OOM handler|exit (?:code|status):? 137/i, countsAsFailure: true };

/**
 * Containers that a component of the node took because the node's containers together ran full: the elastic cgroup handler of
 * Hadoop 3, or an over-commit component. One that was over its own request is charged to itself, not to the node.
 */
export const overcommitEvictionRule: Rule<YarnFacts> = {
  id: 'yarn/overcommit-eviction',
  area: 'yarn',
  codes: ['scheduling.overcommit_eviction', 'memory.container_physical_limit'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts)),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding[] {
  const own = facts.containers.filter((container) => container.applicationId === application.id);
  const taken = facts.evictions.flatMap((eviction) => {
    const container = own.find((other) => other.containerId === eviction.containerId);
    return container ? [{ eviction, container }] : [];
  });
  const weight = lossWeight(
    application,
    facts,
    taken.map(({ container }) => container),
    LOSS,
  );
  return taken
    .slice(0, YARN_THRESHOLDS.maxFindings)
    .map(({ eviction, container }) => finding(eviction, container, weight));
}

function finding(eviction: Eviction, container: YarnContainerHistory, weight: number): Finding {
  const own = ownFault(eviction);
  const name = containerName(container);
  const sizes =
    eviction.usedBytes !== null && eviction.requestedBytes !== null
      ? {
          en: `, using ${bytes(eviction.usedBytes)} of ${bytes(eviction.requestedBytes)} asked for`,
          zh: `，使用 ${bytes(eviction.usedBytes)}，申请 ${bytes(eviction.requestedBytes)}`,
        }
      : { en: '', zh: '' };
  const by =
    eviction.kind === 'elastic_handler'
      ? { en: 'elastic OOM handler', zh: '弹性 OOM 处理器' }
      : { en: 'over-commit component', zh: '超卖组件' };
  return yarnFinding({
    rule: overcommitEvictionRule.id,
    code: own ? 'memory.container_physical_limit' : 'scheduling.overcommit_eviction',
    symptom: 'process_killed',
    keys: containerKeys(container),
    at: eviction.at,
    weight,
    evidence: distinctEvidence([eviction.evidence, container.exitEvidence]),
    values: {
      ...(eviction.usedBytes === null ? {} : { usedBytes: eviction.usedBytes }),
      ...(eviction.requestedBytes === null ? {} : { limitBytes: eviction.requestedBytes }),
    },
    statement: {
      en: `The node's ${by.en} killed ${capital(name.en).replace(/^The /, 'the ')}${sizes.en}, when the node's containers together ran full`,
      zh: `节点上容器总用量已满，${by.zh}杀死了${name.zh}${sizes.zh}`,
    },
  });
}

function ownFault(eviction: Eviction): boolean {
  return (
    eviction.usedBytes !== null && eviction.requestedBytes !== null && eviction.usedBytes > eviction.requestedBytes
  );
}
