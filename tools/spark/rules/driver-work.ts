import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { shorten } from '../../evidence/shorten.ts';
import { bytes, duration, percent, plural } from '../../evidence/spoken-figures.ts';
import type { JobFacts, PlanNode, SparkRun, SqlExecutionFacts } from '../facts.ts';
import { largest } from '../measures/extent.ts';
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
    if (!clock || fromShell(run)) return [];
    const first = run.jobs.reduce((at, job) => Math.min(at, job.submittedAt ?? at), Number.POSITIVE_INFINITY);
    if (!Number.isFinite(first)) return [];
    const gaps = gapsIn(first, clock.to, busySpans(run, clock))
      .filter(([from, to]) => to - from >= SPARK_THRESHOLDS.minSavedMs)
      .sort((a, b) => b[1] - b[0] - (a[1] - a[0]))
      .slice(0, MAX_GAPS)
      .map(([from, to]) => gapOf(run, from, to));
    const groups = [gaps.filter(({ collected }) => collected), gaps.filter(({ collected }) => !collected)];
    const found = groups.filter((group) => totalMs(group) >= SPARK_THRESHOLDS.driverGapMinMs);
    return heaviest(
      found.map((group) => toFinding(run, clock, group)),
      SPARK_THRESHOLDS.driverGapMinWeight,
    );
  },
};

/** The longest gaps tell enough; a stream can have a million. */
const MAX_GAPS = 200;

/** A span without any job or query, and the jobs around it. */
interface DriverGap {
  from: number;
  to: number;
  before: JobFacts | null;
  after: JobFacts | null;
  /** The job before it brought rows to the driver. */
  collected: boolean;
}

function gapOf(run: SparkRun, from: number, to: number): DriverGap {
  const before = jobBefore(run, from);
  return { from, to, before, after: jobAfter(run, to), collected: before !== null && collects(run, before) };
}

function totalMs(gaps: readonly DriverGap[]): number {
  return gaps.reduce((sum, { from, to }) => sum + (to - from), 0);
}

/** Call sites of a shell or notebook: Scala's `<console>`, Python's `<stdin>`, IPython's and Databricks' cells. */
const SHELL_SITE = /<(?:console|stdin|ipython-input|cell|command)[^>]{0,80}>|ipykernel/;
/** Call site in a program's own file: `collect at /srv/job.py:10`. */
const SCRIPT_SITE = / at [^<>\n]{1,500}\.py:\d/;

/**
 * Whether people sit at the other end. `python job.py` starts the JVM as `pyspark-shell` like a notebook does, so there the
 * call sites decide: a script's jobs come from its file.
 */
function fromShell(run: SparkRun): boolean {
  if (run.stages.some(({ name }) => SHELL_SITE.test(name))) return true;
  return run.application.interactive && !run.stages.some(({ name }) => SCRIPT_SITE.test(name));
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

/** One finding for all gaps of a kind; the longest one, which comes first, is described. */
function toFinding(run: SparkRun, clock: RunClock, gaps: readonly DriverGap[]): Finding {
  const [longest] = gaps;
  if (!longest) throw new RangeError('driver work without a gap');
  const { from, to, before, after, collected } = longest;
  const resultBytes = before === null ? 0 : resultBytesOf(run, before);
  const localScan = after === null ? null : scanOfDriverRows(run, after);
  const idle = run.executors.filter(
    ({ id, addedAt, removedAt }) => id !== 'driver' && (addedAt ?? 0) <= from && (removedAt ?? to) >= to,
  ).length;
  const spent = totalMs(gaps);
  const weight = weightOf(clock, spent);
  const proven = collected && (localScan !== null || resultBytes >= SPARK_THRESHOLDS.collectedBytes);
  const site = before?.description ?? '';
  return sparkFinding(run, {
    rule: driverWork.id,
    kind: proven && weight >= SPARK_THRESHOLDS.observedMinWeight ? 'observed' : 'inferred',
    ...(collected ? { code: 'code.inefficient_plan' as const } : {}),
    symptom: 'slow',
    ...wordsFor({ gaps, spent, idle, resultBytes, site: shorten(site, 80), localScan: localScan !== null }),
    keys: before ? { jobId: before.id } : {},
    at: from,
    until: to,
    evidence: [
      ...spoken(before?.quotes.end, from),
      ...spoken(before?.quotes.start, before?.submittedAt ?? null),
      ...spoken(after?.quotes.start ?? run.application.quotes.end, to),
      ...(localScan ? planNodeEvidence(localScan.sql, localScan.node) : []),
    ],
    count: gaps.length,
    weight,
    values: {
      savedMs: spent,
      driverOnlyMs: spent,
      longestGapMs: to - from,
      gaps: gaps.length,
      collectedBytes: resultBytes,
      callSite: site.slice(0, 200),
      idleExecutors: idle,
      shareOfRun: percent(spent / clock.ms),
    },
    refutes: idle > 0 ? waitingRefuted(idle) : [],
  });
}

function wordsFor(said: {
  gaps: readonly DriverGap[];
  spent: number;
  idle: number;
  resultBytes: number;
  site: string;
  localScan: boolean;
}): { en: string; zh: string } {
  const { gaps, idle } = said;
  const [longest] = gaps;
  const time = duration(longest ? longest.to - longest.from : 0);
  const whole = duration(said.spent);
  const [beside, besideZh] = idle > 0 ? [`, ${plural(idle, 'executor')} idle`, `，${idle} 个 executor 空等`] : ['', ''];
  const [back, backZh] = said.localScan
    ? ['; the next job reads rows that the driver made', '；下一个作业读的就是驱动生成的数据']
    : ['', ''];
  const [all, allZh] =
    gaps.length > 1
      ? [`; ${gaps.length} such gaps, ${whole.en} in all`, `；这样的空档有 ${gaps.length} 段，合计 ${whole.zh}`]
      : ['', ''];
  if (!longest?.collected) {
    return {
      en: `No job and no query ran for ${time.en}: only the driver worked${beside}${all}`,
      zh: `有 ${time.zh}没有任何作业和查询：只有驱动在干活${besideZh}${allZh}`,
    };
  }
  const size = bytes(said.resultBytes);
  const id = longest.before?.id ?? 0;
  return {
    en: `After job ${id} brought ${size} to the driver (${said.site}) no job ran for ${time.en}: the program worked on the driver alone${beside}${back}${all}`,
    zh: `作业 ${id} 把 ${size} 拉到驱动（${said.site}）之后，有 ${time.zh}没有任何作业：程序只在驱动上干活${besideZh}${backZh}${allZh}`,
  };
}

function waitingRefuted(executors: number): Finding['refutes'] {
  const why = {
    en: `${plural(executors, 'executor')} alive all that time and no job was submitted to them`,
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
  return largest(stages.map((stage) => stage.resultBytes?.sum ?? 0));
}

/** The scan of rows that the driver holds, where a query reads nothing else: a local table or an RDD of a local collection. */
function scanOfDriverRows(run: SparkRun, job: JobFacts): { sql: SqlExecutionFacts; node: PlanNode } | null {
  const sql = run.sqlExecutions.find(({ id }) => id === job.sqlExecutionId);
  const nodes = sql ? planSegments(sql).flatMap((segment) => segment.nodes) : [];
  const node = nodes.find(({ name }) => /^(?:LocalTableScan|Scan ExistingRDD)/.test(name));
  const files = nodes.some((candidate) => metricOf(candidate, 'number of files read') !== null);
  return sql && node && !files ? { sql, node } : null;
}
