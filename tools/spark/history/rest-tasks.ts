import type { FailureTexts } from '../event-log/failure-texts.ts';
import { flagAt, type JsonObject, numberAt, objectAt, textAt } from '../event-log/json-fields.ts';
import { statusOfReason, type TaskStrings } from '../event-log/task-row-of-event.ts';
import { FIELD, finishRow } from '../event-log/task-rows.ts';
import { TASK_STATUS } from '../task-table.ts';
import { type RestItem, restTime } from './rest-answers.ts';

/** Fills a row from one entry of `/stages/<id>/<attempt>/taskList` (fields of Spark 2.0–4.1). */
export function taskRowOfRest(
  json: JsonObject,
  stageId: number,
  stageAttempt: number,
  row: Float64Array,
  strings: TaskStrings,
): boolean {
  const taskId = numberAt(json, 'taskId');
  if (taskId === null) return false;
  const launchedAt = restTime(json.launchTime);
  const duration = numberAt(json, 'duration');
  const reason = reasonClassOfRest(json);
  const running = reason === null;
  row.fill(0);
  row[FIELD.stageId] = stageId;
  row[FIELD.stageAttempt] = stageAttempt;
  row[FIELD.taskId] = taskId;
  row[FIELD.index] = numberAt(json, 'index') ?? -1;
  row[FIELD.attempt] = numberAt(json, 'attempt') ?? 0;
  row[FIELD.executor] = strings.executors.index(textAt(json, 'executorId') ?? '');
  row[FIELD.host] = strings.hosts.index(textAt(json, 'host') ?? '');
  row[FIELD.locality] = strings.localities.index(textAt(json, 'taskLocality') ?? '');
  row[FIELD.status] = reason === null ? TASK_STATUS.running : statusOfReason(reason);
  row[FIELD.reason] = strings.reasons.index(reason ?? '');
  row[FIELD.speculative] = flagAt(json, 'speculative') ? 1 : 0;
  row[FIELD.launchedAt] = launchedAt ?? Number.NaN;
  row[FIELD.finishedAt] = running || launchedAt === null || duration === null ? Number.NaN : launchedAt + duration;
  const gettingResult = numberAt(json, 'gettingResultTime') ?? 0;
  if (gettingResult > 0) row[FIELD.gettingResultAt] = (row[FIELD.finishedAt] ?? 0) - gettingResult;
  row[FIELD.cpuNs] = Number.NaN;
  row[FIELD.peakExecutionMemoryBytes] = Number.NaN;
  fillMetrics(objectAt(json, 'taskMetrics'), row);
  finishRow(row);
  return true;
}

/** Class of the end reason; `null` while the task runs. The service gives a status and the error's text only. */
export function reasonClassOfRest(json: JsonObject): string | null {
  const status = textAt(json, 'status') ?? 'UNKNOWN';
  if (status === 'SUCCESS') return 'Success';
  if (status === 'KILLED') return 'TaskKilled';
  if (status !== 'FAILED') return null;
  const error = textAt(json, 'errorMessage') ?? '';
  const named = /^(ExecutorLostFailure|FetchFailed|TaskResultLost|TaskCommitDenied|Resubmitted)\b/.exec(
    error.slice(0, 100),
  );
  if (named?.[1] !== undefined) return named[1];
  return error === '' ? 'UnknownReason' : 'ExceptionFailure';
}

/** Hands on the error of a failed task. */
export function addTaskFailure(item: RestItem, stageId: number, stageAttempt: number, failures: FailureTexts): void {
  const text = textAt(item.json, 'errorMessage');
  if (textAt(item.json, 'status') !== 'FAILED' || text === null || text === '') return;
  const launchedAt = restTime(item.json.launchTime);
  failures.add({
    text,
    at: launchedAt === null ? null : launchedAt + (numberAt(item.json, 'duration') ?? 0),
    level: 'error',
    keys: {
      stageId,
      stageAttempt,
      taskId: numberAt(item.json, 'taskId') ?? -1,
      executorId: textAt(item.json, 'executorId') ?? '',
      host: textAt(item.json, 'host') ?? '',
    },
    quote: item.quote(),
  });
}

function fillMetrics(metrics: JsonObject | null, row: Float64Array): void {
  if (metrics === null) return;
  const of = (from: JsonObject | null, key: string) => numberAt(from, key) ?? 0;
  const read = objectAt(metrics, 'shuffleReadMetrics');
  const write = objectAt(metrics, 'shuffleWriteMetrics');
  const input = objectAt(metrics, 'inputMetrics');
  const output = objectAt(metrics, 'outputMetrics');
  row[FIELD.hasMetrics] = 1;
  row[FIELD.runMs] = of(metrics, 'executorRunTime');
  row[FIELD.cpuNs] = numberAt(metrics, 'executorCpuTime') ?? Number.NaN;
  row[FIELD.gcMs] = of(metrics, 'jvmGcTime');
  row[FIELD.deserialiseMs] = of(metrics, 'executorDeserializeTime');
  row[FIELD.resultSerialiseMs] = of(metrics, 'resultSerializationTime');
  row[FIELD.resultBytes] = of(metrics, 'resultSize');
  row[FIELD.memorySpilledBytes] = of(metrics, 'memoryBytesSpilled');
  row[FIELD.diskSpilledBytes] = of(metrics, 'diskBytesSpilled');
  row[FIELD.peakExecutionMemoryBytes] = numberAt(metrics, 'peakExecutionMemory') ?? Number.NaN;
  row[FIELD.fetchWaitMs] = of(read, 'fetchWaitTime');
  row[FIELD.remoteBytes] = of(read, 'remoteBytesRead');
  row[FIELD.localBytes] = of(read, 'localBytesRead');
  row[FIELD.shuffleReadRecords] = of(read, 'recordsRead');
  row[FIELD.shuffleWriteBytes] = of(write, 'bytesWritten');
  row[FIELD.shuffleWriteNs] = of(write, 'writeTime');
  row[FIELD.shuffleWriteRecords] = of(write, 'recordsWritten');
  row[FIELD.inputBytes] = of(input, 'bytesRead');
  row[FIELD.inputRecords] = of(input, 'recordsRead');
  row[FIELD.outputBytes] = of(output, 'bytesWritten');
  row[FIELD.outputRecords] = of(output, 'recordsWritten');
}
