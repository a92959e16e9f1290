import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration } from '../../evidence/spoken-figures.ts';
import type { ApplicationSample, YarnApplication } from '../application-facts.ts';
import type { YarnFacts } from '../facts.ts';
import { type HoldBack, parseHoldBack } from '../queue-diagnostics.ts';
import type { QueueActivation } from '../scheduler-events.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import { applicationKeys, askedApplications, distinctEvidence, yarnFinding } from '../yarn-finding.ts';

/**
 * Applications that were started late: the time from submission to the launch of the ApplicationMaster is long, by itself and
 * as a share of the whole. `elapsedTime` of REST includes it, so a run that only waited looks slow.
 */
export const queueWaitedRule: Rule<YarnFacts> = {
  id: 'yarn/queue-waited',
  area: 'yarn',
  codes: ['scheduling.queue_wait', 'scheduling.queue_blocked'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts) ?? []),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding | null {
  const { startedAt, launchedAt } = application;
  if (startedAt === null || launchedAt === null) return null;
  const waitedMs = launchedAt - startedAt;
  const wholeMs = (application.finishedAt ?? application.sampledAt) - startedAt;
  if (waitedMs < YARN_THRESHOLDS.queueWaitMs || wholeMs <= 0) return null;
  const share = Math.min(1, waitedMs / wholeMs);
  if (share < YARN_THRESHOLDS.queueWaitShare) return null;
  const held = heldBackWhileWaiting(application, launchedAt);
  const activation = activationOf(application.id, facts);
  // A wait at the beginning explains a long run, never a failure later on.
  const failed = /FAILED|KILLED/.test(application.finalStatus);
  const blocked = held !== null && held.reason.kind !== 'queue_max' && held.reason.kind !== 'unknown';
  return yarnFinding({
    rule: queueWaitedRule.id,
    code: blocked ? 'scheduling.queue_blocked' : 'scheduling.queue_wait',
    ...(failed ? {} : { symptom: 'waiting' as const }),
    kind: held === null ? 'inferred' : 'observed',
    weight: failed ? 0.1 * share : share,
    keys: applicationKeys(application),
    at: startedAt,
    until: launchedAt,
    evidence: distinctEvidence([
      application.evidence.times,
      activation?.evidence ?? null,
      held?.sample.evidence ?? null,
    ]),
    values: { waitedMs, wholeMs, ...(held ? { reason: held.reason.kind } : {}) },
    statement: {
      en: `The application waited ${duration(waitedMs).en} in queue ${application.queue} before it was started, of ${duration(wholeMs).en} in all`,
      zh: `应用在队列 ${application.queue} 中等待 ${duration(waitedMs).zh} 才启动，全程共 ${duration(wholeMs).zh}`,
    },
  });
}

/** An earlier answer that shows why it waited. */
function heldBackWhileWaiting(
  application: YarnApplication,
  launchedAt: number,
): { sample: ApplicationSample; reason: HoldBack } | null {
  for (const sample of application.samples) {
    if (sample.at > launchedAt) continue;
    const reason = parseHoldBack(sample.diagnostics);
    if (reason && reason.kind !== 'starting') return { sample, reason };
  }
  return null;
}

function activationOf(applicationId: string, facts: YarnFacts): QueueActivation | undefined {
  const own = facts.activations.filter((activation) => activation.applicationId === applicationId);
  return (
    own.find((activation) => activation.kind === 'held_back') ??
    own.find((activation) => activation.kind === 'activated')
  );
}
