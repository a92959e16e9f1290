import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun, TaskFacts } from '../facts.ts';
import { wasMadeGood } from '../measures/failed-for-good.ts';
import { exceptionClassOf, firstSentence } from '../measures/failure-words.ts';
import { reasonEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { sparkFinding } from '../measures/spark-finding.ts';

const MAX_GROUPS = 20;

/**
 * Failed task attempts, grouped by stage, reason and exception, the first failure first. Killed attempts (speculation,
 * cancelled stages, refused commits) are no failures; failed fetches have a rule of their own.
 */
export const failedTasks: Rule<SparkRun> = {
  id: 'spark/failed-tasks',
  area: 'spark',
  codes: [],
  apply(run) {
    const failed = run.keptTasks.filter(
      ({ status, reasonClass }) => (status === 'failed' || status === 'lost') && isFailure(reasonClass),
    );
    const groups = new Map<string, TaskFacts[]>();
    for (const task of failed) {
      const exception = exceptionClassOf(task.reasonText ?? '') ?? '';
      const executor = task.reasonClass === 'ExecutorLostFailure' ? task.executorId : '';
      const key = [task.stageId, task.stageAttempt, task.reasonClass, exception, executor].join('|');
      groups.set(key, [...(groups.get(key) ?? []), task]);
    }
    return [...groups.values()]
      .sort((a, b) => (a[0]?.finishedAt ?? 0) - (b[0]?.finishedAt ?? 0))
      .slice(0, MAX_GROUPS)
      .map((tasks) => toFinding(run, tasks, failed.length));
  },
};

function isFailure(reasonClass: string | null): boolean {
  return !['Success', 'TaskKilled', 'TaskCommitDenied', 'Resubmitted', 'FetchFailed'].includes(reasonClass ?? '');
}

function toFinding(run: SparkRun, tasks: readonly TaskFacts[], all: number): Finding {
  const ordered = [...tasks].sort((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0));
  const [first] = ordered;
  if (!first) throw new RangeError('a group without a task');
  const stage = run.stages.find(({ stageId, attempt }) => stageId === first.stageId && attempt === first.stageAttempt);
  const recovered = stage !== undefined && (stage.status === 'succeeded' || wasMadeGood(run, stage));
  const exceptionClass = exceptionClassOf(first.reasonText ?? '');
  const words = firstSentence(first.reasonText ?? '') || first.reasonClass || 'no reason is given';
  const hosts = [...new Set(tasks.map(({ host }) => host))];
  const [then, thenZh] = recovered ? ['; the stage succeeded with other attempts', '；该阶段靠其他尝试成功'] : ['', ''];
  const name = `${first.stageId}.${first.stageAttempt}`;
  return sparkFinding(run, {
    rule: failedTasks.id,
    kind: 'observed',
    symptom: 'task_failed',
    en: `${plural(tasks.length, 'attempt')} in stage ${name} failed, the first on ${first.host}: ${words}${then}`,
    zh: `阶段 ${name} 有 ${tasks.length} 次任务尝试失败，第一次在 ${first.host}：${words}${thenZh}`,
    keys: {
      stageId: first.stageId,
      stageAttempt: first.stageAttempt,
      taskId: first.taskId,
      executorId: first.executorId,
      host: first.host,
      ...(exceptionClass ? { exceptionClass } : {}),
    },
    at: first.finishedAt,
    until: ordered.at(-1)?.finishedAt ?? null,
    evidence: [...reasonEvidence(run, first), ...ordered.slice(0, 2).flatMap((task) => taskEvidence(task).slice(0, 1))],
    count: tasks.length,
    weight: recovered ? 0.1 / Math.max(1, all / tasks.length) : tasks.length / Math.max(1, all),
    values: {
      failedAttempts: tasks.length,
      reasonClass: first.reasonClass,
      recovered: String(recovered),
      hosts: hosts.slice(0, 10).join(','),
      hostCount: hosts.length,
    },
  });
}
