import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, count, duration, percent, plural } from '../../evidence/spoken-figures.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts } from '../facts.ts';
import { largest } from '../measures/extent.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { metricOf, planSegments } from '../measures/plan-segments.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { planNodeEvidence, settingEvidence, spoken } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding } from '../measures/spark-finding.ts';
import { settingOf } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const COMMITTER = 'spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version';

/**
 * The last task of a write is done, yet its query ends much later: the driver commits, file by file. Many small files in
 * that write make it the files' number; a long commit of few files only says that the store is slow to rename.
 */
export const slowCommit: Rule<SparkRun> = {
  id: 'spark/slow-commit',
  area: 'spark',
  codes: ['data.small_files'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    return heaviest(run.sqlExecutions.flatMap((sql) => judgeWrite(run, clock, sql)));
  },
};

/** A write command's node and what the driver counted for it. */
interface WriteFigures {
  node: PlanNode;
  files: number;
  writtenBytes: number | null;
  partitions: number | null;
  commitMs: number;
  from: number;
}

function judgeWrite(run: SparkRun, clock: RunClock, sql: SqlExecutionFacts): Finding[] {
  const write = writeOf(run, sql);
  if (!write || write.commitMs < SPARK_THRESHOLDS.commitMinMs) return [];
  const weight = weightOf(clock, write.commitMs);
  return weight > 0 ? [toFinding(run, sql, write, weight)] : [];
}

function writeOf(run: SparkRun, sql: SqlExecutionFacts): WriteFigures | null {
  const node = planSegments(sql)
    .flatMap(({ nodes }) => nodes)
    .find((candidate) => metricOf(candidate, 'number of written files') !== null);
  if (!node || sql.endedAt === null) return null;
  const jobs = run.jobs.filter((job) => job.sqlExecutionId === sql.id && job.endedAt !== null);
  const lastJobEnd = largest(jobs.map((job) => job.endedAt ?? 0));
  if (jobs.length === 0 || jobs.some((job) => job.result !== 'succeeded')) return null;
  const nextJob = run.jobs.reduce(
    (at, { sqlExecutionId, submittedAt }) =>
      sqlExecutionId !== sql.id && submittedAt !== null && submittedAt >= lastJobEnd ? Math.min(at, submittedAt) : at,
    sql.endedAt,
  );
  const gap = Math.max(0, nextJob - lastJobEnd);
  const told = metricOf(node, 'job commit time');
  return {
    node,
    files: metricOf(node, 'number of written files') ?? 0,
    writtenBytes: metricOf(node, 'written output'),
    partitions: metricOf(node, 'number of dynamic part'),
    commitMs: told === null ? gap : Math.min(told, Math.max(gap, 0)),
    from: lastJobEnd,
  };
}

function toFinding(run: SparkRun, sql: SqlExecutionFacts, write: WriteFigures, weight: number): Finding {
  const t = SPARK_THRESHOLDS;
  const { files, partitions, writtenBytes } = write;
  const average = writtenBytes !== null && files > 0 ? writtenBytes / files : null;
  const many = files >= t.manyFiles && (average === null || average < t.smallFileBytes);
  const scattered = partitions !== null && partitions > 0 && files >= partitions * t.filesPerPartition;
  const proven = many && weight >= t.observedMinWeight && (files >= t.manyFilesObserved || scattered);
  const time = duration(write.commitMs);
  const [into, intoZh] =
    partitions !== null && partitions > 0
      ? [` into ${plural(partitions, 'partition')}`, `，分属 ${count(partitions)} 个分区`]
      : ['', ''];
  const [size, sizeZh] = average === null ? ['', ''] : [`, ${bytes(average)} each`, `，平均 ${bytes(average)}`];
  return sparkFinding(run, {
    rule: slowCommit.id,
    kind: proven ? 'observed' : 'inferred',
    ...(many ? { code: 'data.small_files' as const } : {}),
    symptom: 'slow',
    en: `After its last task the write of query ${sql.id} takes ${time.en} (${percent(weight)} of the run) to commit ${plural(files, 'file')}${into}${size} on the driver`,
    zh: `查询 ${sql.id} 的写入在最后一个任务结束后，驱动端还用了 ${time.zh}（占运行的 ${percent(weight)}）提交 ${count(files)} 个文件${intoZh}${sizeZh}`,
    keys: { sqlExecutionId: sql.id },
    at: write.from,
    until: sql.endedAt,
    evidence: [
      ...spoken(sql.quotes.driverMetrics.at(-1), sql.endedAt),
      ...spoken(run.jobs.filter((job) => job.sqlExecutionId === sql.id).at(-1)?.quotes.end, write.from),
      ...spoken(sql.quotes.end, sql.endedAt),
      ...planNodeEvidence(sql, write.node),
      ...settingEvidence(run, COMMITTER, 'spark.sql.sources.commitProtocolClass'),
    ],
    weight,
    values: {
      savedMs: write.commitMs,
      commitMs: write.commitMs,
      writtenFiles: files,
      writtenBytes,
      bytesPerFile: average,
      outputPartitions: partitions,
      filesPerPartition: partitions ? files / partitions : null,
      committerVersion: settingOf(run, COMMITTER),
    },
  });
}
