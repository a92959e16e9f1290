import type { Evidence } from '../evidence/evidence.ts';
import type { YarnContainerHistory } from './container-history.ts';
import type { YarnFacts } from './facts.ts';
import type { Allocation } from './scheduler-events.ts';
import { YARN_THRESHOLDS } from './thresholds.ts';
import { containersOfApplication } from './yarn-finding.ts';

/** For whom a container was taken. */
export interface Taker {
  applicationId: string;
  name: string;
  queue: string;
  evidence: Evidence;
}

/**
 * For whom the scheduler preempted a container: the first other application that was given or promised a container right after
 * (on that very node where it is known), else the last one of another queue that came to the scheduler before. YARN itself never names it.
 */
export function preemptionTaker(container: YarnContainerHistory, facts: YarnFacts): Taker | null {
  const at = container.finishedAt;
  if (at === null) return null;
  const given = facts.allocations
    .filter((other) => other.kind !== 'released' && other.applicationId !== container.applicationId)
    .filter((other) => within(other.at, at, at + YARN_THRESHOLDS.takenWithinMs))
    .filter((other) => queueOf(other.applicationId, facts) !== queueOf(container.applicationId, facts));
  const here = given.find((other) => container.host !== null && hostOf(other, facts) === container.host);
  const chosen = here ?? given[0];
  if (chosen) return taker(chosen.applicationId, chosen.evidence, facts);
  const asked = facts.submissions
    .filter((other) => other.applicationId !== container.applicationId)
    .filter((other) => within(other.at, at - YARN_THRESHOLDS.askedWithinMs, at))
    .filter((other) => queueOf(other.applicationId, facts) !== queueOf(container.applicationId, facts))
    .at(-1);
  return asked ? taker(asked.applicationId, asked.evidence, facts) : null;
}

function hostOf(allocation: Allocation, facts: YarnFacts): string | null {
  const own = containersOfApplication(facts, allocation.applicationId);
  return own.find((container) => container.containerId === allocation.containerId)?.host ?? null;
}

function within(at: number | null, from: number, to: number): boolean {
  return at !== null && at >= from && at <= to;
}

function queueOf(applicationId: string, facts: YarnFacts): string {
  const known = facts.applications.find((application) => application.id === applicationId)?.queue;
  const said = known || facts.submissions.find((other) => other.applicationId === applicationId)?.queue;
  return said?.split('.').at(-1) ?? '';
}

function taker(applicationId: string, evidence: Evidence, facts: YarnFacts): Taker {
  const application = facts.applications.find((other) => other.id === applicationId);
  return { applicationId, name: application?.name || applicationId, queue: queueOf(applicationId, facts), evidence };
}
