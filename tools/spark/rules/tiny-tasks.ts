import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, count, duration, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { extentOf, largest } from '../measures/extent.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { metricOf, segmentsOfStage } from '../measures/plan-segments.ts';
import { durationOf, measuresOf, succeededRows } from '../measures/run-measures.ts';
import { slotsAt } from '../measures/slots.ts';
import { keptTaskNear, settingEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { adaptiveEnabled, countSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/** A stage of many tiny tasks and what it cost beyond the work itself. */
interface TinyStage {
  stage: StageFacts;
  rows: number[];
  slots: number;
  medianRunMs: number;
  totalBytes: number;
  overheadMs: number;
  saved: number;
}

/**
 * Stages of hundreds or thousands of tasks of a few milliseconds: launching, shipping and answering take longer than the
 * work. Speaks of shuffle partitions and of files split too finely; many small files are another rule's business.
 */
export const tinyTasks: Rule<SparkRun> = {
  id: 'spark/tiny-tasks',
  area: 'spark',
  codes: ['skew.partition_sizing'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const stages = run.stages.flatMap((stage, index) => tinyStage(run, stage, index) ?? []);
    const saved = stages.reduce((sum, stage) => sum + stage.saved, 0);
    const weight = weightOf(clock, saved);
    return weight >= SPARK_THRESHOLDS.minWeight ? [toFinding(run, stages, saved, weight)] : [];
  },
};

function tinyStage(run: SparkRun, stage: StageFacts, index: number): TinyStage | null {
  const t = SPARK_THRESHOLDS;
  const rows = succeededRows(run, index);
  const medianRunMs = stage.runMs?.p50 ?? Number.POSITIVE_INFINITY;
  if (rows.length < t.tinyTasksMin || medianRunMs > t.tinyTaskMedianMs) return null;
  const totalBytes = (stage.shuffleReadBytes?.sum ?? 0) + (stage.inputBytes?.sum ?? 0);
  const records = (stage.shuffleReadRecords?.sum ?? 0) + (stage.inputRecords?.sum ?? 0);
  const fat = totalBytes + records === 0 || totalBytes / rows.length > t.tinyTaskMaxBytes;
  if (fat || readsManyFiles(run, stage, totalBytes)) return null;
  const { startedAt, endedAt } = measuresOf(run);
  const from = extentOf(rows.map((row) => startedAt[row] ?? 0))?.least ?? 0;
  const to = largest(rows.map((row) => endedAt[row] ?? 0));
  const slots = Math.max(1, slotsAt(run, (from + to) / 2));
  if (rows.length < slots * t.tinyTasksPerSlot) return null;
  const work = rows.reduce((sum, row) => sum + (run.tasks.runMs[row] ?? 0), 0);
  const whole = rows.reduce((sum, row) => sum + durationOf(run, row), 0);
  return {
    stage,
    rows,
    slots,
    medianRunMs,
    totalBytes,
    overheadMs: Math.max(0, whole - work),
    saved: Math.max(0, to - from - (work * (1 - fixedShare(run, stage, records))) / slots),
  };
}

/** Tiny scan tasks come of many files, unless the files are fewer than the tasks: then it is how they are split. */
function readsManyFiles(run: SparkRun, stage: StageFacts, totalBytes: number): boolean {
  if ((stage.inputBytes?.sum ?? 0) <= totalBytes / 2) return false;
  const scanned = segmentsOfStage(run, stage).flatMap(({ nodes }) =>
    nodes.map((node) => metricOf(node, 'number of files read') ?? 0),
  );
  const files = scanned.reduce((sum, count) => sum + count, 0);
  return files === 0 || files * 2 > stage.taskCount;
}

/**
 * Share of the tasks' own run time that they spend on being tasks and not on their rows: what is above the run time and the
 * CPU time per record that the run's larger tasks needed, whichever says less. 0 where nothing is there to compare with.
 */
function fixedShare(run: SparkRun, tiny: StageFacts, records: number): number {
  const own = { runMs: tiny.runMs?.sum ?? 0, cpuMs: tiny.cpuMs?.sum ?? 0 };
  const large = { runMs: 0, cpuMs: 0, records: 0 };
  for (const stage of run.stages) {
    const read = (stage.shuffleReadRecords?.sum ?? 0) + (stage.inputRecords?.sum ?? 0);
    const tasks = Math.max(1, stage.attempts.succeeded);
    if (read / tasks < (records / Math.max(1, tiny.attempts.succeeded)) * SPARK_THRESHOLDS.tinyTaskReference) continue;
    large.runMs += stage.runMs?.sum ?? 0;
    large.cpuMs += stage.cpuMs?.sum ?? 0;
    large.records += read;
  }
  if (large.records === 0 || records === 0 || !(large.cpuMs > 0) || !(own.cpuMs > 0)) return 0;
  const byRun = ((large.runMs / large.records) * records) / own.runMs;
  const byCpu = ((large.cpuMs / large.records) * records) / own.cpuMs;
  return Math.max(0, 1 - Math.max(byRun, byCpu));
}

function toFinding(run: SparkRun, stages: TinyStage[], saved: number, weight: number): Finding {
  const t = SPARK_THRESHOLDS;
  const [worst] = [...stages].sort((a, b) => b.saved - a.saved);
  if (!worst) throw new RangeError('tiny tasks without a stage');
  const { stage, rows, slots, medianRunMs, totalBytes } = worst;
  const tasks = stages.reduce((sum, { rows: own }) => sum + own.length, 0);
  const adaptive = adaptiveEnabled(run);
  const fromShuffle = (stage.shuffleReadBytes?.sum ?? 0) >= totalBytes / 2;
  const partitions = countSetting(run, 'spark.sql.shuffle.partitions', 200);
  const wanted = Math.max(slots, Math.ceil(totalBytes / t.advisoryPartitionBytes));
  const name = `${stage.stageId}.${stage.attempt}`;
  const mean = duration(worst.overheadMs / rows.length);
  const runs = duration(medianRunMs);
  const lost = duration(saved);
  const merged = adaptive ? 'true' : 'false';
  return sparkFinding(run, {
    rule: tinyTasks.id,
    kind: weight >= t.observedMinWeight ? 'observed' : 'inferred',
    code: 'skew.partition_sizing',
    symptom: 'slow',
    en: `${plural(tasks, 'tiny task')} on ${plural(slots, 'slot')}: in stage ${name} ${plural(rows.length, 'task')} share ${bytes(totalBytes)}, the median works ${runs.en} and each costs ${mean.en} more to launch and answer; so many tasks for so little data take about ${lost.en} of the run (adaptive merging: ${merged})`,
    zh: `${count(tasks)} 个极小的任务跑在 ${slots} 个槽位上：阶段 ${name} 的 ${count(rows.length)} 个任务总共只有 ${bytes(totalBytes)}，中位任务只工作 ${runs.zh}，而启动和返回平均还要 ${mean.zh}；这么少的数据分给这么多任务，约占运行 ${lost.zh}（自适应合并：${merged}）`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [
      ...stages.slice(0, 3).flatMap((tiny) => stageEvidence(tiny.stage)),
      ...taskEvidence(keptTaskNear(run, stage, medianRunMs, (row) => run.tasks.runMs[row] ?? 0)),
      ...settingEvidence(
        run,
        'spark.sql.adaptive.enabled',
        'spark.sql.shuffle.partitions',
        'spark.default.parallelism',
      ),
    ],
    count: stages.length,
    weight,
    values: {
      savedMs: saved,
      tasks,
      slots,
      medianRunMs,
      overheadMs: stages.reduce((sum, tiny) => sum + tiny.overheadMs, 0),
      bytesPerTask: totalBytes / rows.length,
      adaptiveEnabled: merged,
      shufflePartitions: partitions,
      ...(adaptive ? {} : { 'spark.sql.adaptive.enabled': 'true' }),
      suggestedShufflePartitions: wanted,
    },
    refutes: fromShuffle
      ? [
          {
            code: 'data.small_files',
            why: {
              en: `the tiny tasks of stage ${name} read shuffle partitions, not files`,
              zh: `阶段 ${name} 的小任务读的是 shuffle 分区，不是文件`,
            },
          },
        ]
      : [],
  });
}
