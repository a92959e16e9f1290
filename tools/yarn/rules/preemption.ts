import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import { applicationEnd, type LossKind, lossWeight } from '../application-end.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { YarnContainerHistory } from '../container-history.ts';
import type { YarnFacts } from '../facts.ts';
import { preemptionTaker, type Taker } from '../preemption-taker.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import {
  applicationKeys,
  askedApplications,
  containerKeys,
  containersOfApplication,
  distinctEvidence,
  yarnFinding,
} from '../yarn-finding.ts';

/** Spark does not count a preempted executor as a failed task. */
const LOSS: LossKind = { named: /preempt/i, countsAsFailure: false };

/**
 * Containers that the scheduler took back (its log's "container preempted", or the counts of REST), for whom, and how much of
 * the application's fate that explains; counts of zero refute it.
 */
export const preemptionRule: Rule<YarnFacts> = {
  id: 'yarn/preemption',
  area: 'yarn',
  codes: ['scheduling.preemption'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts)),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding[] {
  const taken = containersOfApplication(facts, application.id).filter((container) => container.endedBy === 'preempted');
  const counted = (application.preempted?.nonAmContainers ?? 0) + (application.preempted?.amContainers ?? 0);
  if (taken.length > 0) return fromRecords(application, taken, Math.max(counted, taken.length), facts);
  if (counted > 0) return [fromCounts(application, counted, facts)];
  return application.preempted ? [refuted(application)] : [];
}

function fromRecords(
  application: YarnApplication,
  taken: readonly YarnContainerHistory[],
  count: number,
  facts: YarnFacts,
): Finding[] {
  const weight = weightOf(application, taken, facts);
  const harmless = isHarmless(application, taken, facts);
  return taken.slice(0, YARN_THRESHOLDS.maxFindings).map((container) => {
    const taker = preemptionTaker(container, facts);
    const end = container.endedByEvidence;
    return yarnFinding({
      rule: preemptionRule.id,
      code: 'scheduling.preemption',
      symptom: container.isMaster ? 'attempt_failed' : 'container_exited',
      ...(harmless ? { echo: true } : {}),
      keys: { ...applicationKeys(application), ...containerKeys(container) },
      at: container.finishedAt ?? end?.at ?? null,
      weight,
      evidence: distinctEvidence([application.evidence.preempted, taker?.evidence ?? null, end]),
      statement: statementOf(container, application, taker),
      values: {
        preemptedContainers: count,
        ...(container.memoryBytes === null ? {} : { containerBytes: container.memoryBytes }),
        ...(taker ? { takerApplicationId: taker.applicationId, takerQueue: taker.queue } : {}),
      },
    });
  });
}

function statementOf(container: YarnContainerHistory, application: YarnApplication, taker: Taker | null) {
  const from = application.queue;
  const role = container.executorId
    ? `executor ${container.executorId} (${container.containerId})`
    : container.containerId;
  const host = container.host ? ` on ${container.host}` : '';
  const forWhom = taker ? ` for ${taker.name} of queue ${taker.queue}` : '';
  const forWhomZh = taker ? `，资源给了队列 ${taker.queue} 的 ${taker.name}` : '';
  return {
    en: `The scheduler preempted ${role}${host} of queue ${from}${forWhom}`,
    zh: `调度器抢占了队列 ${from} 的容器 ${role}${container.host ? `（${container.host}）` : ''}${forWhomZh}`,
  };
}

function fromCounts(application: YarnApplication, counted: number, facts: YarnFacts): Finding {
  const master = (application.preempted?.amContainers ?? 0) > 0;
  const end = applicationEnd(application, facts);
  const others = containersOfApplication(facts, application.id).filter((container) => !container.isMaster).length;
  const share = Math.min(1, counted / Math.max(others, counted + 1));
  return yarnFinding({
    rule: preemptionRule.id,
    code: 'scheduling.preemption',
    keys: applicationKeys(application),
    at: null,
    weight: master ? 0.8 : end.kind === 'succeeded' || end.kind === 'running' ? share : 0.15,
    evidence: distinctEvidence([application.evidence.preempted ?? application.evidence.state]),
    values: { preemptedContainers: counted, preemptedBytes: application.preempted?.memoryBytes ?? 0 },
    statement: {
      en: `The ResourceManager counts ${plural(counted, 'preempted container')} of this application`,
      zh: `ResourceManager 统计该应用有 ${counted} 个容器被抢占`,
    },
  });
}

/** A container taken before an end that something else made explains that end little (YARN gives another one later). */
function weightOf(application: YarnApplication, taken: readonly YarnContainerHistory[], facts: YarnFacts): number {
  const weight = lossWeight(application, facts, taken, LOSS);
  const end = applicationEnd(application, facts);
  const atEnd = taken.some((container) => container.containerId === end.master?.containerId);
  return end.kind === 'succeeded' || end.kind === 'running' || atEnd ? weight : Math.min(weight, 0.3);
}

/** Shown not to be the end: the platform ended the master itself, for another reason. */
function isHarmless(application: YarnApplication, taken: readonly YarnContainerHistory[], facts: YarnFacts): boolean {
  const end = applicationEnd(application, facts);
  if (end.kind !== 'master' || !end.master) return false;
  return !taken.some((container) => container.containerId === end.master?.containerId);
}

function refuted(application: YarnApplication): Finding {
  return yarnFinding({
    rule: preemptionRule.id,
    echo: true,
    weight: 0,
    keys: applicationKeys(application),
    at: null,
    evidence: distinctEvidence([application.evidence.preempted ?? application.evidence.state]),
    values: { preemptedContainers: 0 },
    statement: {
      en: 'The ResourceManager counts no preempted container of this application',
      zh: 'ResourceManager 统计该应用没有容器被抢占',
    },
    refutes: [
      {
        code: 'scheduling.preemption',
        why: {
          en: "the ResourceManager's counts of preempted containers are 0 for this application",
          zh: 'ResourceManager 对该应用的被抢占容器计数为 0',
        },
      },
    ],
  });
}
