import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Provenance } from '../../../knowledge/provenance.ts';
import type { JoinKeys } from '../../evidence/join-keys.ts';
import type { Completeness, ExecutorFacts, SparkRun, StageFacts } from '../facts.ts';
import { TASK_STATUS, type TaskTable } from '../task-table.ts';
import { type RunCollector, widen } from './collect-run.ts';
import type { StageRecord } from './collect-stages.ts';
import type { ScannedTasks } from './scan-log.ts';
import { type RowsByStage, rowsByStage, type StageSummary, summariseStages } from './summarise-stage.ts';
import { taskTableOfRows } from './task-table-of-rows.ts';

/** What is known of the reading itself, beside the events. */
export interface ReadingFacts {
  sources: readonly string[];
  provenance: Provenance;
  bytesRead: number;
  /** Lines that are no JSON or no events. */
  brokenLines: number;
  /** Tasks that started and never ended, and ends without a start. */
  openTasks: number;
  compacted: boolean;
  missingParts: readonly number[];
  /** The log's name says that the application still runs. */
  namedInProgress: boolean;
  notes: readonly Bilingual[];
}

/** The tasks of a run, before the rest of its facts: enough to choose which lines to read again. */
export interface AssembledTasks {
  executors: ExecutorFacts[];
  table: TaskTable;
  byStage: RowsByStage;
  summaries: StageSummary[];
}

/** Tasks and executors out of what was scanned and collected. */
export function assembleTasks(log: ScannedTasks, collector: RunCollector): AssembledTasks {
  const { environment } = collector.application.result();
  takePeaks(log, collector);
  const executors = collector.executors.result(environment.spark['spark.kubernetes.executor.podNamePrefix'] ?? null);
  const records = collector.stages.stages;
  const positions = new Map(records.map((record, position) => [stageKey(record.stageId, record.attempt), position]));
  const table = taskTableOfRows(log.rows, {
    hosts: log.strings.hosts.texts,
    executorIds: log.strings.executors.texts,
    executors,
    stageOf: (stageId, attempt) => positions.get(stageKey(stageId, attempt)) ?? -1,
  });
  loseTasks(table, executors, log.resubmitted);
  widenByTasks(table, collector.span);
  const byStage = rowsByStage(table, records.length);
  return { executors, table, byStage, summaries: summariseStages(table, byStage) };
}

/** The facts of a run; `tasks` as assembled, `keptTasks` as read again. */
export function assembleRun(
  log: ScannedTasks,
  collector: RunCollector,
  tasks: AssembledTasks,
  keptTasks: SparkRun['keptTasks'],
  reading: ReadingFacts,
): SparkRun {
  const { sparkVersion, application, environment } = collector.application.result();
  const jobs = collector.jobs.result();
  return {
    sources: reading.sources,
    backend: 'event_log',
    provenance: reading.provenance,
    completeness: completenessOf(log, collector, reading),
    sparkVersion,
    application,
    environment,
    executors: tasks.executors,
    jobs,
    stages: stagesOf(log, collector, tasks),
    sqlExecutions: collector.sql.result(collector.stages.accumulators, jobsByExecution(jobs)),
    tasks: tasks.table,
    keptTasks,
    failureTexts: collector.failures.records(
      applicationKeys(application),
      new Map(tasks.executors.map((executor) => [executor.id, executor])),
      reading.provenance,
    ),
    storage: collector.storage.result(),
  };
}

/** One number for a stage attempt; attempts stay far below 4,096. */
function stageKey(stageId: number, attempt: number): number {
  return stageId * 4_096 + attempt;
}

function takePeaks(log: ScannedTasks, collector: RunCollector): void {
  log.peaks.byExecutor.forEach((peaks, executor) => {
    peaks?.forEach((value, metric) => {
      const name = log.peaks.names.texts[metric];
      const id = log.strings.executors.texts[executor];
      if (value > 0 && name !== undefined && id !== undefined) collector.executors.peak(id, name, value);
    });
  });
}

/**
 * A task that never ended is lost when its executor went away after it was launched; one that succeeded is lost when it was
 * resubmitted, for its output went with its executor.
 */
function loseTasks(table: TaskTable, executors: readonly ExecutorFacts[], resubmitted: ReadonlySet<number>): void {
  for (let row = 0; row < table.length; row += 1) {
    const status = table.status[row];
    if (status === TASK_STATUS.running) {
      const removedAt = executors[table.executor[row] ?? -1]?.removedAt ?? null;
      if (removedAt !== null && removedAt >= (table.launchedAt[row] ?? 0)) table.status[row] = TASK_STATUS.lost;
    } else if (status === TASK_STATUS.succeeded && resubmitted.size > 0 && resubmitted.has(table.taskId[row] ?? -1)) {
      table.status[row] = TASK_STATUS.lost;
    }
  }
}

function widenByTasks(table: TaskTable, span: { first: number | null; last: number | null }): void {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < table.length; row += 1) {
    const launchedAt = table.launchedAt[row] ?? Number.NaN;
    const finishedAt = table.finishedAt[row] ?? Number.NaN;
    if (launchedAt < first) first = launchedAt;
    if (launchedAt > last) last = launchedAt;
    if (finishedAt > last) last = finishedAt;
  }
  widen(span, first);
  widen(span, last);
}

function completenessOf(log: ScannedTasks, collector: RunCollector, reading: ReadingFacts): Completeness {
  return {
    end: collector.application.ended ? 'ended' : reading.namedInProgress ? 'in_progress' : 'cut',
    unreadableLines: reading.brokenLines + log.tooLongLines,
    unknownEvents: Object.fromEntries(collector.unknownEvents),
    bytesRead: reading.bytesRead,
    lines: log.lines,
    compacted: reading.compacted,
    missingParts: reading.missingParts,
    openTasks: reading.openTasks,
    firstEventAt: collector.span.first,
    lastEventAt: collector.span.last,
    notes: reading.notes,
  };
}

function stagesOf(log: ScannedTasks, collector: RunCollector, { table, summaries }: AssembledTasks): StageFacts[] {
  const names = countNames(log, table);
  const metricTypes = collector.sql.metricTypes();
  return collector.stages.stages.flatMap((record, position) => {
    const summary = summaries[position];
    if (summary === undefined) return [];
    const { scanTime, submitted, completed, ...facts } = record;
    const jobIds = collector.jobs.jobsOf(record.stageId);
    const stage: StageFacts = {
      ...facts,
      ...summary,
      jobIds,
      sqlExecutionId: record.sqlExecutionId ?? sqlOf(jobIds, collector.jobs.sqlExecutionOf),
      locality: namedCounts(names.localities[position], log.strings.localities.texts),
      failuresByReason: namedCounts(names.reasons[position], log.strings.reasons.texts),
      scanTimeMs: scanTimeOf(scanTime, metricTypes),
      quotes: { submitted, completed },
    };
    return [stage];
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

/** Counts by stage (position in the list) and by index of the name: localities of all, reasons of what did not succeed. */
function countNames(log: ScannedTasks, table: TaskTable) {
  const localities: (number[] | undefined)[] = [];
  const reasons: (number[] | undefined)[] = [];
  const columns = log.rows.columns();
  for (let row = 0; row < table.length; row += 1) {
    const stage = table.stage[row] as number;
    if (stage < 0) continue;
    count(localities, stage, columns.locality[row] as number);
    const status = table.status[row];
    if (status !== TASK_STATUS.succeeded && status !== TASK_STATUS.running) {
      count(reasons, stage, columns.reason[row] as number);
    }
  }
  return { localities, reasons };
}

function count(counts: (number[] | undefined)[], stage: number, name: number): void {
  const known = counts[stage] ?? [];
  counts[stage] = known;
  known[name] = (known[name] ?? 0) + 1;
}

function namedCounts(counts: number[] | undefined, names: readonly string[]): Readonly<Record<string, number>> {
  const named: [string, number][] = [];
  counts?.forEach((number, index) => {
    const name = names[index] ?? '';
    if (name !== '') named.push([name, number]);
  });
  return Object.fromEntries(named);
}

function jobsByExecution(jobs: SparkRun['jobs']): (executionId: number) => readonly number[] {
  const byExecution = new Map<number, number[]>();
  for (const { id, sqlExecutionId } of jobs) {
    if (sqlExecutionId === null) continue;
    const known = byExecution.get(sqlExecutionId);
    if (known) known.push(id);
    else byExecution.set(sqlExecutionId, [id]);
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
