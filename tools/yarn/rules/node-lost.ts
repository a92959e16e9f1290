import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import { applicationEnd, type LossKind, lossWeight } from '../application-end.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { YarnContainerHistory } from '../container-history.ts';
import type { YarnFacts } from '../facts.ts';
import type { NodeChange, YarnNode } from '../node-facts.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import {
  applicationKeys,
  askedApplications,
  containersOfApplication,
  distinctEvidence,
  yarnFinding,
} from '../yarn-finding.ts';

const GONE = /^(?:LOST|DECOMMISSIONED|REBOOTED|SHUTDOWN)$/;
/** The driver's words for a container that went with its node; Spark does not count it as a failed task. */
const LOSS: LossKind = { named: /\*lost\* node|lost node|Exit status: -100|decommission/i, countsAsFailure: false };

/** A node's end during the run: the report of a change, or only the state at the time of the answer. */
interface Loss {
  host: string;
  state: string;
  at: number | null;
  change: NodeChange | null;
  node: YarnNode;
}

/**
 * Nodes that were lost, removed or decommissioned while the application ran, and what of it was there. The loudest event is
 * often harmless: a node that held none of its containers is said to be so, and refutes the loss as a cause.
 */
export const nodeLostRule: Rule<YarnFacts> = {
  id: 'yarn/node-lost',
  area: 'yarn',
  codes: ['scheduling.spot_node_lost'],
  apply: (facts) =>
    askedApplications(facts).flatMap((application) =>
      lossesOf(facts)
        .filter((loss) => concerns(application, loss))
        .flatMap((loss) => judge(application, loss, facts) ?? []),
    ),
};

function lossesOf(facts: YarnFacts): Loss[] {
  return facts.nodes.flatMap((node): Loss[] => {
    const changes = node.changes.filter((change) => GONE.test(change.to));
    if (changes.length > 0) {
      return changes.map((change) => ({ host: node.host, state: change.to, at: change.at, change, node }));
    }
    return GONE.test(node.state) ? [{ host: node.host, state: node.state, at: null, change: null, node }] : [];
  });
}

/** During the run, with the delay in which a lost node is noticed (10 minutes by default). */
function concerns(application: YarnApplication, loss: Loss): boolean {
  if (loss.at === null || application.startedAt === null) return true;
  const until = (application.finishedAt ?? Number.POSITIVE_INFINITY) + YARN_THRESHOLDS.diskAroundMs;
  return loss.at >= application.startedAt - YARN_THRESHOLDS.sameEventMs && loss.at <= until;
}

function judge(application: YarnApplication, loss: Loss, facts: YarnFacts): Finding | null {
  const own = containersOfApplication(facts, application.id);
  const there = own.filter((container) => container.host === loss.host && ranAt(container, loss.at));
  const lost = there.filter((container) => container.endedBy === 'node_lost' || stillOpen(container));
  if (lost.length > 0) return harm(application, loss, lost, facts);
  return there.length === 0 && own.length > 0 ? harmless(application, loss) : null;
}

function ranAt(container: YarnContainerHistory, at: number | null): boolean {
  if (at === null) return container.endedBy === 'node_lost';
  const ended = container.finishedAt ?? Number.POSITIVE_INFINITY;
  // The node may have been gone for the whole expiry time before the ResourceManager noticed.
  return (container.startedAt ?? 0) <= at && ended >= at - YARN_THRESHOLDS.diskAroundMs;
}

/** Its node's log stops with it running: nothing else tells of its end. */
function stillOpen(container: YarnContainerHistory): boolean {
  return container.finishedAt === null && !container.endCovered && container.endedBy === 'unknown';
}

function harm(
  application: YarnApplication,
  loss: Loss,
  lost: readonly YarnContainerHistory[],
  facts: YarnFacts,
): Finding {
  const weight = lossWeight(application, facts, lost, LOSS);
  const end = applicationEnd(application, facts);
  const recovered = end.kind === 'succeeded';
  const only = lost.length === 1 ? lost[0] : undefined;
  const word = stateWord(loss.state);
  return yarnFinding({
    rule: nodeLostRule.id,
    code: 'scheduling.spot_node_lost',
    symptom: 'node_lost',
    kind: lost.some((container) => container.endedBy === 'node_lost') ? 'observed' : 'inferred',
    keys: { ...applicationKeys(application), host: loss.host, ...(only ? { containerId: only.containerId } : {}) },
    at: loss.at,
    weight: recovered ? Math.min(weight, 0.6) : weight,
    count: lost.length,
    evidence: distinctEvidence([
      ...lost.slice(0, 3).map((container) => container.exitEvidence ?? container.endedByEvidence),
      loss.change?.evidence ?? loss.node.evidence,
    ]),
    values: { lostContainers: lost.length, nodeState: loss.state },
    statement: {
      en: `Node ${loss.host} was ${word.en}, and ${plural(lost.length, 'container')} of the application with it`,
      zh: `节点 ${loss.host} ${word.zh}，该应用有 ${lost.length} 个容器随之丢失`,
    },
  });
}

function harmless(application: YarnApplication, loss: Loss): Finding {
  const word = stateWord(loss.state);
  return yarnFinding({
    rule: nodeLostRule.id,
    echo: true,
    weight: 0,
    keys: { ...applicationKeys(application), host: loss.host },
    at: loss.at,
    evidence: distinctEvidence([loss.change?.evidence ?? loss.node.evidence]),
    values: { lostContainers: 0, nodeState: loss.state },
    statement: {
      en: `Node ${loss.host} was ${word.en}, but no container of the application ran there at that time`,
      zh: `节点 ${loss.host} ${word.zh}，但当时该应用没有容器运行在上面`,
    },
    refutes: [
      {
        code: 'scheduling.spot_node_lost',
        why: {
          en: `no container of the application was on ${loss.host} when it went`,
          zh: `${loss.host} 丢失时上面没有该应用的容器`,
        },
      },
    ],
  });
}

function stateWord(state: string): Bilingual {
  if (state === 'DECOMMISSIONED') return { en: 'decommissioned', zh: '已下线' };
  if (state === 'REBOOTED') return { en: 'restarted', zh: '重启' };
  return state === 'SHUTDOWN' ? { en: 'shut down', zh: '关闭' } : { en: 'lost', zh: '丢失' };
}
