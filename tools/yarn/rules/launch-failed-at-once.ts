import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import { isReport } from '../application-end.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { YarnContainerHistory } from '../container-history.ts';
import type { YarnFacts } from '../facts.ts';
import { launchFault } from '../launch-output.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import {
  applicationKeys,
  askedApplications,
  containersOfApplication,
  distinctEvidence,
  yarnFinding,
} from '../yarn-finding.ts';

/**
 * Containers that end at once, one after the other. Where earlier containers of the same application and kind (executor, master)
 * came up and worked, something was changed under it: when it strikes several nodes it is a roll-out, not a bad node. Where
 * none of that kind ever came up and the JVM refuses an option, the application's own setting cannot work.
 */
export const launchFailedAtOnceRule: Rule<YarnFacts> = {
  id: 'yarn/launch-failed-at-once',
  area: 'yarn',
  codes: ['config.changed', 'config.resource_setting'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts) ?? []),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding | null {
  const own = containersOfApplication(facts, application.id);
  const failed = own.filter(endedAtOnce).sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  // What was started while the first one died can still have got the old state.
  const since = failed[0]?.finishedAt ?? null;
  if (since === null) return null;
  const said = spokenFault(failed);
  // A master that ends early without such words may have run a program that failed early.
  const kinds = said ? [false, true] : [false];
  for (const master of kinds) {
    const worked = own.filter((container) => container.isMaster === master && cameUp(container));
    const before = worked.filter((container) => (container.startedAt ?? since) < since);
    const struck = failed.some((container) => container.isMaster === master);
    if (struck && before.length > 0 && before.length === worked.length && failed.length >= 2) {
      const found = changed(application, failed, before, said, facts);
      if (found) return found;
    }
  }
  if (said?.fault !== 'jvm_option') return null;
  const ever = own.some((container) => container.isMaster === said.container.isMaster && cameUp(container));
  return ever ? null : refused(application, failed, said);
}

/** Ended by itself, badly, before it can have done any work. */
function endedAtOnce(container: YarnContainerHistory): boolean {
  const { startedAt, finishedAt, exitCode, endedBy } = container;
  if (endedBy !== 'itself' || startedAt === null || finishedAt === null) return false;
  if (exitCode === null || exitCode === 0 || exitCode > 128 || (container.isMaster && isReport(exitCode))) return false;
  return finishedAt - startedAt <= YARN_THRESHOLDS.launchFailureMs;
}

function cameUp(container: YarnContainerHistory): boolean {
  if (container.startedAt === null) return false;
  if (container.exitCode === 0) return true;
  return (container.finishedAt ?? Number.POSITIVE_INFINITY) - container.startedAt > YARN_THRESHOLDS.livedMs;
}

interface SpokenFault {
  fault: NonNullable<ReturnType<typeof launchFault>>['fault'];
  line: string;
  container: YarnContainerHistory;
}

function spokenFault(failed: readonly YarnContainerHistory[]): SpokenFault | null {
  for (const container of failed) {
    const found = launchFault(container.launchFailure?.output ?? '');
    if (found) return { ...found, container };
  }
  return null;
}

function changed(
  application: YarnApplication,
  failed: readonly YarnContainerHistory[],
  before: readonly YarnContainerHistory[],
  said: SpokenFault | null,
  facts: YarnFacts,
): Finding | null {
  const hosts = [...new Set(failed.flatMap((container) => container.host ?? []))];
  const others = otherApplications(application, failed, facts);
  const several = hosts.length > 1 || others > 0;
  // One node alone may be broken by itself: without the process's own words there is no telling.
  if (!several && !said) return null;
  const first = failed[0] as YarnContainerHistory;
  const last = failed.at(-1) as YarnContainerHistory;
  return yarnFinding({
    rule: launchFailedAtOnceRule.id,
    code: 'config.changed',
    symptom: 'attempt_failed',
    kind: said && several ? 'observed' : 'inferred',
    responsibility: 'platform',
    keys: { ...applicationKeys(application), ...(hosts.length === 1 && hosts[0] ? { host: hosts[0] } : {}) },
    at: first.finishedAt,
    until: last.finishedAt,
    count: failed.length,
    weight: several && said ? 1 : 0.5,
    evidence: distinctEvidence([
      before[0]?.exitEvidence ?? before[0]?.endedByEvidence ?? null,
      first.exitEvidence,
      last.exitEvidence,
      said?.container.launchFailure?.evidence ?? null,
    ]),
    values: {
      failedContainers: failed.length,
      hosts: hosts.join(', '),
      livedBefore: before.length,
      otherApplications: others,
      ...(said ? { output: said.line } : {}),
    },
    statement: changedStatement(failed, hosts, before.length, said),
    refutes: several ? [notOneNode(hosts)] : [],
  });
}

/** Other applications struck in that time: executors that ended at once, masters that said the same. */
function otherApplications(
  application: YarnApplication,
  failed: readonly YarnContainerHistory[],
  facts: YarnFacts,
): number {
  const from = failed[0]?.startedAt ?? 0;
  const hit = facts.containers.filter(
    (other) =>
      other.applicationId !== application.id &&
      endedAtOnce(other) &&
      (other.startedAt ?? 0) >= from &&
      (!other.isMaster || launchFault(other.launchFailure?.output ?? '') !== null),
  );
  return new Set(hit.map((other) => other.applicationId)).size;
}

function notOneNode(hosts: readonly string[]) {
  return {
    code: 'storage.bad_disk' as const,
    why: {
      en: `the same happened on ${plural(hosts.length, 'node')} (${hosts.join(', ')})`,
      zh: `同样的情况出现在 ${hosts.length} 个节点上（${hosts.join('、')}）`,
    },
  };
}

function changedStatement(
  failed: readonly YarnContainerHistory[],
  hosts: readonly string[],
  livedBefore: number,
  said: SpokenFault | null,
): Bilingual {
  const quickest = Math.max(...failed.map((container) => (container.finishedAt ?? 0) - (container.startedAt ?? 0)));
  const words = said ? { en: `: ${said.line}`, zh: `：${said.line}` } : { en: '', zh: '' };
  return {
    en: `From one moment on every new container of the application ended within ${duration(quickest).en} of its start (${failed.length} on ${hosts.join(', ')}), while ${livedBefore} started before went on${words.en}`,
    zh: `从某一时刻起，该应用每个新容器都在启动后 ${duration(quickest).zh}内退出（${hosts.join('、')} 上共 ${failed.length} 个），而此前启动的 ${livedBefore} 个正常${words.zh}`,
  };
}

function refused(application: YarnApplication, failed: readonly YarnContainerHistory[], said: SpokenFault): Finding {
  return yarnFinding({
    rule: launchFailedAtOnceRule.id,
    code: 'config.resource_setting',
    symptom: 'attempt_failed',
    keys: { ...applicationKeys(application), containerId: said.container.containerId },
    at: said.container.finishedAt,
    count: failed.length,
    evidence: distinctEvidence([said.container.exitEvidence, said.container.launchFailure?.evidence ?? null]),
    values: { failedContainers: failed.length, output: said.line },
    statement: {
      en: `The JVM refused its options in every container of this kind: ${said.line}`,
      zh: `JVM 在该类容器中都拒绝了启动参数：${said.line}`,
    },
    completeStatement: 'jvm_option_refusal',
  });
}
