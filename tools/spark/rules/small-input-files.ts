import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, count, duration, plural } from '../../evidence/spoken-figures.ts';
import type { JobFacts, PlanNode, SparkRun, SqlExecutionFacts } from '../facts.ts';
import { cpuMsOf, ownRunMs } from '../measures/compare-hosts.ts';
import { largest } from '../measures/extent.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { metricOf, planSegments, segmentsOfStage } from '../measures/plan-segments.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { succeededRows, wallOf } from '../measures/run-measures.ts';
import { planNodeEvidence, spoken } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding } from '../measures/spark-finding.ts';
import { unionMs } from '../measures/time-union.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/** `InMemoryFileIndex`/`HadoopFSUtils` 2.1 to 4.0 describe their listing jobs so; folders follow behind a `<br/>`. */
const LISTING = /^Listing leaf files and directories for (\d{1,9}) paths/;

/**
 * Files are many and small: jobs that only list folders, long reading of metadata on the driver, and scans whose tasks wait
 * more than they work. The listing is measured; the waiting in the scan is a suspicion.
 */
export const smallInputFiles: Rule<SparkRun> = {
  id: 'spark/small-input-files',
  area: 'spark',
  codes: ['data.small_files'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const scans = run.sqlExecutions.flatMap((sql) => judgeScans(run, clock, sql));
    return heaviest([...judgeListing(run, clock), ...scans]);
  },
};

function listedPaths(job: JobFacts): number | null {
  const match = LISTING.exec(job.description ?? '');
  return match ? Number(match[1]) : null;
}

function judgeListing(run: SparkRun, clock: RunClock): Finding[] {
  const jobs = run.jobs.filter((job) => listedPaths(job) !== null && job.submittedAt !== null && job.endedAt !== null);
  const spent = unionMs(jobs.map((job) => [job.submittedAt ?? 0, job.endedAt ?? 0]));
  const weight = weightOf(clock, spent);
  if (spent < SPARK_THRESHOLDS.listingMinMs || weight === 0) return [];
  const paths = jobs.reduce((sum, job) => sum + (listedPaths(job) ?? 0), 0);
  const time = duration(spent);
  const first = jobs.reduce((a, b) => ((a.submittedAt ?? 0) <= (b.submittedAt ?? 0) ? a : b));
  return [
    sparkFinding(run, {
      rule: smallInputFiles.id,
      kind: weight >= SPARK_THRESHOLDS.observedMinWeight ? 'observed' : 'inferred',
      code: 'data.small_files',
      symptom: 'slow',
      en: `${plural(jobs.length, 'job')} only for listing ${plural(paths, 'folder')}, ${time.en} of the run: the table has too many folders or files`,
      zh: `有 ${jobs.length} 个作业只在列 ${count(paths)} 个目录，占运行 ${time.zh}：表的目录或文件太多`,
      keys: { jobId: first.id },
      at: first.submittedAt,
      until: largest(jobs.map((job) => job.endedAt ?? 0)),
      evidence: jobs
        .slice(0, 3)
        .flatMap((job) => [...spoken(job.quotes.start, job.submittedAt), ...spoken(job.quotes.end, job.endedAt)]),
      count: jobs.length,
      weight,
      values: { savedMs: spent, listingMs: spent, listedPaths: paths, listingJobs: jobs.length },
    }),
  ];
}

/** Figures of one scan node. */
interface ScanFigures {
  node: PlanNode;
  files: number;
  readBytes: number | null;
  partitions: number | null;
  metadataMs: number;
  waitingMs: number;
}

function judgeScans(run: SparkRun, clock: RunClock, sql: SqlExecutionFacts): Finding[] {
  const nodes = planSegments(sql).flatMap((segment) => segment.nodes);
  const found = nodes.flatMap((node) => {
    const files = metricOf(node, 'number of files read') ?? 0;
    const readBytes = metricOf(node, 'size of files read');
    const small = readBytes === null || readBytes / Math.max(1, files) < SPARK_THRESHOLDS.smallFileBytes;
    if (files < SPARK_THRESHOLDS.manyFiles || !small) return [];
    const scan: ScanFigures = {
      node,
      files,
      readBytes,
      partitions: metricOf(node, 'number of partitions read'),
      metadataMs: metricOf(node, 'metadata time') ?? 0,
      waitingMs: waitingInScan(run, sql, node),
    };
    return [toFinding(run, clock, sql, scan)];
  });
  return found.filter((finding) => finding.weight > 0);
}

/** Wall clock in which the tasks of this scan neither computed nor wrote: opening files, or waiting for the store. */
function waitingInScan(run: SparkRun, sql: SqlExecutionFacts, node: PlanNode): number {
  return run.stages.reduce((sum, stage, index) => {
    const scans = stage.sqlExecutionId === sql.id && (stage.inputRecords?.sum ?? 0) > 0;
    if (!scans || !segmentsOfStage(run, stage).some(({ nodes }) => nodes.includes(node))) return sum;
    const waits = (row: number) => Math.max(0, ownRunMs(run, row) - (cpuMsOf(run, row) ?? ownRunMs(run, row)));
    return sum + wallOf(run, succeededRows(run, index), waits);
  }, 0);
}

function toFinding(run: SparkRun, clock: RunClock, sql: SqlExecutionFacts, scan: ScanFigures): Finding {
  const t = SPARK_THRESHOLDS;
  const average = scan.readBytes === null ? null : scan.readBytes / scan.files;
  const metadata = duration(scan.metadataMs);
  const measured = scan.metadataMs >= t.listingMinMs;
  const tiny = average !== null && average < t.smallFileBytes / 10;
  const spent = scan.metadataMs + (tiny ? scan.waitingMs : 0);
  const weight = weightOf(clock, spent);
  const size = average === null ? '' : ` of ${bytes(average)} on average`;
  const sizeZh = average === null ? '' : `，平均 ${bytes(average)}`;
  return sparkFinding(run, {
    rule: smallInputFiles.id,
    kind: measured && scan.metadataMs >= spent / 2 && weight >= t.observedMinWeight ? 'observed' : 'inferred',
    code: 'data.small_files',
    symptom: 'slow',
    en: `Query ${sql.id} reads ${plural(scan.files, 'file')}${size}; finding them takes ${metadata.en} on the driver before the first task`,
    zh: `查询 ${sql.id} 读取 ${count(scan.files)} 个文件${sizeZh}；在第一个任务开始前，驱动端查找这些文件用了 ${metadata.zh}`,
    keys: { sqlExecutionId: sql.id },
    at: sql.startedAt,
    until: sql.endedAt,
    evidence: [
      ...planNodeEvidence(sql, scan.node),
      ...sql.quotes.driverMetrics.slice(0, 2).flatMap((quote) => spoken(quote, sql.startedAt)),
    ],
    weight,
    values: {
      savedMs: spent,
      files: scan.files,
      readBytes: scan.readBytes,
      bytesPerFile: average,
      partitionsRead: scan.partitions,
      metadataMs: scan.metadataMs,
      waitingInScanMs: scan.waitingMs,
    },
  });
}
