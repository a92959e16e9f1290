import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { JobFacts, PlanNode, SparkRun, SqlExecutionFacts } from '../facts.ts';
import { bytes, duration, percent } from '../measures/figures.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { metricOf, planSegments } from '../measures/plan-segments.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { planNodeEvidence, spoken } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding } from '../measures/spark-finding.ts';
import { gapsIn } from '../measures/time-union.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/** Call sites that bring rows to the driver (Dataset, RDD, PySpark, SparkR). Counting or showing a few rows is none. */
const COLLECTS = /\b(?:collect\w*|toPandas|toLocalIterator|takeOrdered|collectAsMap|getRows\w*|as\.data\.frame)\b/;

/**
 * Long spans of a submitted job in which no job and no query runs: only the driver works. After a job that collected rows
 * it is the program that works on them alone, while every executor waits. Shells and streams wait for people: not judged.
 */
export const driverWork: Rule<SparkRun> = {
  id: 'spark/driver-work',
  area: 'spark',
  codes: ['code.inefficient_plan'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock || run.application.interactive || fromShell(run)) return [];
    const first = Math.min(...run.jobs.map((job) => job.submittedAt ?? Number.POSITIVE_INFINITY));
    if (!Number.isFinite(first)) return [];
    const gaps = gapsIn(first, clock.to, busySpans(run, clock));
    const long = gaps.filter(([from, to]) => to - from >= SPARK_THRESHOLDS.driverGapMinMs);
    const found = long.map(([from, to]) => toFinding(run, clock, from, to));
    return heaviest(found, SPARK_THRESHOLDS.driverGapMinWeight);
  },
};

/** Call sites of a shell or notebook: Scala's `<console>`, Python's `<stdin>` and IPython's cells. */
function fromShell(run: SparkRun): boolean {
  return run.stages.some(({ name }) => /<(?:console|stdin|ipython-input|cell)[^>]{0,80}>|ipykernel/.test(name));
}

/** Spans with a job or a query; a query holds its commit too, which is another rule's business. */
function busySpans(run: SparkRun, clock: RunClock): [number, number][] {
  const spans: [number, number][] = [];
  for (const { submittedAt, endedAt } of run.jobs)
    if (submittedAt !== null) spans.push([submittedAt, endedAt ?? clock.to]);
  for (const sql of run.sqlExecutions) {
    // A collecting query ends with its rows handed over; nested or never-ended ones would hide everything behind them.
    if (sql.startedAt !== null && sql.endedAt !== null) spans.push([sql.startedAt, sql.endedAt]);
  }
  return spans;
}

function toFinding(run: SparkRun, clock: RunClock, from: number, to: number): Finding {
  const before = jobBefore(run, from);
  const after = jobAfter(run, to);
  const collected = before !== null && collects(run, before);
  const resultBytes = before === null ? 0 : resultBytesOf(run, before);
  const localScan = after === null ? null : scanOfDriverRows(run, after);
  const writtenBack = localScan !== null;
  const executors = run.executors.filter(
    (executor) => executor.id !== 'driver' && (executor.addedAt ?? 0) <= from && (executor.removedAt ?? to) >= to,
  );
  const proven = collected && (writtenBack || resultBytes >= SPARK_THRESHOLDS.collectedBytes);
  const time = duration(to - from);
  const weight = weightOf(clock, to - from);
  const site = before?.description ?? '';
  const name = site.slice(0, 80);
  const [idle, idleZh] =
    executors.length > 0
      ? [`, ${executors.length} executors idle`, `，${executors.length} 个 executor 空等`]
      : ['', ''];
  const [back, backZh] = writtenBack
    ? ['; the next job reads rows that the driver made', '；下一个作业读的就是驱动生成的数据']
    : ['', ''];
  const en = collected
    ? `After job ${before?.id} brought ${bytes(resultBytes)} to the driver (${name}) no job ran for ${time.en}: the program worked on the driver alone${idle}${back}`
    : `No job and no query ran for ${time.en}: only the driver worked${idle}`;
  const zh = collected
    ? `作业 ${before?.id} 把 ${bytes(resultBytes)} 拉到驱动（${name}）之后，有 ${time.zh}没有任何作业：程序只在驱动上干活${idleZh}${backZh}`
    : `有 ${time.zh}没有任何作业和查询：只有驱动在干活${idleZh}`;
  return sparkFinding(run, {
    rule: driverWork.id,
    kind: proven && weight >= SPARK_THRESHOLDS.observedMinWeight ? 'observed' : 'inferred',
    ...(collected ? { code: 'code.inefficient_plan' as const } : {}),
    symptom: 'slow',
    en,
    zh,
    keys: before ? { jobId: before.id } : {},
    at: from,
    until: to,
    evidence: [
      ...spoken(before?.quotes.end, from),
      ...spoken(before?.quotes.start, before?.submittedAt ?? null),
      ...spoken(after?.quotes.start ?? run.application.quotes.end, to),
      ...(localScan ? planNodeEvidence(localScan.sql, localScan.node) : []),
    ],
    weight,
    values: {
      savedMs: to - from,
      driverOnlyMs: to - from,
      collectedBytes: resultBytes,
      callSite: site.slice(0, 200),
      idleExecutors: executors.length,
      shareOfRun: percent((to - from) / clock.ms),
    },
    refutes: executors.length > 0 ? waitingRefuted(executors.length) : [],
  });
}

function waitingRefuted(executors: number): Finding['refutes'] {
  const why = {
    en: `${executors} executors were there all that time and no job was submitted to them`,
    zh: `这段时间 ${executors} 个 executor 一直都在，只是没有作业提交给它们`,
  };
  return (['scheduling.insufficient_resources', 'scheduling.dynamic_allocation'] as const).map((code) => ({
    code,
    why,
  }));
}

function jobBefore(run: SparkRun, at: number): JobFacts | null {
  const ended = run.jobs.filter((job) => job.endedAt !== null && job.endedAt <= at);
  return ended.reduce<JobFacts | null>((last, job) => ((job.endedAt ?? 0) >= (last?.endedAt ?? 0) ? job : last), null);
}

function jobAfter(run: SparkRun, at: number): JobFacts | null {
  const later = run.jobs.filter((job) => job.submittedAt !== null && job.submittedAt >= at);
  return later.reduce<JobFacts | null>(
    (first, job) => (first && (first.submittedAt ?? 0) <= (job.submittedAt ?? 0) ? first : job),
    null,
  );
}

function collects(run: SparkRun, job: JobFacts): boolean {
  const stage = run.stages.findLast(({ jobIds }) => jobIds.includes(job.id));
  const sql = run.sqlExecutions.find(({ id }) => id === job.sqlExecutionId);
  return [job.description, stage?.name, sql?.description].some((text) => COLLECTS.test(text ?? ''));
}

/** Result bytes of the job's last stage: what its tasks sent to the driver. */
function resultBytesOf(run: SparkRun, job: JobFacts): number {
  const stages = run.stages.filter(({ jobIds }) => jobIds.includes(job.id));
  return Math.max(0, ...stages.map((stage) => stage.resultBytes?.sum ?? 0));
}

/** The scan of rows that the driver holds, where a query reads nothing else: a local table or an RDD of a local collection. */
function scanOfDriverRows(run: SparkRun, job: JobFacts): { sql: SqlExecutionFacts; node: PlanNode } | null {
  const sql = run.sqlExecutions.find(({ id }) => id === job.sqlExecutionId);
  const nodes = sql ? planSegments(sql).flatMap((segment) => segment.nodes) : [];
  const node = nodes.find(({ name }) => /^(?:LocalTableScan|Scan ExistingRDD)/.test(name));
  const files = nodes.some((candidate) => metricOf(candidate, 'number of files read') !== null);
  return sql && node && !files ? { sql, node } : null;
}
