import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, count, duration, percent, plural } from '../../evidence/spoken-figures.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts, StageFacts } from '../facts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { segmentsOfStage, withoutIds } from '../measures/plan-segments.ts';
import { median, quantile } from '../measures/quantile.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { durationOf, succeededRows } from '../measures/run-measures.ts';
import { savedByCapping } from '../measures/saved-time.ts';
import {
  keptTask,
  keptTaskNear,
  planNodeEvidence,
  settingEvidence,
  stageEvidence,
  taskEvidence,
} from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { adaptiveEnabled, booleanSetting, sizeSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const MIB = 1024 * 1024;
const AQE_THRESHOLD = 'spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes';
const AQE_ADVISORY = 'spark.sql.adaptive.advisoryPartitionSizeInBytes';

/**
 * A few tasks of a stage hold far more rows (or as many, but far bigger ones) than the others and last longer in proportion.
 * The time per row or byte decides: equal to the median's, the volume alone explains the time and the host, the disk and the
 * network are no longer suspects.
 */
export const dataSkew: Rule<SparkRun> = {
  id: 'spark/data-skew',
  area: 'spark',
  codes: ['skew.join_key', 'skew.partition_sizing'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index));
    return heaviest(found.filter((finding) => finding !== null));
  },
};

/** What the long task is compared by. */
interface Skew {
  side: Side;
  row: number;
  rows: number[];
  longRows: number[];
  medianMs: number;
  p75Ms: number;
  /** Rows, or bytes for the side `bytes`. */
  medianAmount: number;
  totalAmount: number;
  /** Time for a row (byte) of the long task over the median's. */
  perRecordFactor: number | null;
}

/**
 * Rows a task read; the rows it made of them (a key that is frequent on both sides of a join multiplies); or the bytes it read:
 * rows that hold whole arrays, maps or documents are as many in each task and yet one of them is most of the data.
 */
type Side = 'read' | 'made' | 'bytes';

function amountOf(run: SparkRun, row: number, side: Side): number {
  const { tasks } = run;
  if (side === 'bytes') return bytesOf(run, row);
  return side === 'read'
    ? (tasks.shuffleReadRecords[row] ?? 0) + (tasks.inputRecords[row] ?? 0)
    : (tasks.shuffleWriteRecords[row] ?? 0) + (tasks.outputRecords[row] ?? 0);
}

function bytesOf(run: SparkRun, row: number): number {
  return (run.tasks.shuffleReadBytes[row] ?? 0) + (run.tasks.inputBytes[row] ?? 0);
}

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number): Finding | null {
  const skew = findSkew(run, index, 'read') ?? findSkew(run, index, 'made') ?? findSkew(run, index, 'bytes');
  if (!skew) return null;
  const long = new Set(skew.longRows);
  const saved = savedByCapping(run, index, (row) => (long.has(row) ? skew.p75Ms : Number.POSITIVE_INFINITY));
  const weight = weightOf(clock, saved);
  return weight > 0 ? toFinding(run, stage, skew, saved, weight) : null;
}

function findSkew(run: SparkRun, index: number, side: Side): Skew | null {
  const t = SPARK_THRESHOLDS;
  const rows = succeededRows(run, index);
  if (rows.length < t.tailMinTasks) return null;
  const times = rows.map((row) => durationOf(run, row));
  const amounts = rows.map((row) => amountOf(run, row, side));
  const [medianMs, medianAmount] = [median(times), median(amounts)];
  const totalAmount = amounts.reduce((sum, value) => sum + value, 0);
  const ratio =
    side === 'bytes'
      ? t.skewByteRatio
      : (t.skewRecordRatios.find(({ upTo }) => medianAmount <= upTo)?.ratio ?? t.longTaskRatio);
  const minAmount = medianAmount > 0 ? medianAmount * ratio : totalAmount * t.skewShareOfRecords;
  const longRows = rows.filter((row) => {
    const ms = durationOf(run, row);
    return (
      ms >= t.longTaskMinMs && ms >= medianMs * t.longTaskRatio && amountOf(run, row, side) >= Math.max(1, minAmount)
    );
  });
  const [row] = longRows.sort((a, b) => durationOf(run, b) - durationOf(run, a));
  if (row === undefined || longRows.length * 2 > rows.length) return null;
  const perRecordFactor = perRecord(run, rows, { row, side, medianAmount });
  if (perRecordFactor !== null && perRecordFactor > t.skewPerRecordRefuted) return null;
  return {
    side,
    row,
    rows,
    longRows,
    medianMs,
    p75Ms: quantile(times, 0.75),
    medianAmount,
    totalAmount,
    perRecordFactor,
  };
}

/** Run time per record (byte) of the long task over that of the median task; `null` when the median task has none. */
function perRecord(
  run: SparkRun,
  rows: readonly number[],
  { row, side, medianAmount }: Pick<Skew, 'row' | 'side' | 'medianAmount'>,
): number | null {
  const medianRunMs = median(rows.map((other) => run.tasks.runMs[other] ?? 0));
  if (medianAmount <= 0 || medianRunMs <= 0) return null;
  const own = (run.tasks.runMs[row] ?? 0) / amountOf(run, row, side);
  return own / (medianRunMs / medianAmount);
}

function toFinding(run: SparkRun, stage: StageFacts, skew: Skew, saved: number, weight: number): Finding {
  const t = SPARK_THRESHOLDS;
  const fromShuffle = (run.tasks.shuffleReadRecords[skew.row] ?? 0) > (run.tasks.inputRecords[skew.row] ?? 0);
  const factor = skew.perRecordFactor;
  const proportional = factor !== null && factor >= t.skewPerRecordLow && factor <= t.skewPerRecordHigh;
  const task = keptTask(run, skew.row);
  const usualTask = keptTaskNear(run, stage, skew.medianMs, (row) => durationOf(run, row));
  const id = run.tasks.taskId[skew.row] ?? 0;
  return sparkFinding(run, {
    rule: dataSkew.id,
    kind: proportional && fromShuffle && weight >= t.observedMinWeight ? 'observed' : 'inferred',
    code: fromShuffle ? 'skew.join_key' : 'skew.partition_sizing',
    symptom: 'slow',
    ...wordsFor(run, skew, `${stage.stageId}.${stage.attempt}`, fromShuffle),
    keys: { ...stageKeys(stage), taskId: id, ...(task ? { executorId: task.executorId, host: task.host } : {}) },
    at: run.tasks.launchedAt[skew.row] ?? null,
    until: run.tasks.finishedAt[skew.row] ?? null,
    evidence: [
      ...taskEvidence(task),
      ...(usualTask && usualTask.row !== skew.row ? taskEvidence(usualTask) : []),
      ...stageEvidence(stage),
      ...joinsOf(run, stage)
        .slice(0, 1)
        .flatMap(({ sql, node }) => planNodeEvidence(sql, node)),
      ...settingEvidence(run, AQE_THRESHOLD, 'spark.sql.adaptive.skewJoin.enabled', 'spark.sql.adaptive.enabled'),
    ],
    count: skew.longRows.length,
    weight,
    values: skewValues(run, stage, skew, saved),
    refutes: proportional ? hostRefutations(factor) : [],
  });
}

function wordsFor(run: SparkRun, skew: Skew, stage: string, fromShuffle: boolean): { en: string; zh: string } {
  const id = run.tasks.taskId[skew.row] ?? 0;
  const [ms, usual] = [duration(durationOf(run, skew.row)), duration(skew.medianMs)];
  const amount = amountOf(run, skew.row, skew.side);
  const share = percent(amount / skew.totalAmount);
  const before = {
    en: `Task ${id} of stage ${stage} ran ${ms.en}, the median task ${usual.en}`,
    zh: `阶段 ${stage} 的任务 ${id} 跑了 ${ms.zh}，中位任务 ${usual.zh}`,
  };
  if (skew.side === 'bytes') {
    const [own, all, each] = [bytes(amount), bytes(skew.totalAmount), bytes(skew.medianAmount)];
    const why = fromShuffle
      ? { en: 'the rows of one or few keys are far bigger', zh: '少数键的行大得多' }
      : { en: 'the input is split unevenly', zh: '输入切分不均' };
    return {
      en: `${before.en}: it alone read ${own} of the stage's ${all} (${share}; the median task ${each}) in about as many records, so ${why.en}`,
      zh: `${before.zh}：它一个就读了该阶段 ${all} 中的 ${own}（${share}；中位任务 ${each}），记录数却相近，说明${why.zh}`,
    };
  }
  const [own, all, each] = [count(amount), count(skew.totalAmount), count(skew.medianAmount)];
  const [why, whyZh] = fromShuffle
    ? ['one key or a few keys hold most rows', '少数键占了大部分行']
    : ['the input is split unevenly', '输入切分不均'];
  const [verb, verbZh] = skew.side === 'read' ? ['read', '读了'] : ['made', '产出了'];
  return {
    en: `${before.en}: it alone ${verb} ${own} of the stage's ${plural(skew.totalAmount, 'record')} (${share}; the median task ${each}), so ${why}`,
    zh: `${before.zh}：它一个就${verbZh}该阶段 ${all} 条记录中的 ${own} 条（${share}；中位任务 ${each} 条），说明${whyZh}`,
  };
}

function hostRefutations(factor: number): Finding['refutes'] {
  const times = factor.toFixed(1);
  const why = {
    en: `the long task needed ${times} times the usual time per record, so its host, disk and CPU are no slower than elsewhere`,
    zh: `长任务每条记录的用时是平常的 ${times} 倍，所以它所在的主机、磁盘和 CPU 并不比别处慢`,
  };
  return (['kernel.cpu_contention', 'storage.slow_disk'] as const).map((code) => ({ code, why }));
}

/** Figures, and the settings with which adaptive execution would have split this partition (Spark 3.x, OptimizeSkewedJoin). */
function skewValues(run: SparkRun, stage: StageFacts, skew: Skew, saved: number): Record<string, number | string> {
  const taskBytes = bytesOf(run, skew.row);
  const medianBytes = median(skew.rows.map((row) => bytesOf(run, row)));
  const thresholdBytes = sizeSetting(run, AQE_THRESHOLD, 256 * MIB);
  const enabled = adaptiveEnabled(run) && booleanSetting(run, 'spark.sql.adaptive.skewJoin.enabled', true);
  const records = skew.rows.map((row) => amountOf(run, row, skew.side === 'made' ? 'made' : 'read'));
  const taskRecords = amountOf(run, skew.row, skew.side === 'made' ? 'made' : 'read');
  const stageRecords = records.reduce((sum, value) => sum + value, 0);
  const values: Record<string, number | string> = {
    savedMs: saved,
    taskMs: durationOf(run, skew.row),
    medianTaskMs: skew.medianMs,
    taskRecords,
    side: skew.side,
    medianTaskRecords: median(records),
    stageRecords,
    ...(stageRecords > 0 ? { shareOfRecords: taskRecords / stageRecords } : {}),
    taskBytes,
    medianTaskBytes: medianBytes,
    longTasks: skew.longRows.length,
    aqeSkewJoinEnabled: String(enabled),
    aqeSkewThresholdBytes: thresholdBytes,
    aqeSkewThresholdReached: String(taskBytes > thresholdBytes),
  };
  if (skew.perRecordFactor !== null) values.timePerRecordFactor = skew.perRecordFactor;
  const joined = joinKeysOf(run, stage);
  if (joined) values.joinKeys = joined;
  if (joined && taskBytes < thresholdBytes && taskBytes > 0) {
    const wanted = Math.max(medianBytes * 2, Math.floor(taskBytes / 2));
    values[AQE_THRESHOLD] = wholeSize(wanted);
    values[AQE_ADVISORY] = wholeSize(Math.max(medianBytes, MIB));
    values.suggestion = `${AQE_THRESHOLD} ${bytes(thresholdBytes)} -> ${wholeSize(wanted)}`;
  }
  return values;
}

/** Rounded up to whole MiB as Spark writes sizes. */
function wholeSize(value: number): string {
  return `${Math.max(1, Math.ceil(value / MIB))}m`;
}

/** The joins of the plan part this stage computed. */
function joinsOf(run: SparkRun, stage: StageFacts): { sql: SqlExecutionFacts; node: PlanNode }[] {
  return segmentsOfStage(run, stage).flatMap(({ sql, nodes }) =>
    nodes.filter(({ name }) => /^(?:Gpu)?(?:SortMergeJoin|ShuffledHashJoin)/.test(name)).map((node) => ({ sql, node })),
  );
}

/** Their keys as `a = b`; empty when the stage joins nothing. */
function joinKeysOf(run: SparkRun, stage: StageFacts): string {
  const keys = joinsOf(run, stage).map(({ node }) =>
    /\[([^\]]{1,200})\], \[([^\]]{1,200})\]/.exec(withoutIds(node.description)),
  );
  const named = keys.flatMap((match) => (match ? [`${match[1]} = ${match[2]}`] : []));
  return [...new Set(named)].slice(0, 3).join('; ');
}
