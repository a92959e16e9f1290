import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration } from '../../evidence/spoken-figures.ts';
import type { YarnApplication, YarnAttempt } from '../application-facts.ts';
import type { YarnContainerHistory } from '../container-history.ts';
import { exitMeaning } from '../exit-status.ts';
import type { YarnFacts } from '../facts.ts';
import { applicationKeys, askedApplications, distinctEvidence, yarnFinding } from '../yarn-finding.ts';

/**
 * Attempts that ended badly: the ApplicationMaster's container ended with a status, or the master was not heard of in time.
 * The second is a late heartbeat when the NodeManager shows the container alive at that time.
 */
export const attemptFailedRule: Rule<YarnFacts> = {
  id: 'yarn/attempt-failed',
  area: 'yarn',
  codes: ['network.heartbeat_timeout'],
  apply: (facts) =>
    askedApplications(facts).flatMap((application) =>
      application.attempts.flatMap((attempt) => judge(application, attempt, facts) ?? []),
    ),
};

function judge(application: YarnApplication, attempt: YarnAttempt, facts: YarnFacts): Finding | null {
  const master = facts.containers.find(
    (container) =>
      container.applicationId === application.id && container.attempt === attempt.number && container.isMaster,
  );
  if (attempt.expired) return expired(application, attempt, attempt.expired, master);
  const status = attempt.exitStatus ?? master?.exitStatus ?? null;
  if (status === null || status === 0) return null;
  const meaning = exitMeaning(status);
  return yarnFinding({
    rule: attemptFailedRule.id,
    symptom: 'attempt_failed',
    keys: keysOf(application, attempt, master),
    at: attempt.finishedAt ?? master?.finishedAt ?? null,
    evidence: distinctEvidence([
      ...attempt.evidence.slice(-1),
      application.evidence.diagnostics,
      master?.exitEvidence ?? null,
    ]),
    values: { exitStatus: status, attempt: attempt.number },
    statement: {
      en: `Attempt ${attempt.number} failed: its ApplicationMaster's container ended with ${status}${meaning ? ` (${meaning.en})` : ''}`,
      zh: `第 ${attempt.number} 次尝试失败：ApplicationMaster 容器以 ${status} 退出${meaning ? `（${meaning.zh}）` : ''}`,
    },
  });
}

function expired(
  application: YarnApplication,
  attempt: YarnAttempt,
  expiry: NonNullable<YarnAttempt['expired']>,
  master: YarnContainerHistory | undefined,
): Finding {
  const span = duration(expiry.timeoutMs);
  const alive = wasAlive(master, expiry.at);
  const never = expiry.registered
    ? { en: 'stopped reporting', zh: '停止上报' }
    : { en: 'did not register', zh: '未完成注册' };
  return yarnFinding({
    rule: attemptFailedRule.id,
    symptom: 'attempt_failed',
    code: 'network.heartbeat_timeout',
    kind: alive ? 'observed' : 'inferred',
    weight: alive ? 0.8 : 0.4,
    keys: keysOf(application, attempt, master),
    at: expiry.at,
    evidence: distinctEvidence([master?.exitEvidence ?? master?.endedByEvidence ?? null, expiry.evidence]),
    values: { timeoutMs: expiry.timeoutMs, attempt: attempt.number },
    statement: {
      en: `Attempt ${attempt.number}: the ApplicationMaster ${never.en} within ${span.en}${alive ? ', though its container was running' : ''}`,
      zh: `第 ${attempt.number} 次尝试：ApplicationMaster 在 ${span.zh}内${never.zh}${alive ? '，而其容器仍在运行' : ''}`,
    },
  });
}

function wasAlive(master: YarnContainerHistory | undefined, at: number | null): boolean {
  if (!master || at === null || master.startedAt === null) return false;
  return master.startedAt < at && master.finishedAt !== null && master.finishedAt >= at - 1000;
}

function keysOf(application: YarnApplication, attempt: YarnAttempt, master: YarnContainerHistory | undefined) {
  const containerId = master?.containerId ?? attempt.amContainerId;
  const host = master?.host ?? attempt.host;
  return {
    ...applicationKeys(application),
    applicationAttempt: attempt.number,
    ...(containerId ? { containerId } : {}),
    ...(host ? { host } : {}),
  };
}
