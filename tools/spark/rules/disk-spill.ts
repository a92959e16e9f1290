import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { cpuMsOf, ownRunMs } from '../measures/compare-hosts.ts';
import { largest } from '../measures/extent.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { succeededRows, wallOf } from '../measures/run-measures.ts';
import { settingSize } from '../measures/setting-size.ts';
import { keptTaskNear, settingEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { countSetting, settingOf, sizeSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const MIB = 1024 * 1024;
/** Memory the JVM keeps back before `spark.memory.fraction` applies (`UnifiedMemoryManager`, 300 MB since 1.6). */
const RESERVED_BYTES = 300 * MIB;
/** Write rate assumed where the run wrote no shuffle to measure it by: a plain disk. */
const FALLBACK_BYTES_PER_MS = 100 * (MIB / 1000);

/**
 * Tasks spilled to disk: the metric says how many bytes, no metric says how long. The time is estimated by the rate at
 * which this run wrote its shuffles, and never more than the task's time that nothing else explains.
 */
export const diskSpill: Rule<SparkRun> = {
  id: 'spark/disk-spill',
  area: 'spark',
  codes: ['memory.spill'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const rate = writeRate(run);
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index, rate));
    return heaviest(found.filter((finding) => finding !== null));
  },
};

/** Bytes per millisecond of one writing task, over all shuffle writes of the run. */
function writeRate(run: SparkRun): number {
  let written = 0;
  let ms = 0;
  for (const stage of run.stages) {
    written += stage.shuffleWriteBytes?.sum ?? 0;
    ms += stage.shuffleWriteMs?.sum ?? 0;
  }
  return written >= MIB && ms >= 1 ? Math.min(written / ms, FALLBACK_BYTES_PER_MS) : FALLBACK_BYTES_PER_MS;
}

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number, rate: number): Finding | null {
  const t = SPARK_THRESHOLDS;
  const spilled = stage.diskSpilledBytes?.sum ?? 0;
  const volume = Math.max(
    stage.inputBytes?.sum ?? 0,
    stage.shuffleReadBytes?.sum ?? 0,
    stage.shuffleWriteBytes?.sum ?? 0,
  );
  if (spilled < t.spillMinBytes || spilled < volume * t.spillMinShareOfVolume) return null;
  const rows = succeededRows(run, index).filter((row) => (run.tasks.diskSpilledBytes[row] ?? 0) > 0);
  const wall = wallOf(run, rows, (row) => {
    const unexplained = Math.max(0, ownRunMs(run, row) - (cpuMsOf(run, row) ?? 0));
    return Math.min((run.tasks.diskSpilledBytes[row] ?? 0) / rate, unexplained);
  });
  const weight = weightOf(clock, wall);
  return weight > 0 ? toFinding(run, stage, { spilled, volume, rows, wall, weight }) : null;
}

interface SpillFigures {
  spilled: number;
  volume: number;
  rows: readonly number[];
  wall: number;
  weight: number;
}

function toFinding(run: SparkRun, stage: StageFacts, figures: SpillFigures): Finding {
  const name = `${stage.stageId}.${stage.attempt}`;
  const memory = executionMemory(run, stage);
  const time = duration(figures.wall);
  const spilledBytes = (row: number) => run.tasks.diskSpilledBytes[row] ?? 0;
  const local = run.application.platform === 'local';
  return sparkFinding(run, {
    rule: diskSpill.id,
    kind: figures.weight >= SPARK_THRESHOLDS.observedMinWeight ? 'observed' : 'inferred',
    code: 'memory.spill',
    symptom: 'slow',
    en: `${plural(figures.rows.length, 'task')} of stage ${name} spilled ${bytes(figures.spilled)} to disk because their partitions do not fit into the execution memory of about ${bytes(memory.perTaskBytes)} a task; about ${time.en} of the run (estimated by the run's own write rate)`,
    zh: `阶段 ${name} 有 ${figures.rows.length} 个任务向磁盘溢写 ${bytes(figures.spilled)}：分区放不进每任务约 ${bytes(memory.perTaskBytes)} 的执行内存；约占 ${time.zh}（按本次运行自己的写速率估算）`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [
      ...taskEvidence(keptTaskNear(run, stage, Number.MAX_SAFE_INTEGER, spilledBytes)),
      ...stageEvidence(stage),
      ...settingEvidence(run, memory.key, 'spark.executor.cores', 'spark.sql.shuffle.partitions'),
    ],
    count: figures.rows.length,
    weight: figures.weight,
    values: {
      savedMs: figures.wall,
      diskSpilledBytes: figures.spilled,
      memorySpilledBytes: stage.memorySpilledBytes?.sum,
      spilledTasks: figures.rows.length,
      stageVolumeBytes: figures.volume,
      executionMemoryPerTaskBytes: memory.perTaskBytes,
      neededMemoryPerTaskBytes: memory.neededBytes,
      heapBytes: memory.heapBytes,
      ...(local ? {} : { [memory.key]: settingSize(memory.suggestedHeapBytes) }),
      ...suggestedPartitions(run, stage, memory),
      localDir: settingOf(run, 'spark.local.dir'),
    },
  });
}

interface ExecutionMemory {
  key: string;
  heapBytes: number;
  perTaskBytes: number;
  neededBytes: number;
  suggestedHeapBytes: number;
}

/** Execution memory of one task (`spark.memory.fraction` of the heap less 300 MB, divided by tasks at once) and the need. */
function executionMemory(run: SparkRun, stage: StageFacts): ExecutionMemory {
  const key = run.application.platform === 'local' ? 'spark.driver.memory' : 'spark.executor.memory';
  const heapBytes = sizeSetting(run, key, 1024 * MIB, 'm');
  const fraction = Number(settingOf(run, 'spark.memory.fraction') ?? '0.6');
  const share = fraction > 0 && fraction <= 1 ? fraction : 0.6;
  const cores = largest(
    run.executors.map((executor) => executor.cores),
    1,
  );
  const atOnce = Math.max(1, Math.floor(cores / Math.max(1, countSetting(run, 'spark.task.cpus', 1))));
  const perTaskBytes = Math.max(0, ((heapBytes - RESERVED_BYTES) * share) / atOnce);
  const neededBytes = Math.max(
    (stage.peakExecutionMemoryBytes?.max ?? 0) + (stage.memorySpilledBytes?.max ?? 0),
    perTaskBytes + (stage.memorySpilledBytes?.max ?? 0),
  );
  const roomy = ((neededBytes * atOnce) / share + RESERVED_BYTES) * 1.1;
  return { key, heapBytes, perTaskBytes, neededBytes, suggestedHeapBytes: Math.ceil(roomy / (64 * MIB)) * 64 * MIB };
}

/** More and smaller shuffle partitions with which a partition fits, for stages that read a shuffle. */
function suggestedPartitions(run: SparkRun, stage: StageFacts, memory: ExecutionMemory): Record<string, number> {
  if ((stage.shuffleReadBytes?.sum ?? 0) === 0 || memory.perTaskBytes <= 0) return {};
  const factor = Math.ceil((memory.neededBytes * 1.1) / memory.perTaskBytes);
  const now = Math.max(stage.taskCount, countSetting(run, 'spark.sql.shuffle.partitions', 200));
  return factor > 1 ? { suggestedShufflePartitions: now * factor } : {};
}
