import { type ApplicationCollector, collectApplication } from './collect-application.ts';
import { collectExecutors, type ExecutorCollector } from './collect-executors.ts';
import { collectFailedTasks, type FailedTaskCollector } from './collect-failed-tasks.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import { collectSql, type SqlCollector } from './collect-sql.ts';
import { collectStages, type StageCollector } from './collect-stages.ts';
import { collectStorage, type StorageCollector } from './collect-storage.ts';
import type { EventLine } from './event-line.ts';
import { type FailureTexts, failureTexts } from './failure-texts.ts';
import { type JsonObject, numberAt, objectAt, textAt, toNumber } from './json-fields.ts';

/** Everything that is gathered while the events of one run pass by, in the order they stand in the log. */
export interface RunCollector {
  /** One event that is not the start or the end of a task. Unknown names are counted, not an error. */
  event(name: string, event: JsonObject, line: EventLine): void;
  readonly application: ApplicationCollector;
  readonly executors: ExecutorCollector;
  readonly jobs: JobCollector;
  readonly stages: StageCollector;
  readonly sql: SqlCollector;
  readonly failedTasks: FailedTaskCollector;
  readonly storage: StorageCollector;
  readonly failures: FailureTexts;
  readonly unknownEvents: ReadonlyMap<string, number>;
  /** Time of the first and the last event; widened by the tasks' own times later. */
  readonly span: { first: number | null; last: number | null };
}

/** Events that are read for their name alone: they tell nothing the facts hold. */
const IGNORED = new Set([
  'SparkListenerBlockManagerRemoved',
  'SparkListenerUnpersistRDD',
  'SparkListenerTaskGettingResult',
  'SparkListenerSpeculativeTaskSubmitted',
  'SparkListenerUnschedulableTaskSetAdded',
  'SparkListenerUnschedulableTaskSetRemoved',
  'SparkListenerResourceProfileAdded',
  'SparkListenerMiscellaneousProcessAdded',
  'SparkListenerQueryExecutionMetrics',
  'SparkListenerSQLAdaptiveSQLMetricUpdates',
  'CreateDatabasePreEvent',
  'CreateDatabaseEvent',
  'DropDatabasePreEvent',
  'DropDatabaseEvent',
  'AlterDatabasePreEvent',
  'AlterDatabaseEvent',
  'CreateTablePreEvent',
  'CreateTableEvent',
  'DropTablePreEvent',
  'DropTableEvent',
  'AlterTablePreEvent',
  'AlterTableEvent',
  'RenameTablePreEvent',
  'RenameTableEvent',
  'CreateFunctionPreEvent',
  'CreateFunctionEvent',
  'DropFunctionPreEvent',
  'DropFunctionEvent',
]);

export function collectRun(): RunCollector {
  const failures = failureTexts();
  const application = collectApplication();
  const executors = collectExecutors(failures);
  const jobs = collectJobs(failures);
  const stages = collectStages(failures);
  const sql = collectSql(failures);
  const failedTasks = collectFailedTasks(failures);
  const storage = collectStorage();
  const unknownEvents = new Map<string, number>();
  const span: { first: number | null; last: number | null } = { first: null, last: null };

  const handlers: Readonly<Record<string, (event: JsonObject, line: EventLine) => void>> = {
    SparkListenerLogStart: application.logStart,
    SparkListenerApplicationStart: application.applicationStart,
    SparkListenerApplicationEnd: application.applicationEnd,
    SparkListenerEnvironmentUpdate: application.environment,
    SparkListenerBlockManagerAdded: application.blockManagerAdded,
    SparkListenerExecutorAdded: executors.added,
    SparkListenerExecutorRemoved: executors.removed,
    SparkListenerExecutorExcluded: executors.excluded,
    SparkListenerExecutorExcludedForStage: executors.excluded,
    SparkListenerExecutorBlacklisted: executors.excluded,
    SparkListenerExecutorBlacklistedForStage: executors.excluded,
    SparkListenerExecutorUnexcluded: executors.unexcluded,
    SparkListenerExecutorUnblacklisted: executors.unexcluded,
    SparkListenerNodeExcluded: executors.nodeExcluded,
    SparkListenerNodeExcludedForStage: executors.nodeExcluded,
    SparkListenerNodeBlacklisted: executors.nodeExcluded,
    SparkListenerNodeBlacklistedForStage: executors.nodeExcluded,
    SparkListenerNodeUnexcluded: executors.nodeUnexcluded,
    SparkListenerNodeUnblacklisted: executors.nodeUnexcluded,
    SparkListenerStageExecutorMetrics: (event) =>
      executors.metrics(textAt(event, 'Executor ID') ?? '', objectAt(event, 'Executor Metrics')),
    SparkListenerJobStart: jobs.started,
    SparkListenerJobEnd: jobs.ended,
    SparkListenerStageSubmitted: stages.submitted,
    SparkListenerStageCompleted: stages.completed,
    SparkListenerSQLExecutionStart: sql.started,
    SparkListenerSQLAdaptiveExecutionUpdate: sql.planUpdated,
    SparkListenerDriverAccumUpdates: sql.driverMetrics,
    SparkListenerSQLExecutionEnd: sql.ended,
    SparkListenerBlockUpdated: storage.blockUpdated,
  };

  function event(name: string, parsed: JsonObject, line: EventLine): void {
    widen(span, timeOf(parsed));
    // `Object.hasOwn`: an event named like something every object has is unknown, not a handler.
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (handler) handler(parsed, line);
    else if (/^(?:StreamingQueryListener\$)?Query(?:Started|Progress|Idle|Terminated)Event$/.test(name)) {
      application.sawStreaming();
    } else if (!IGNORED.has(name) && (unknownEvents.size < 200 || unknownEvents.has(name))) {
      unknownEvents.set(name, (unknownEvents.get(name) ?? 0) + 1);
    }
  }

  return { event, application, executors, jobs, stages, sql, failedTasks, storage, failures, unknownEvents, span };
}

/** When an event happened, by whichever of the names Spark has for it. */
function timeOf(event: JsonObject): number | null {
  const info = objectAt(event, 'Stage Info');
  return (
    numberAt(event, 'Timestamp') ??
    toNumber(event.time) ??
    numberAt(event, 'Completion Time') ??
    numberAt(event, 'Submission Time') ??
    numberAt(info, 'Completion Time') ??
    numberAt(info, 'Submission Time')
  );
}

/** Takes a time into a span; times before 2000 are no times. */
export function widen(span: { first: number | null; last: number | null }, at: number | null): void {
  if (at === null || !(at > 946_684_800_000) || !Number.isFinite(at)) return;
  if (span.first === null || at < span.first) span.first = at;
  if (span.last === null || at > span.last) span.last = at;
}
