import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, plural } from '../../evidence/spoken-figures.ts';
import type { YarnFacts } from '../facts.ts';
import type { Resources } from '../resources.ts';
import type { Rejection, RejectionReason } from '../scheduler-events.ts';
import { applicationKeys, askedApplications, distinctEvidence, yarnFinding } from '../yarn-finding.ts';

const CODE_OF: Readonly<Record<RejectionReason, CauseCode>> = {
  over_maximum_allocation: 'config.resource_setting',
  queue_access: 'security.permission_denied',
  unknown_queue: 'config.resource_setting',
  queue_stopped: 'scheduling.queue_blocked',
  too_many_applications: 'scheduling.queue_blocked',
};

/**
 * Applications that the ResourceManager refused, and requests that it refused: larger than the largest container, into a queue
 * that is closed to the user, unknown, stopped or full. A refused application often has no entry in REST: where none was found
 * for the question, every refusal in the asked time counts.
 */
export const submissionRejectedRule: Rule<YarnFacts> = {
  id: 'yarn/submission-rejected',
  area: 'yarn',
  codes: ['config.resource_setting', 'security.permission_denied', 'scheduling.queue_blocked'],
  apply: (facts) => [...fromRecords(facts), ...fromDiagnostics(facts)],
};

function fromRecords(facts: YarnFacts): Finding[] {
  // A job that never got an id is asked about by another name: then no application is known either.
  const ids = [...facts.asked, ...(facts.scope.applicationIds ?? [])];
  const asked = new Set(ids.filter((id) => id.startsWith('application_')));
  const mine = facts.rejections.filter((rejection) =>
    asked.size > 0
      ? rejection.applicationId !== null && asked.has(rejection.applicationId)
      : inWindow(rejection, facts),
  );
  const once = new Map(mine.map((rejection) => [`${rejection.applicationId}#${rejection.reason}`, rejection]));
  return [...once.values()].map((rejection) => finding(rejection, asked.size > 0 ? 1 : 0.6, facts));
}

/** A refused application that REST does know carries the refusal in its diagnostics. */
function fromDiagnostics(facts: YarnFacts): Finding[] {
  const said = new Set(facts.rejections.map((rejection) => rejection.applicationId));
  return askedApplications(facts).flatMap((application) => {
    if (said.has(application.id) || !application.refusal || !application.evidence.diagnostics) return [];
    const rejection: Rejection = {
      ...application.refusal,
      applicationId: application.id,
      user: application.refusal.user ?? application.user,
      queue: application.refusal.queue ?? application.queue,
      at: application.finishedAt,
      evidence: application.evidence.diagnostics,
    };
    return [finding(rejection, 1, facts)];
  });
}

function inWindow(rejection: Rejection, facts: YarnFacts): boolean {
  const window = facts.scope.window;
  if (!window || rejection.at === null) return true;
  return rejection.at >= (window.from ?? rejection.at) && rejection.at <= (window.to ?? rejection.at);
}

function finding(rejection: Rejection, weight: number, facts: YarnFacts): Finding {
  const application = facts.applications.find((other) => other.id === rejection.applicationId);
  return yarnFinding({
    rule: submissionRejectedRule.id,
    code: CODE_OF[rejection.reason],
    symptom: 'submission_failed',
    keys: {
      ...(application ? applicationKeys(application) : {}),
      ...(rejection.applicationId ? { applicationId: rejection.applicationId } : {}),
      ...(rejection.queue ? { queue: rejection.queue } : {}),
      ...(rejection.user ? { user: rejection.user } : {}),
    },
    at: rejection.at,
    weight,
    evidence: distinctEvidence([rejection.evidence]),
    values: valuesOf(rejection),
    statement: statementOf(rejection),
    ...completeness(rejection),
    ...(rejection.reason === 'queue_stopped' || rejection.reason === 'too_many_applications'
      ? { responsibility: 'platform' as const }
      : {}),
  });
}

function completeness(rejection: Rejection): Pick<Finding, 'completeStatement'> {
  if (rejection.reason === 'over_maximum_allocation' && rejection.asked && rejection.allowed) {
    return { completeStatement: 'resource_ask_over_maximum' };
  }
  if (rejection.reason === 'queue_access' && rejection.user && rejection.queue) {
    return { completeStatement: 'yarn_queue_acl_refusal' };
  }
  return {};
}

function valuesOf(rejection: Rejection): Record<string, number | string> {
  return {
    reason: rejection.reason,
    ...(rejection.asked ? { requestBytes: rejection.asked.memoryBytes, requestVcores: rejection.asked.vcores } : {}),
    ...(rejection.allowed ? { limitBytes: rejection.allowed.memoryBytes, limitVcores: rejection.allowed.vcores } : {}),
    ...(rejection.limit === null ? {} : { maxApplications: rejection.limit }),
    ...(rejection.queue ? { queue: rejection.queue } : {}),
  };
}

function statementOf(rejection: Rejection): Bilingual {
  const queue = rejection.queue ?? '?';
  const user = rejection.user ?? '?';
  switch (rejection.reason) {
    case 'over_maximum_allocation': {
      const [asked, allowed] = [sizeOf(rejection.asked), sizeOf(rejection.allowed)];
      return {
        en: `The ResourceManager refused a container of ${asked}: the largest it allows is ${allowed}`,
        zh: `ResourceManager 拒绝了 ${asked} 的容器申请：允许的最大值为 ${allowed}`,
      };
    }
    case 'queue_access':
      return { en: `User ${user} may not submit to queue ${queue}`, zh: `用户 ${user} 无权向队列 ${queue} 提交` };
    case 'unknown_queue':
      return {
        en: `Queue ${queue} does not exist or takes no applications`,
        zh: `队列 ${queue} 不存在，或不能直接提交应用`,
      };
    case 'queue_stopped':
      return { en: `Queue ${queue} is stopped and takes no applications`, zh: `队列 ${queue} 已停止，不接受应用` };
    case 'too_many_applications':
      return {
        en: `Queue ${queue} takes no more applications${rejection.limit === null ? '' : `: it already has ${rejection.limit}`}`,
        zh: `队列 ${queue} 不再接受应用${rejection.limit === null ? '' : `：已有 ${rejection.limit} 个`}`,
      };
  }
}

function sizeOf(resources: Resources | null): string {
  if (!resources) return '?';
  if (resources.memoryBytes === 0) return plural(resources.vcores, 'vcore');
  return resources.vcores > 0
    ? `${bytes(resources.memoryBytes)}, ${plural(resources.vcores, 'vcore')}`
    : bytes(resources.memoryBytes);
}
