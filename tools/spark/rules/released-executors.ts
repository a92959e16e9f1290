import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, percent, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun } from '../facts.ts';
import { type ExecutorWait, executorWaits, mostExecutors } from '../measures/executor-waits.ts';
import { extentOf, largest } from '../measures/extent.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { missingCapacity } from '../measures/missing-capacity.ts';
import { settingEvidence, spoken } from '../measures/spark-evidence.ts';
import { sparkFinding } from '../measures/spark-finding.ts';
import { booleanSetting, countSetting, timeSetting } from '../measures/spark-setting.ts';
import { gapsIn } from '../measures/time-union.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const SETTINGS = [
  'spark.dynamicAllocation.minExecutors',
  'spark.dynamicAllocation.executorIdleTimeout',
  'spark.dynamicAllocation.schedulerBacklogTimeout',
  'spark.dynamicAllocation.initialExecutors',
] as const;

/**
 * Dynamic allocation gave idle executors back and the next job then waited for new ones: first the backlog timeout, then
 * their start. Each removal is harmless by itself; what counts is the time in which stages stood without any executor, and
 * the capacity that was given back and then wanted again.
 */
export const releasedExecutors: Rule<SparkRun> = {
  id: 'spark/released-executors',
  area: 'spark',
  codes: ['scheduling.dynamic_allocation'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock || !booleanSetting(run, 'spark.dynamicAllocation.enabled', false)) return [];
    const waits = executorWaits(run, clock.to).filter(({ lostBefore }) => lostBefore.length === 0);
    const backlogMs = timeSetting(run, 'spark.dynamicAllocation.schedulerBacklogTimeout', 1_000);
    const explainedMs = backlogMs * 2 + SPARK_THRESHOLDS.executorStartAllowanceMs;
    const noneMs = waits.reduce((sum, wait) => sum + Math.min(wait.to - wait.from, explainedMs), 0);
    const cycles = waits.filter(({ releasedBefore }) => releasedBefore.length > 0);
    const released = run.executors.filter(({ removalKind }) => removalKind === 'released').length;
    const partlyMs = released > 0 ? missingCapacity(run).missingMs : 0;
    const saved = (cycles.length > 0 ? noneMs : 0) + partlyMs;
    const weight = weightOf(clock, saved);
    const little = saved < SPARK_THRESHOLDS.executorWaitMinMs || weight < SPARK_THRESHOLDS.executorWaitMinWeight;
    if (little) return [];
    return [
      toFinding(run, {
        waits,
        cycles,
        released,
        noneMs: cycles.length > 0 ? noneMs : 0,
        partlyMs,
        saved,
        weight,
        backlogMs,
      }),
    ];
  },
};

interface ReleaseFigures {
  waits: readonly ExecutorWait[];
  /** Waits that a release went before. */
  cycles: readonly ExecutorWait[];
  released: number;
  /** Wall clock without any executor, and the wall clock's share of capacity missing beside those that were there. */
  noneMs: number;
  partlyMs: number;
  saved: number;
  weight: number;
  backlogMs: number;
}

function toFinding(run: SparkRun, figures: ReleaseFigures): Finding {
  const { waits, cycles, released, saved, weight, backlogMs } = figures;
  const idleMs = timeSetting(run, 'spark.dynamicAllocation.executorIdleTimeout', 60_000);
  const minimum = countSetting(run, 'spark.dynamicAllocation.minExecutors', 0);
  const [none, partly] = [duration(figures.noneMs), duration(figures.partlyMs)];
  const [idle, backlog] = [duration(idleMs), duration(backlogMs)];
  const ids = [...new Set(cycles.flatMap(({ releasedBefore }) => releasedBefore.slice(0, 1)))];
  const given = run.executors.filter(({ removalKind }) => removalKind === 'released');
  const pauseMs = longestPause(run);
  const wantedExecutors = Math.max(minimum + 1, mostExecutors(run), slotsWanted(run));
  const alone = cycles.length > 0;
  return sparkFinding(run, {
    rule: releasedExecutors.id,
    kind:
      alone && figures.noneMs >= figures.partlyMs && weight >= SPARK_THRESHOLDS.observedMinWeight
        ? 'observed'
        : 'inferred',
    code: 'scheduling.dynamic_allocation',
    symptom: 'slow',
    en: alone
      ? `${plural(cycles.length, 'time')} dynamic allocation gave the last executors back (idle timeout ${idle.en}, minimum ${minimum}) and the next stage then waited for new ones (backlog timeout ${backlog.en}); stages stood without any executor for ${none.en}, ${percent((figures.noneMs / saved) * weight)} of the run`
      : `Dynamic allocation gave ${plural(released, 'executor')} back (idle timeout ${idle.en}, minimum ${minimum}) though tasks wanted them again; the capacity missing beside those that stayed is worth ${partly.en}, ${percent(weight)} of the run`,
    zh: alone
      ? `动态分配有 ${cycles.length} 次把最后的 executor 还了回去（空闲超时 ${idle.zh}，最少 ${minimum} 个），下一阶段又得等新的（积压超时 ${backlog.zh}）；各阶段没有任何 executor 的时间共 ${none.zh}，占运行的 ${percent((figures.noneMs / saved) * weight)}`
      : `动态分配把 ${released} 个 executor 还了回去（空闲超时 ${idle.zh}，最少 ${minimum} 个），任务随后却又需要它们；留下的之外所缺的容量相当于 ${partly.zh}，占运行的 ${percent(weight)}`,
    at: cycles[0]?.from ?? given[0]?.removedAt ?? null,
    until: cycles.at(-1)?.to ?? null,
    evidence: [
      ...(ids.length > 0 ? ids : given.map(({ id }) => id)).slice(0, 2).flatMap((id) => removalEvidence(run, id)),
      ...cycles.slice(0, 2).flatMap((wait) => arrivalEvidence(run, wait)),
      ...settingEvidence(run, ...SETTINGS),
    ],
    count: Math.max(1, cycles.length),
    weight,
    values: {
      savedMs: saved,
      withoutExecutorMs: figures.noneMs,
      missingCapacityMs: figures.partlyMs,
      releasedExecutors: released,
      waits: waits.length,
      cycles: cycles.length,
      longestWaitMs: largest(waits.map((wait) => wait.to - wait.from)),
      executorIdleTimeoutMs: idleMs,
      schedulerBacklogTimeoutMs: backlogMs,
      minExecutors: minimum,
      longestPauseBetweenJobsMs: pauseMs,
      'spark.dynamicAllocation.minExecutors': String(wantedExecutors),
      'spark.dynamicAllocation.executorIdleTimeout': `${Math.max(60, Math.ceil((pauseMs * 1.5) / 10_000) * 10)}s`,
      'spark.dynamicAllocation.schedulerBacklogTimeout': '1s',
    },
    refutes: [
      {
        code: 'scheduling.preemption',
        why: {
          en: 'the executors were released by the driver itself, none was taken away',
          zh: '这些 executor 是驱动自己释放的，没有一个是被抢走的',
        },
      },
      {
        code: 'scheduling.spot_node_lost',
        why: {
          en: 'the executors were released by the driver itself, no node was lost',
          zh: '这些 executor 是驱动自己释放的，没有节点丢失',
        },
      },
    ],
  });
}

function removalEvidence(run: SparkRun, id: string): Finding['evidence'] {
  const executor = run.executors.find((candidate) => candidate.id === id);
  return executor ? spoken(executor.quotes.removed, executor.removedAt) : [];
}

/** The executor whose arrival ended a wait. */
function arrivalEvidence(run: SparkRun, wait: ExecutorWait): Finding['evidence'] {
  const executor = run.executors.find(
    ({ addedAt }) => addedAt !== null && addedAt >= wait.to && addedAt - wait.to < 1_000,
  );
  return executor ? spoken(executor.quotes.added, executor.addedAt) : [];
}

/** Longest time between two jobs: an idle timeout above it keeps the executors. */
function longestPause(run: SparkRun): number {
  const spans = run.jobs.flatMap((job): [number, number][] =>
    job.submittedAt === null || job.endedAt === null ? [] : [[job.submittedAt, job.endedAt]],
  );
  if (spans.length < 2) return 0;
  const window = extentOf(spans.flat());
  return window ? largest(gapsIn(window.least, window.most, spans).map(([start, end]) => end - start)) : 0;
}

/** Executors that the widest stage could have used. */
function slotsWanted(run: SparkRun): number {
  const cores = largest(
    run.executors.map((executor) => executor.cores),
    1,
  );
  const widest = run.stages.reduce((most, stage) => Math.max(most, stage.taskCount), 0);
  const maximum = countSetting(run, 'spark.dynamicAllocation.maxExecutors', Number.MAX_SAFE_INTEGER);
  return Math.min(Math.ceil(widest / cores), maximum, Math.max(1, mostExecutors(run) * 4));
}
