import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { JoinKeys } from '../../evidence/join-keys.ts';
import type { Completeness, ExecutorFacts, SparkRun, StageFacts } from '../facts.ts';
import { TASK_STATUS, type TaskTable } from '../task-table.ts';
import { type RunCollector, widen } from './collect-run.ts';
import type { StageRecord } from './collect-stages.ts';
import { rowsByStage, summariseStage } from './summarise-stage.ts';
import type { TaskStrings } from './task-row-of-event.ts';
import { FIELD, ROW_WIDTH, type TaskRows } from './task-rows.ts';
import { taskTableOfRows } from './task-table-of-rows.ts';

/** Counts of what reading saw, beside the events themselves. */
export interface ReadingCounts {
  bytesRead: number;
  lines: number;
  unreadableLines: number;
  openTasks: number;
  compacted: boolean;
  missingParts: readonly number[];
  /** The log's name says that the application still runs. */
  namedInProgress: boolean;
  notes: readonly Bilingual[];
}

/** What reading one run gathered. */
export interface GatheredRun {
  sources: readonly string[];
  collector: RunCollector;
  rows: TaskRows;
  strings: TaskStrings;
  counts: ReadingCounts;
}

/** The facts of a run out of what was gathered; kept tasks are added by the caller, who can read lines again. */
export function assembleRun(gathered: GatheredRun): SparkRun {
  const { collector, rows, strings, counts } = gathered;
  const { sparkVersion, application, environment } = collector.application.result();
  const executors = collector.executors.result(environment.spark['spark.kubernetes.executor.podNamePrefix'] ?? null);
  const records = collector.stages.stages;
  const positions = new Map(records.map((record, position) => [`${record.stageId}.${record.attempt}`, position]));
  const tasks = taskTableOfRows(rows, {
    hosts: strings.hosts.texts,
    executorIds: strings.executors.texts,
    executors,
    stageOf: (stageId, attempt) => positions.get(`${stageId}.${attempt}`) ?? -1,
  });
  loseOpenTasks(tasks, executors);
  widenByTasks(tasks, collector.span);
  return {
    sources: gathered.sources,
    backend: 'event_log',
    completeness: completenessOf(collector, counts),
    sparkVersion,
    application,
    environment,
    executors,
    jobs: collector.jobs.result(),
    stages: stagesOf(records, tasks, gathered),
    sqlExecutions: collector.sql.result(collector.stages.accumulators, jobsByExecution(collector)),
    tasks,
    keptTasks: [],
    failureTexts: collector.failures.records(applicationKeys(application)),
    storage: collector.storage.result(),
  };
}

/** A task that never ended is lost when its executor went away after it was launched. */
function loseOpenTasks(tasks: TaskTable, executors: readonly ExecutorFacts[]): void {
  for (let row = 0; row < tasks.length; row += 1) {
    if (tasks.status[row] !== TASK_STATUS.running) continue;
    const removedAt = executors[tasks.executor[row] ?? -1]?.removedAt ?? null;
    if (removedAt !== null && removedAt >= (tasks.launchedAt[row] ?? 0)) tasks.status[row] = TASK_STATUS.lost;
  }
}

function widenByTasks(tasks: TaskTable, span: { first: number | null; last: number | null }): void {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < tasks.length; row += 1) {
    const launchedAt = tasks.launchedAt[row] ?? Number.NaN;
    const finishedAt = tasks.finishedAt[row] ?? Number.NaN;
    if (launchedAt < first) first = launchedAt;
    if (launchedAt > last) last = launchedAt;
    if (finishedAt > last) last = finishedAt;
  }
  widen(span, first);
  widen(span, last);
}

function completenessOf(collector: RunCollector, counts: ReadingCounts): Completeness {
  const { namedInProgress, ...rest } = counts;
  return {
    ...rest,
    end: collector.application.ended ? 'ended' : namedInProgress ? 'in_progress' : 'cut',
    unknownEvents: Object.fromEntries(collector.unknownEvents),
    firstEventAt: collector.span.first,
    lastEventAt: collector.span.last,
  };
}

function stagesOf(records: readonly StageRecord[], tasks: TaskTable, gathered: GatheredRun): StageFacts[] {
  const { order, from } = rowsByStage(tasks, records.length);
  const names = countNames(gathered.rows, gathered.strings);
  const metricTypes = gathered.collector.sql.metricTypes();
  const { jobs } = gathered.collector;
  return records.map((record, position) => {
    const jobIds = jobs.jobsOf(record.stageId);
    const { scanTime, submitted, completed, ...facts } = record;
    const key = `${record.stageId}.${record.attempt}`;
    return {
      ...facts,
      ...summariseStage(tasks, order.subarray(from[position] ?? 0, from[position + 1] ?? 0)),
      jobIds,
      sqlExecutionId: record.sqlExecutionId ?? sqlOf(jobIds, jobs.sqlExecutionOf),
      locality: names.localities.get(key) ?? {},
      failuresByReason: names.reasons.get(key) ?? {},
      scanTimeMs: scanTimeOf(scanTime, metricTypes),
      quotes: { submitted, completed },
    };
  });
}

function sqlOf(jobIds: readonly number[], sqlExecutionOf: (jobId: number) => number | null): number | null {
  for (const jobId of jobIds) {
    const execution = sqlExecutionOf(jobId);
    if (execution !== null) return execution;
  }
  return null;
}

function scanTimeOf(parts: StageRecord['scanTime'], types: ReadonlyMap<number, string>): number | null {
  if (parts.length === 0) return null;
  return parts.reduce(
    (total, { accumulatorId, value }) => total + (types.get(accumulatorId) === 'nsTiming' ? value / 1e6 : value),
    0,
  );
}

/** Localities of all attempts and reasons of the failed ones, counted by stage attempt. */
function countNames(rows: TaskRows, strings: TaskStrings) {
  const localities = new Map<string, Record<string, number>>();
  const reasons = new Map<string, Record<string, number>>();
  const count = (counts: Map<string, Record<string, number>>, key: string, name: string) => {
    const known = counts.get(key) ?? {};
    known[name] = (known[name] ?? 0) + 1;
    counts.set(key, known);
  };
  for (const { block, rows: length } of rows.blocks()) {
    for (let row = 0; row < length; row += 1) {
      const at = row * ROW_WIDTH;
      const key = `${block[at + FIELD.stageId]}.${block[at + FIELD.stageAttempt]}`;
      const locality = strings.localities.texts[block[at + FIELD.locality] ?? -1];
      if (locality !== undefined && locality !== '') count(localities, key, locality);
      const status = block[at + FIELD.status];
      const reason = strings.reasons.texts[block[at + FIELD.reason] ?? -1];
      if (status !== TASK_STATUS.succeeded && status !== TASK_STATUS.running && reason) count(reasons, key, reason);
    }
  }
  return { localities, reasons };
}

function jobsByExecution(collector: RunCollector): (executionId: number) => readonly number[] {
  const byExecution = new Map<number, number[]>();
  for (const { id, sqlExecutionId } of collector.jobs.result()) {
    if (sqlExecutionId === null) continue;
    byExecution.set(sqlExecutionId, [...(byExecution.get(sqlExecutionId) ?? []), id]);
  }
  return (executionId) => byExecution.get(executionId) ?? [];
}

function applicationKeys(application: SparkRun['application']): JoinKeys {
  const attempt = Number(application.attempt);
  return {
    ...(application.id === null ? {} : { applicationId: application.id }),
    ...(application.name === null ? {} : { applicationName: application.name }),
    ...(application.attempt !== null && Number.isSafeInteger(attempt) ? { applicationAttempt: attempt } : {}),
  };
}
