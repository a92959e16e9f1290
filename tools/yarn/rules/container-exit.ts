import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { failedContainers, isReport } from '../application-end.ts';
import type { ContainerEnder, YarnContainerHistory } from '../container-history.ts';
import { exitMeaning, signalOf } from '../exit-status.ts';
import type { YarnFacts } from '../facts.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import {
  askedApplications,
  capital,
  containerKeys,
  containerName,
  containersOfApplication,
  distinctEvidence,
  yarnFinding,
} from '../yarn-finding.ts';

/**
 * Containers that ended badly, as symptoms: the exit code, what it says by itself, and who ended it where the records tell.
 * 137 and 143 alone prove nothing: they only say which signal ended the process.
 */
export const containerExitRule: Rule<YarnFacts> = {
  id: 'yarn/container-exit',
  area: 'yarn',
  codes: [],
  apply: (facts) => askedApplications(facts).flatMap(({ id }) => judge(id, facts)),
};

function judge(applicationId: string, facts: YarnFacts): Finding[] {
  const failed = failedContainers(facts, applicationId);
  const reports = containersOfApplication(facts, applicationId).filter(
    (container) => container.isMaster && container.exitCode !== null && isReport(container.exitCode),
  );
  const shown = [...failed, ...reports]
    .sort((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0))
    .slice(0, YARN_THRESHOLDS.maxFindings);
  return shown.map((container) => finding(container, failed.length));
}

function finding(container: YarnContainerHistory, failedCount: number): Finding {
  const status = container.exitCode ?? container.exitStatus;
  const name = containerName(container);
  const meaning = status === null ? null : exitMeaning(status);
  const by = enderText(container);
  const echo = container.isMaster && status !== null && isReport(status);
  return yarnFinding({
    rule: containerExitRule.id,
    symptom: 'container_exited',
    ...(echo ? { echo } : {}),
    keys: containerKeys(container),
    at: container.finishedAt,
    evidence: distinctEvidence([
      container.exitEvidence,
      container.endedByEvidence,
      container.launchFailure?.evidence ?? null,
    ]),
    weight: failedCount === 0 ? 0 : 1 / failedCount,
    values: valuesOf(container, status),
    statement: {
      en: `${capital(name.en)} ended${status === null ? '' : ` with exit code ${status}`}${meaning ? ` (${meaning.en})` : ''}${by ? `; ${by.en}` : ''}`,
      zh: `${name.zh}结束${status === null ? '' : `，退出码 ${status}`}${meaning ? `（${meaning.zh}）` : ''}${by ? `；${by.zh}` : ''}`,
    },
  });
}

function valuesOf(container: YarnContainerHistory, status: number | null): Record<string, number | string> {
  const signal = status === null ? null : signalOf(status);
  const lived =
    container.startedAt !== null && container.finishedAt !== null ? container.finishedAt - container.startedAt : null;
  return {
    endedBy: container.endedBy,
    role: container.role,
    ...(status === null ? {} : { exitCode: status }),
    ...(container.exitStatus === null ? {} : { exitStatus: container.exitStatus }),
    ...(signal === null ? {} : { signal }),
    ...(lived === null ? {} : { livedMs: lived }),
    ...(container.memoryBytes === null ? {} : { containerBytes: container.memoryBytes }),
  };
}

const ENDERS: Readonly<Partial<Record<ContainerEnder, Bilingual>>> = {
  memory_check: { en: 'the NodeManager killed it for memory', zh: 'NodeManager 因内存超限将其杀死' },
  virtual_memory_check: {
    en: 'the NodeManager killed it for virtual memory',
    zh: 'NodeManager 因虚拟内存超限将其杀死',
  },
  oom_handler: { en: "the node's elastic OOM handler killed it", zh: '节点的弹性 OOM 处理器将其杀死' },
  preempted: { en: 'the scheduler preempted it', zh: '被调度器抢占' },
  node_lost: { en: 'its node was lost', zh: '其所在节点丢失' },
  disk_failure: { en: "its node's disks failed", zh: '其所在节点磁盘故障' },
  overcommit_eviction: { en: "the node's over-commit component evicted it", zh: '被节点的超卖组件驱逐' },
  container_scheduler: { en: 'it made room for a guaranteed container', zh: '为有保障的容器让出资源' },
};

/** Who ended it; for a signal that the NodeManager did not send, that somebody else did. */
function enderText(container: YarnContainerHistory): Bilingual | null {
  const named = ENDERS[container.endedBy];
  if (named) return named;
  const signal = container.exitCode === null ? null : signalOf(container.exitCode);
  if (container.endedBy !== 'itself' || signal === null || !container.endCovered) return null;
  return {
    en: 'the NodeManager had not asked for it, so the signal came from elsewhere',
    zh: '不是 NodeManager 发起的，信号来自别处',
  };
}
