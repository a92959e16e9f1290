import type { Finding } from '../../../../tools/evidence/finding.ts';
import { count, duration, plural } from '../../../../tools/evidence/spoken-figures.ts';
import type { PlanNode, SparkRun, SqlExecutionFacts } from '../../../../tools/spark/facts.ts';
import { planNodes } from '../../../../tools/spark/measures/plan-nodes.ts';
import { planNodeEvidence, spoken } from '../../../../tools/spark/measures/spark-evidence.ts';
import type { LedgerAccount } from '../../ledger-accounts.ts';
import type { ComparedRuns, RunComparison } from '../run-comparison.ts';
import { taskCount } from '../setting-effects.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, figuresOf, grownMs, isSlower, matters } from './comparison-rule.ts';
import { spokenInput } from './input-grew.ts';

/**
 * Many more files for the same data: written, each of them opened by a task and committed by the driver; or read, each of them
 * to be listed and opened. A commit that takes longer for the same files is another matter.
 */
export const moreFiles: ComparisonRule = {
  id: 'comparison/more-files',
  codes: ['data.small_files'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const found = [written(comparison, runs), read(comparison, runs)].flatMap((finding) => finding ?? []);
    return found.sort((a, b) => b.weight - a.weight).slice(0, 1);
  },
};

function written(comparison: RunComparison, runs: ComparedRuns): Finding | null {
  const committing = grownMs(comparison, 'commit');
  const now = filesWritten(runs.slow.run);
  const usual = filesWritten(runs.reference.run);
  if (!now || !usual || now.files < usual.files * COMPARISON_THRESHOLDS.filesGrew) return null;
  const writing = writingMs(comparison, runs, now.files / usual.files);
  const grown = committing + Math.max(writing, Math.min(grownMs(comparison, 'compute'), committing * 0.25));
  if (!matters(comparison, committing) && !matters(comparison, writing)) return null;
  const { slowMs, usualMs } = figuresOf(comparison, 'commit');
  const [commit, before, tasks] = [duration(slowMs), duration(usualMs), duration(writing)];
  const [program] = comparison.changes.filter(({ what }) => what === 'code');
  const changed = program ? `${program.name}: ${program.from ?? '–'} → ${program.to ?? '–'}` : null;
  const opened =
    writing > 0
      ? {
          en: `; opening and closing them in the tasks took ${tasks.en} longer`,
          zh: `；任务中打开和关闭这些文件多用 ${tasks.zh}`,
        }
      : { en: '', zh: '' };
  return comparisonFinding(comparison, runs, {
    rule: moreFiles.id,
    kind: 'observed',
    code: 'data.small_files',
    en: `The run wrote ${plural(now.files, 'file')}, usually ${count(usual.files)}, for as many rows${opened.en}; committing them took ${commit.en}, usually ${before.en}${changed ? `; the program changed: ${changed}` : ''}`,
    zh: `本次写出 ${count(now.files)} 个文件，平时 ${count(usual.files)} 个，行数相当${opened.zh}；提交用了 ${commit.zh}，平时 ${before.zh}${changed ? `；程序有变化：${changed}` : ''}`,
    keys: { sqlExecutionId: now.sql.id },
    evidence: [
      ...metricLines(now.sql),
      ...metricLines(usual.sql),
      ...spoken(now.sql.quotes.end, now.sql.endedAt),
      ...(program ? [...program.evidence] : []),
    ],
    explainsMs: grown,
    values: {
      filesWritten: now.files,
      usualFilesWritten: usual.files,
      commitMs: slowMs,
      usualCommitMs: usualMs,
      ...(writing > 0 ? { writingGrewMs: writing } : {}),
    },
  });
}

/** Accounts in which a task opens, writes and closes its files; what it waits for before has others. */
const OF_WRITING: readonly LedgerAccount[] = ['compute', 'gc', 'spill'];

/**
 * How much longer the stages that write take for as many rows: each file is opened, buffered and closed by a task, long before
 * the commit. The same rows in and out, or the time is another matter's; and many more files for each task, or it is the number
 * of tasks that made the files.
 */
function writingMs(comparison: RunComparison, { slow, reference }: ComparedRuns, moreFiles: number): number {
  const [main] = comparison.stages;
  if (main?.match !== 'both' || (main.workRatio ?? 1) >= COMPARISON_THRESHOLDS.inputGrew) return 0;
  const moreTasks = taskCount(slow.run, main.slowRows) / Math.max(1, taskCount(reference.run, main.baseRows));
  if (moreFiles < COMPARISON_THRESHOLDS.manyMoreFiles * Math.max(1, moreTasks)) return 0;
  const rows = (run: SparkRun, of: readonly number[]) => run.stages[of.at(-1) ?? -1]?.outputRecords?.sum ?? 0;
  const [now, usual] = [rows(slow.run, main.slowRows), rows(reference.run, main.baseRows)];
  if (now <= 0 || usual <= 0 || now > usual * COMPARISON_THRESHOLDS.inputGrew) return 0;
  return main.accounts.reduce(
    (ms, { account, deltaMs }) => (OF_WRITING.includes(account) ? ms + Math.max(0, deltaMs) : ms),
    0,
  );
}

function read(comparison: RunComparison, runs: ComparedRuns): Finding | null {
  const more = comparison.changes.find(
    ({ what, name, ratio }) =>
      what === 'input' && / files$/.test(name) && (ratio ?? 0) >= COMPARISON_THRESHOLDS.filesGrew,
  );
  const listing = listingMs(runs.slow.run) - listingMs(runs.reference.run);
  const grown = grownMs(comparison, 'driver', 'scheduling', 'serialisation', 'input_wait', 'compute');
  const size = more && comparison.changes.find(({ name }) => name === more.name.replace(/ files$/, ' bytes'));
  if (more && size && (size.ratio ?? 1) >= (more.ratio ?? 1) * 0.6) return null;
  const explainsMs = more ? Math.max(listing, grown) : Math.max(0, listing);
  if ((!more && listing <= 0) || !matters(comparison, explainsMs)) return null;
  const lost = duration(explainsMs);
  const files = more ? spokenInput(more) : null;
  const listed = duration(Math.max(0, listing));
  return comparisonFinding(comparison, runs, {
    rule: moreFiles.id,
    kind: more ? 'observed' : 'inferred',
    code: 'data.small_files',
    en: `${files ? `The same data lies in more files: ${files}; ` : ''}listing them took ${listed.en} longer; listing and opening files cost up to ${lost.en}`,
    zh: `${files ? `同样的数据分散在更多文件中：${files}；` : ''}列举多用 ${listed.zh}；列举和打开文件最多多用 ${lost.zh}`,
    evidence: [
      ...(more ? [...more.evidence] : []),
      ...listingLines(runs.slow.run),
      ...listingLines(runs.reference.run),
    ],
    explainsMs: explainsMs * 0.95,
    values: {
      relation: more?.name ?? null,
      files: more ? Number(more.to) : null,
      usualFiles: more ? Number(more.from) : null,
      listingGrewMs: listing,
    },
  });
}

/** Jobs by which the driver lists folders in parallel (`InMemoryFileIndex`, 2.x to 4.x). */
const LISTING = /^Listing leaf files and directories/;

function listingMs(run: SparkRun): number {
  const jobs = run.jobs
    .filter((job) => LISTING.test(job.description ?? ''))
    .reduce((ms, job) => ms + Math.max(0, (job.endedAt ?? 0) - (job.submittedAt ?? 0)), 0);
  const metadata = run.sqlExecutions.flatMap((sql) => (sql.plan ? [metricSum(sql.plan, 'metadata time')] : []));
  return jobs + metadata.reduce((sum, ms) => sum + ms, 0);
}

function listingLines(run: SparkRun) {
  const job = run.jobs.find(({ description }) => LISTING.test(description ?? ''));
  return job ? [...spoken(job.quotes.start, job.submittedAt), ...spoken(job.quotes.end, job.endedAt)] : [];
}

/** The execution that wrote most files; `null` when no plan tells. */
function filesWritten(run: SparkRun): { files: number; sql: SqlExecutionFacts } | null {
  let most: { files: number; sql: SqlExecutionFacts } | null = null;
  for (const sql of run.sqlExecutions) {
    const files = sql.plan ? metricSum(sql.plan, 'number of written files') : 0;
    if (files > (most?.files ?? 0)) most = { files, sql };
  }
  return most;
}

function metricSum(root: PlanNode, name: string): number {
  let sum = 0;
  for (const { metrics } of planNodes(root)) sum += Object.hasOwn(metrics, name) ? (metrics[name]?.value ?? 0) : 0;
  return sum;
}

/** The driver's own metrics of a query, else the plan's node that writes. */
function metricLines(sql: SqlExecutionFacts) {
  const last = sql.quotes.driverMetrics.at(-1);
  if (last) return spoken(last, sql.endedAt);
  return sql.plan ? planNodeEvidence(sql, sql.plan) : [];
}
