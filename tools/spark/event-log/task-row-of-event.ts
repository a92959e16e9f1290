import { TASK_STATUS } from '../task-table.ts';
import { flagAt, type JsonObject, numberAt, objectAt, textAt } from './json-fields.ts';
import type { StringTable } from './string-table.ts';
import { FIELD, finishRow } from './task-rows.ts';

/** The tables a row's indices point into. */
export interface TaskStrings {
  executors: StringTable;
  hosts: StringTable;
  localities: StringTable;
  /** Classes of end reasons: `Success`, `FetchFailed`, … */
  reasons: StringTable;
}

/** Class of a TaskEnd's reason: `Success`, `ExceptionFailure`, `FetchFailed`, …; `Success` in logs that name none. */
export function reasonClassOf(event: JsonObject): string {
  const reason = objectAt(event, 'Task End Reason');
  if (reason) return textAt(reason, 'Reason') ?? 'UnknownReason';
  const failed = flagAt(objectAt(event, 'Task Info'), 'Failed');
  return failed ? 'UnknownReason' : 'Success';
}

/**
 * Status of an attempt by its end reason, as Spark's own listener counts it (AppStatusListener 2.3–4.0: TaskKilled and
 * TaskCommitDenied are kills), but an attempt gone with its executor is `lost`.
 */
export function statusOfReason(reasonClass: string): number {
  switch (reasonClass) {
    case 'Success':
      return TASK_STATUS.succeeded;
    case 'TaskKilled':
    case 'TaskCommitDenied':
      return TASK_STATUS.killed;
    case 'ExecutorLostFailure':
    case 'Resubmitted':
      return TASK_STATUS.lost;
    default:
      return TASK_STATUS.failed;
  }
}

/** Fills `row` from a parsed TaskEnd (or TaskStart) event of any Spark version. `false` when it has no task. */
export function taskRowOfEvent(event: JsonObject, row: Float64Array, strings: TaskStrings): boolean {
  const info = objectAt(event, 'Task Info');
  const taskId = numberAt(info, 'Task ID');
  if (info === null || taskId === null) return false;
  row.fill(0);
  row[FIELD.stageId] = numberAt(event, 'Stage ID') ?? -1;
  row[FIELD.stageAttempt] = numberAt(event, 'Stage Attempt ID') ?? 0;
  row[FIELD.taskId] = taskId;
  row[FIELD.index] = numberAt(info, 'Index') ?? -1;
  row[FIELD.attempt] = numberAt(info, 'Attempt') ?? 0;
  row[FIELD.executor] = strings.executors.index(textAt(info, 'Executor ID') ?? '');
  row[FIELD.host] = strings.hosts.index(textAt(info, 'Host') ?? '');
  row[FIELD.locality] = strings.localities.index(textAt(info, 'Locality') ?? '');
  const reasonClass = reasonClassOf(event);
  row[FIELD.status] = statusOfReason(reasonClass);
  row[FIELD.reason] = strings.reasons.index(reasonClass);
  row[FIELD.speculative] = flagAt(info, 'Speculative') ? 1 : 0;
  row[FIELD.launchedAt] = numberAt(info, 'Launch Time') ?? Number.NaN;
  row[FIELD.finishedAt] = numberAt(info, 'Finish Time') || Number.NaN;
  row[FIELD.gettingResultAt] = numberAt(info, 'Getting Result Time') ?? 0;
  row[FIELD.cpuNs] = Number.NaN;
  row[FIELD.peakExecutionMemoryBytes] = Number.NaN;
  fillMetrics(objectAt(event, 'Task Metrics'), row);
  finishRow(row);
  return true;
}

function fillMetrics(metrics: JsonObject | null, row: Float64Array): void {
  if (metrics === null || numberAt(metrics, 'Executor Run Time') === null) return;
  row[FIELD.hasMetrics] = 1;
  row[FIELD.runMs] = numberAt(metrics, 'Executor Run Time') ?? 0;
  row[FIELD.cpuNs] = numberAt(metrics, 'Executor CPU Time') ?? Number.NaN;
  row[FIELD.gcMs] = numberAt(metrics, 'JVM GC Time') ?? 0;
  row[FIELD.deserialiseMs] = numberAt(metrics, 'Executor Deserialize Time') ?? 0;
  row[FIELD.resultSerialiseMs] = numberAt(metrics, 'Result Serialization Time') ?? 0;
  row[FIELD.resultBytes] = numberAt(metrics, 'Result Size') ?? 0;
  row[FIELD.memorySpilledBytes] = numberAt(metrics, 'Memory Bytes Spilled') ?? 0;
  row[FIELD.diskSpilledBytes] = numberAt(metrics, 'Disk Bytes Spilled') ?? 0;
  row[FIELD.peakExecutionMemoryBytes] = numberAt(metrics, 'Peak Execution Memory') ?? Number.NaN;
  const read = objectAt(metrics, 'Shuffle Read Metrics');
  row[FIELD.fetchWaitMs] = numberAt(read, 'Fetch Wait Time') ?? 0;
  row[FIELD.remoteBytes] = numberAt(read, 'Remote Bytes Read') ?? 0;
  row[FIELD.localBytes] = numberAt(read, 'Local Bytes Read') ?? 0;
  row[FIELD.shuffleReadRecords] = numberAt(read, 'Total Records Read') ?? 0;
  const write = objectAt(metrics, 'Shuffle Write Metrics');
  row[FIELD.shuffleWriteBytes] = numberAt(write, 'Shuffle Bytes Written') ?? 0;
  row[FIELD.shuffleWriteNs] = numberAt(write, 'Shuffle Write Time') ?? 0;
  row[FIELD.shuffleWriteRecords] = numberAt(write, 'Shuffle Records Written') ?? 0;
  const input = objectAt(metrics, 'Input Metrics');
  row[FIELD.inputBytes] = numberAt(input, 'Bytes Read') ?? 0;
  row[FIELD.inputRecords] = numberAt(input, 'Records Read') ?? 0;
  const output = objectAt(metrics, 'Output Metrics');
  row[FIELD.outputBytes] = numberAt(output, 'Bytes Written') ?? 0;
  row[FIELD.outputRecords] = numberAt(output, 'Records Written') ?? 0;
}
