import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { isInTime, type KubernetesCase, kubernetesFinding, podsInScope, timed } from '../kubernetes-case.ts';
import { KUBERNETES_THRESHOLDS } from '../thresholds.ts';

/** `ResourceQuota` admission (1.1x to 1.3x): the pod never came to be, so only its owner's event tells. */
const EXCEEDED =
  /exceeded quota: (?<quota>[\w.-]{1,253}), requested: (?<asked>[^\n]{1,200}?), used: (?<used>[^\n]{1,200}?), limited: (?<limit>[^\n]{1,200})/;

/** Pods that were refused because the namespace's quota is used up. */
export const quotaUsedUp: Rule<KubernetesCase> = {
  id: 'kubernetes/quota-used-up',
  area: 'kubernetes',
  codes: ['scheduling.insufficient_resources'],
  apply(given): Finding[] {
    const { state, scope } = given;
    const named = scope.applicationIds.length + scope.podNames.length > 0;
    const spaces = new Set(podsInScope(given).map(({ namespace }) => namespace));
    return state.events
      .filter(
        ({ reason, firstAt, lastAt, namespace }) =>
          reason === 'FailedCreate' && isInTime(firstAt, scope, lastAt) && (!named || spaces.has(namespace)),
      )
      .flatMap((event) => {
        const told = EXCEEDED.exec(event.message)?.groups;
        if (!told?.quota) return [];
        const { quota, asked = '', used = '', limit = '' } = told;
        return kubernetesFinding({
          rule: quotaUsedUp.id,
          code: 'scheduling.insufficient_resources',
          symptom: 'waiting',
          statement: {
            en: `Kubernetes refused pods of ${event.kind} ${event.name}: quota ${quota} allows ${limit}, ${used} is used, ${asked} was asked for`,
            zh: `Kubernetes 拒绝创建 ${event.kind} ${event.name} 的 Pod：配额 ${quota} 上限 ${limit}，已用 ${used}，申请 ${asked}`,
          },
          at: event.firstAt,
          until: event.lastAt,
          evidence: [timed(event.evidence, event.lastAt)],
          count: event.count,
          values: { quota, asked, used, limit },
        });
      })
      .slice(0, KUBERNETES_THRESHOLDS.maxFindings);
  },
};
