import { TASK_STATUS } from '../task-table.ts';
import { shortEventName } from './event-name.ts';
import { type ExecutorPeaks, takePeak } from './executor-peaks.ts';
import { type JsonObject, objectAt, textAt, toNumber } from './json-fields.ts';
import { parseEvent } from './parse-event.ts';
import { TASK_END_PREFIX, taskEndScanner } from './scan-task-end.ts';
import { lineSplitter } from './split-lines.ts';
import { type StartedTasks, startedTasks } from './started-tasks.ts';
import { stringTable } from './string-table.ts';
import { reasonClassOf, type TaskStrings, taskRowOfEvent } from './task-row-of-event.ts';
import { FIELD, ROW_WIDTH, type TaskRows, TOLD_FIELDS, taskRows } from './task-rows.ts';

/** What the tasks' lines of a log gave. */
export interface ScannedTasks {
  rows: TaskRows;
  strings: TaskStrings;
  peaks: ExecutorPeaks;
  started: StartedTasks;
  /** Ids of finished tasks that were run again because their executor was lost (TaskEnd with reason `Resubmitted`). */
  resubmitted: Set<number>;
  lines: number;
  /** Lines over the length limit. */
  tooLongLines: number;
  /** The fast reader and the JSON parser disagreed on a line: the log must be read again without the fast reader. */
  distrusted: boolean;
}

/** What the scanner hands on, in the order of the log. `bytes` hold only for the call. */
export interface ScanSink {
  /** A line that is not the start or the end of a task, as it is; `last` when no line feed ended it. */
  line(bytes: Buffer, line: number, offset: number, last: boolean): void;
  /** A task's end other than success, parsed; `row` is its number in `rows`. */
  failedTask(event: JsonObject, bytes: Buffer, line: number, offset: number, row: number): void;
}

export interface ScanOptions {
  /** Parse every line in full: slower, for logs in which the fast reader was wrong. */
  careful?: boolean;
}

/** Takes the chunks of one file after another. */
export interface LogScanner {
  readonly tasks: ScannedTasks;
  /** A function that takes a file's chunks from byte `offset` on, where a line begins; call `finish` behind the last. */
  openFile(file: number, offset?: number): { feed(chunk: Buffer): void; finish(): void };
  /** Forgets the tasks, but not the strings, peaks and forms of lines: the next piece of the log comes. */
  forgetTasks(): void;
}

const TASK_START_PREFIX = Buffer.from('{"Event":"SparkListenerTaskStart",');
const EVENT_PREFIX = Buffer.from('{"Event":"');
/** A TaskStart begins with these keys, in this order, in every version that names the stage's attempt (1.2 to 4.1). */
const STAGE_ID = '"Stage ID":';
const STAGE_ATTEMPT_ID = ',"Stage Attempt ID":';
const TASK_ID = Buffer.from(',"Task Info":{"Task ID":');
/** Both kinds of task event begin alike up to this byte: `E` or `S`. */
const KIND_AT = '{"Event":"SparkListenerTask'.length;
/** One fast-read line in this many is parsed in full too, and compared. */
const CROSS_CHECK = 1_000;

/** Events that carry nothing the facts hold and come in numbers: dropped by name, without parsing. */
const SKIPPED = new Set([
  'SparkListenerTaskGettingResult',
  'SparkListenerUnpersistRDD',
  'SparkListenerSpeculativeTaskSubmitted',
  'SparkListenerExecutorMetricsUpdate',
  'SparkListenerBlockManagerRemoved',
]);

export function logScanner(sink: ScanSink, { careful = false }: ScanOptions = {}): LogScanner {
  const strings: TaskStrings = {
    executors: stringTable(),
    hosts: stringTable(),
    localities: stringTable(),
    reasons: stringTable(),
  };
  const peaks: ExecutorPeaks = { names: stringTable(), byExecutor: [] };
  const tasks: ScannedTasks = {
    rows: taskRows(),
    strings,
    peaks,
    started: startedTasks(),
    resubmitted: new Set(),
    lines: 0,
    tooLongLines: 0,
    distrusted: false,
  };
  const scanTaskEnd = taskEndScanner(strings, peaks);
  const row = new Float64Array(ROW_WIDTH);
  const checked = new Float64Array(ROW_WIDTH);
  let fastLines = 0;

  function openFile(file: number, startOffset = 0) {
    let lineNumber = 0;
    let offset = startOffset;

    function onLine(bytes: Buffer, start: number, end: number, last: boolean): void {
      lineNumber += 1;
      tasks.lines += 1;
      const at = offset;
      offset += end - start + 1;
      const kind = bytes[start + KIND_AT];
      if (kind === 0x45 && !careful && !last && startsWith(bytes, start, end, TASK_END_PREFIX)) {
        if (scanTaskEnd(bytes, start, end, row)) {
          if (fastLines % CROSS_CHECK === 0) crossCheck(bytes.subarray(start, end));
          fastLines += 1;
          keepRow(at, end - start);
          return;
        }
      } else if (kind === 0x53 && !last && startsWith(bytes, start, end, TASK_START_PREFIX)) {
        const taskId = taskIdOf(bytes, start, end);
        if (taskId !== null) {
          tasks.started.push(taskId, file, lineNumber, at, end - start);
          return;
        }
      }
      if (end > start) otherLine(bytes, start, end, at, last);
    }

    function otherLine(bytes: Buffer, start: number, end: number, at: number, last: boolean): void {
      const name = quickName(bytes, start, end);
      if (SKIPPED.has(name)) return;
      const view = bytes.subarray(start, end);
      const mayBeTask = name === '' || name === 'SparkListenerTaskEnd' || name === 'SparkListenerTaskStart';
      const event = mayBeTask ? parseEvent(view) : null;
      const parsedName = shortEventName(textAt(event, 'Event') ?? '');
      if (event !== null && parsedName === 'SparkListenerTaskEnd') taskEnded(event, view, at);
      else if (event !== null && parsedName === 'SparkListenerTaskStart') taskStarted(event, view, at);
      else sink.line(view, lineNumber, at, last);
    }

    function taskStarted(event: JsonObject, bytes: Buffer, at: number): void {
      const taskId = toNumber(objectAt(event, 'Task Info')?.['Task ID']);
      if (taskId !== null) tasks.started.push(taskId, file, lineNumber, at, bytes.length);
    }

    function taskEnded(event: JsonObject, bytes: Buffer, at: number): void {
      if (!taskRowOfEvent(event, row, strings)) {
        sink.line(bytes, lineNumber, at, false);
        return;
      }
      // Not an attempt of its own: an attempt that had succeeded is undone.
      if (reasonClassOf(event) === 'Resubmitted') {
        tasks.resubmitted.add(row[FIELD.taskId] as number);
        return;
      }
      for (const [name, value] of Object.entries(objectAt(event, 'Task Executor Metrics') ?? {})) {
        takePeak(peaks, row[FIELD.executor] as number, peaks.names.index(name), toNumber(value) ?? 0);
      }
      keepRow(at, bytes.length);
      if (row[FIELD.status] !== TASK_STATUS.succeeded) {
        sink.failedTask(event, bytes, lineNumber, at, tasks.rows.length - 1);
      }
    }

    function keepRow(at: number, length: number): void {
      row[FIELD.file] = file;
      row[FIELD.line] = lineNumber;
      row[FIELD.offset] = at;
      row[FIELD.length] = length;
      tasks.rows.push(row);
    }

    return lineSplitter(onLine, (bytes) => {
      lineNumber += 1;
      tasks.lines += 1;
      tasks.tooLongLines += 1;
      offset += bytes + 1;
    });
  }

  function crossCheck(bytes: Buffer): void {
    const event = parseEvent(bytes);
    if (event === null || !taskRowOfEvent(event, checked, strings)) {
      tasks.distrusted = true;
      return;
    }
    for (const field of TOLD_FIELDS) {
      if (!Object.is(row[field], checked[field])) tasks.distrusted = true;
    }
  }

  return {
    tasks,
    openFile,
    forgetTasks() {
      tasks.rows.clear();
      tasks.started.clear();
      tasks.resubmitted = new Set();
      tasks.lines = 0;
      tasks.tooLongLines = 0;
    },
  };
}

function startsWith(bytes: Buffer, start: number, end: number, prefix: Buffer): boolean {
  if (end - start < prefix.length) return false;
  for (let at = 0; at < prefix.length; at += 1) {
    if (bytes[start + at] !== prefix[at]) return false;
  }
  return true;
}

/** Name of an event written as Spark writes it, `''` for any other form. */
function quickName(bytes: Buffer, start: number, end: number): string {
  if (!startsWith(bytes, start, end, EVENT_PREFIX)) return '';
  const from = start + EVENT_PREFIX.length;
  const close = bytes.indexOf(0x22, from);
  return close < 0 || close >= end || close - from > 200 ? '' : shortEventName(bytes.toString('latin1', from, close));
}

/** The task's id straight out of a TaskStart's bytes, `null` when the line is not written the usual way. */
function taskIdOf(bytes: Buffer, start: number, end: number): number | null {
  let at = start + TASK_START_PREFIX.length + STAGE_ID.length;
  while (isDigit(bytes[at])) at += 1;
  at += STAGE_ATTEMPT_ID.length;
  while (isDigit(bytes[at])) at += 1;
  if (!startsWith(bytes, at, end, TASK_ID)) return null;
  at += TASK_ID.length;
  const first = at;
  let value = 0;
  for (; isDigit(bytes[at]); at += 1) value = value * 10 + ((bytes[at] as number) - 0x30);
  return at === first || at - first > 15 || at >= end ? null : value;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
