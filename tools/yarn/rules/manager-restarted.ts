import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { YarnFacts } from '../facts.ts';
import { forgottenByManager } from '../forgotten-by-manager.ts';
import { yarnFinding } from '../yarn-finding.ts';

/**
 * The ResourceManager began after the application and does not know it: it lost what it knew. Applications that ran then end, since
 * their masters are told that nobody knows them. Why it was restarted is not said here.
 */
export const managerRestartedRule: Rule<YarnFacts> = {
  id: 'yarn/manager-restarted',
  area: 'yarn',
  codes: [],
  apply: (facts) => (facts.scope.applicationIds ?? []).flatMap((id) => judge(id, facts)),
};

function judge(applicationId: string, facts: YarnFacts): Finding[] {
  const { cluster } = facts;
  if (!forgottenByManager(facts, applicationId) || cluster?.startedAt == null || cluster.startEvidence === null)
    return [];
  const ended = facts.applications.find(({ id }) => id === applicationId)?.finishedAt ?? null;
  // What had ended before was forgotten without harm.
  if (ended !== null && ended < cluster.startedAt) return [];
  const at = new Date(cluster.startedAt).toISOString().slice(11, 19);
  return [
    yarnFinding({
      rule: managerRestartedRule.id,
      symptom: 'attempt_failed',
      statement: {
        en: `The ResourceManager began anew at ${at} UTC, after this application was submitted, and does not know it any more: it was restarted without recovery`,
        zh: `ResourceManager 在 ${at}（UTC）重新启动，晚于该应用提交，且已不认识该应用：重启时没有恢复状态`,
      },
      keys: { applicationId },
      at: cluster.startedAt,
      evidence: [cluster.startEvidence],
    }),
  ];
}
