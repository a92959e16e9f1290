import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration } from '../../evidence/spoken-figures.ts';
import type { ApplicationSample, YarnApplication } from '../application-facts.ts';
import type { YarnFacts } from '../facts.ts';
import { type HoldBack, parseHoldBack } from '../queue-diagnostics.ts';
import { isFull } from '../queue-verdict.ts';
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
  const kept = held === null ? stoodThen(application, { from: startedAt, to: launchedAt }, facts) : null;
  const blocked =
    kept?.why === 'am_share' || (held !== null && held.reason.kind !== 'queue_max' && held.reason.kind !== 'unknown');
  return yarnFinding({
    rule: queueWaitedRule.id,
    code: blocked ? 'scheduling.queue_blocked' : 'scheduling.queue_wait',
    ...(failed ? {} : { symptom: 'waiting' as const }),
    kind: held === null && kept === null ? 'inferred' : 'observed',
    weight: failed ? 0.1 * share : share,
    keys: applicationKeys(application),
    at: startedAt,
    until: launchedAt,
    evidence: distinctEvidence([
      application.evidence.times,
      activation?.evidence ?? null,
      held?.sample.evidence ?? null,
      ...(kept?.evidence ?? []),
    ]),
    values: { waitedMs, wholeMs, ...(held ? { reason: held.reason.kind } : {}), ...(kept ? { reason: kept.why } : {}) },
    statement: {
      en: `The application waited ${duration(waitedMs).en} in queue ${application.queue} before it was started, of ${duration(wholeMs).en} in all${kept?.told.en ?? ''}`,
      zh: `应用在队列 ${application.queue} 中等待 ${duration(waitedMs).zh} 才启动，全程共 ${duration(wholeMs).zh}${kept?.told.zh ?? ''}`,
    },
  });
}

/** How its queue stood in most of the samples kept of that time: full, or its share for masters used up. */
function stoodThen(
  { queue }: YarnApplication,
  { from, to }: { from: number; to: number },
  { queueHistory }: YarnFacts,
): { why: 'queue_full' | 'am_share'; evidence: Evidence[]; told: Bilingual } | null {
  const name = queue.split('.').at(-1);
  const samples = queueHistory.flatMap((queues) => {
    const own = queues.find(({ path }) => path === queue) ?? queues.find((one) => one.name === name);
    return own && own.sampledAt >= from && own.sampledAt <= to ? [own] : [];
  });
  const full = samples.filter(isFull);
  const masters = samples.filter(
    ({ amUsed, amLimit }) => amUsed && amLimit && amUsed.memoryBytes >= amLimit.memoryBytes,
  );
  const [why, most] =
    full.length >= masters.length ? (['queue_full', full] as const) : (['am_share', masters] as const);
  if (most.length < YARN_THRESHOLDS.leastSamples || most.length < samples.length * YARN_THRESHOLDS.mostSamples)
    return null;
  const ends = [most[0], most.at(-1)].flatMap((one) => {
    const evidence = why === 'am_share' ? (one?.amEvidence ?? one?.evidence) : one?.evidence;
    return evidence ? [evidence] : [];
  });
  const of = `${most.length}/${samples.length}`;
  return {
    why,
    evidence: ends,
    told:
      why === 'queue_full'
        ? { en: `; the queue was full then (${of} samples)`, zh: `；当时队列已满（样本 ${of}）` }
        : {
            en: `; the queue's share for ApplicationMasters was used up then (${of} samples)`,
            zh: `；当时队列的 ApplicationMaster 份额已用完（样本 ${of}）`,
          },
  };
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
