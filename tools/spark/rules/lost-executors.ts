import type { Finding, Symptom } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { count, plural } from '../../evidence/spoken-figures.ts';
import type { ExecutorFacts, SparkRun } from '../facts.ts';
import { failedForGood } from '../measures/failed-for-good.ts';
import { removalHint, usedOfLimit } from '../measures/removal-cause.ts';
import { durationOf, isLostOutput, measuresOf, wallOf } from '../measures/run-measures.ts';
import { executorsAt } from '../measures/slots.ts';
import { settingEvidence, spoken } from '../measures/spark-evidence.ts';
import { sparkFinding } from '../measures/spark-finding.ts';
import { TASK_STATUS } from '../task-table.ts';

/** More single findings than this tell nothing new; the rest is folded into the last of the same kind. */
const MAX_SINGLE = 12;

/**
 * Executors that went away although the work was not done, each with what its removal text says and no more. Those that the
 * driver released on purpose are told once, as harmless.
 */
export const lostExecutors: Rule<SparkRun> = {
  id: 'spark/lost-executors',
  area: 'spark',
  codes: [
    'scheduling.preemption',
    'scheduling.spot_node_lost',
    'memory.container_physical_limit',
    'memory.virtual_limit',
    'memory.executor_heap_oom',
    'storage.disk_full_local',
    'storage.bad_disk',
    'code.native_crash',
  ],
  apply(run) {
    const gone = run.executors.filter((executor) => executor.removedAt !== null && executor.id !== 'driver');
    const end = run.application.endedAt ?? Number.POSITIVE_INFINITY;
    const released = gone.filter(({ removalKind }) => removalKind === 'released');
    const lost = gone
      .filter((executor) => executor.removalKind !== 'released' && (executor.removedAt ?? 0) < end)
      .sort((a, b) => (a.removedAt ?? 0) - (b.removedAt ?? 0));
    return [
      ...foldAlike(lost).map(([executor, times]) => lostFinding(run, executor, times)),
      ...releasedFinding(run, released),
    ];
  },
};

/** Up to twelve single ones; what follows is counted onto the last one that says the same. */
function foldAlike(lost: readonly ExecutorFacts[]): [ExecutorFacts, number][] {
  const single = lost.slice(0, MAX_SINGLE).map((executor): [ExecutorFacts, number] => [executor, 1]);
  for (const executor of lost.slice(MAX_SINGLE)) {
    const same = single.findLast(
      ([other]) => other.removalKind === executor.removalKind && other.exitCode === executor.exitCode,
    );
    if (same) same[1] += 1;
    else single.push([executor, 1]);
  }
  return single;
}

/** What went with an executor. */
interface LostTasks {
  /** Attempts that were running. */
  running: number;
  /** Finished tasks whose output was lost, so that they had to run again. */
  finished: number;
  /** Share of the failed and lost attempts of stages failed for good that went with executors lost in the same way. */
  fatalShare: number;
  /** Wall clock of the attempts that went with this executor. */
  wallMs: number;
}

function lostTasks(run: SparkRun, executor: ExecutorFacts): LostTasks {
  const { tasks } = run;
  const fatalStages = run.stages.map((stage) => failedForGood(run, stage));
  const running: number[] = [];
  let [finished, alike, fatal] = [0, 0, 0];
  for (let row = 0; row < tasks.length; row += 1) {
    const status = tasks.status[row];
    if (status !== TASK_STATUS.lost && status !== TASK_STATUS.failed) continue;
    const other = status === TASK_STATUS.lost ? run.executors[tasks.executor[row] ?? -1] : undefined;
    if (other?.id === executor.id) {
      if (isLostOutput(run, row)) finished += 1;
      else running.push(row);
    }
    if (!fatalStages[tasks.stage[row] ?? -1] || isLostOutput(run, row)) continue;
    fatal += 1;
    if (other?.removalKind === executor.removalKind && other?.exitCode === executor.exitCode) alike += 1;
  }
  const own = running.some((row) => fatalStages[tasks.stage[row] ?? -1]);
  const wallMs = wallOf(run, running, (row) => durationOf(run, row));
  return { running: running.length, finished, fatalShare: own ? alike / fatal : 0, wallMs };
}

/** Host of an executor that never registered, from the removal text: `… on host: bd-node11. Exit status: 1.` */
function hostOf(executor: ExecutorFacts): string {
  if (executor.host) return executor.host;
  return /\bon host:? ([\w.-]{1,255}?)(?:\.? |\.?$)/.exec((executor.removalReason ?? '').slice(0, 2_000))?.[1] ?? '';
}

/** An application that stops takes its executors down within seconds, by signal 15 in standalone mode. */
const SHUTDOWN_MS = 5_000;

/** Gone while the application was shutting down: its end takes the executors with it, and none new can start. */
function inShutdown(run: SparkRun, executor: ExecutorFacts): boolean {
  const { endedAt } = run.application;
  if (endedAt === null || executor.removedAt === null || endedAt - executor.removedAt > SHUTDOWN_MS) return false;
  if (/during shutdown|[Ss]hutdown in progress/.test(executor.removalReason ?? '')) return true;
  return (
    executor.addedAt !== null && (executor.exitCode === null || executor.exitCode === 0 || executor.exitCode === 143)
  );
}

/** Gone after the last job had ended and before the application did: nothing was lost with it. */
function afterAllWork(run: SparkRun, executor: ExecutorFacts): boolean {
  if (run.jobs.length === 0 || run.application.endedAt === null) return false;
  return run.jobs.every(({ endedAt }) => endedAt !== null && endedAt <= (executor.removedAt ?? 0));
}

/** What went with an executor, in words. */
function wordsFor({ running, finished }: LostTasks): { en: string; zh: string } {
  const en = plural(running, 'running task');
  const zh = ` ${count(running)} 个正在运行的任务`;
  if (finished === 0) return { en, zh };
  return {
    en: `${en} and the output of ${plural(finished, 'finished task')}`,
    zh: `${zh}和 ${count(finished)} 个已完成任务的输出`,
  };
}

function lostFinding(run: SparkRun, executor: ExecutorFacts, times: number): Finding {
  const host = hostOf(executor);
  const [where, whereZh] = host ? [` on ${host}`, `${host} 上的 `] : ['', ''];
  const [never, neverZh] = executor.addedAt === null ? [' before it had registered', '，当时还没注册'] : ['', ''];
  const hint = removalHint(executor);
  const used = usedOfLimit(executor.removalReason ?? '');
  const tasks = lostTasks(run, executor);
  const went = wordsFor(tasks);
  const untouched = tasks.running + tasks.finished === 0;
  const idle = tasks.fatalShare === 0 && (inShutdown(run, executor) || (untouched && afterAllWork(run, executor)));
  const symptom: Symptom = executor.removalKind === 'heartbeat' ? 'heartbeat_late' : 'executor_lost';
  const memory = hint.code?.startsWith('memory.') ?? false;
  return sparkFinding(run, {
    rule: lostExecutors.id,
    kind: hint.code === null || idle ? 'observed' : 'inferred',
    ...(hint.code && !idle ? { code: hint.code } : {}),
    symptom,
    echo: idle,
    en: idle
      ? `Executor ${executor.id}${where} went away as the application ended (${hint.en})`
      : `Executor ${executor.id}${where} was lost${never}: ${hint.en}; ${went.en} went with it`,
    zh: idle
      ? `${whereZh}executor ${executor.id} 随应用结束而离开（${hint.zh}）`
      : `${whereZh}executor ${executor.id} 丢失${neverZh}：${hint.zh}；连同${went.zh}`,
    keys: {
      executorId: executor.id,
      ...(host ? { host } : {}),
      ...(executor.containerId ? { containerId: executor.containerId } : {}),
      ...(executor.podName ? { podName: executor.podName } : {}),
    },
    at: executor.removedAt,
    evidence: [
      ...spoken(executor.quotes.removed, executor.removedAt),
      ...(memory ? settingEvidence(run, 'spark.executor.memory', 'spark.executor.memoryOverhead') : []),
    ],
    count: times,
    weight: idle ? 0 : weightOfLoss(run, executor, tasks),
    values: {
      exitCode: executor.exitCode,
      removalKind: executor.removalKind,
      lostTasks: tasks.running,
      lostOutputs: tasks.finished,
      usedBytes: used?.usedBytes,
      limitBytes: used?.limitBytes,
      livedMs: (executor.removedAt ?? 0) - (executor.addedAt ?? executor.removedAt ?? 0),
      ...executor.peaks,
    },
  });
}

/**
 * How much the loss explains: of the failure where a stage failed for good with it; else its price, which is the time of
 * the attempts lost and the capacity that was missing until as many executors were there again.
 */
function weightOfLoss(run: SparkRun, executor: ExecutorFacts, tasks: LostTasks): number {
  const { clock } = measuresOf(run);
  if (tasks.fatalShare > 0) return tasks.fatalShare;
  if (!clock || executor.removedAt === null || executor.addedAt === null) return 0;
  const goneAt = executor.removedAt;
  const beside = executorsAt(run, goneAt - 1).length;
  const back = run.executors.find(
    ({ addedAt }) => addedAt !== null && addedAt > goneAt && executorsAt(run, addedAt).length >= beside,
  );
  const missingMs = Math.max(0, (back?.addedAt ?? clock.to) - goneAt) / Math.max(1, beside);
  return (tasks.wallMs + missingMs) / clock.ms;
}

function releasedFinding(run: SparkRun, released: readonly ExecutorFacts[]): Finding[] {
  const [first] = released;
  if (!first) return [];
  const why = {
    en: 'the driver released these executors itself',
    zh: '这些 executor 是驱动自己释放的',
  };
  return [
    sparkFinding(run, {
      rule: lostExecutors.id,
      kind: 'observed',
      symptom: 'executor_lost',
      echo: true,
      en: `${plural(released.length, 'executor')} released on purpose (idle, decommissioned or asked to end): harmless`,
      zh: `${released.length} 个 executor 是有意释放的（空闲、下线或被要求结束）：无害`,
      at: first.removedAt,
      until: released.at(-1)?.removedAt ?? null,
      evidence: released.slice(0, 3).flatMap((executor) => spoken(executor.quotes.removed, executor.removedAt)),
      count: released.length,
      weight: 0,
      values: { releasedExecutors: released.length },
      refutes:
        released.length === run.executors.filter(({ removedAt }) => removedAt !== null).length
          ? (['scheduling.preemption', 'scheduling.spot_node_lost', 'shuffle.executor_lost'] as const).map((code) => ({
              code,
              why,
            }))
          : [],
    }),
  ];
}
