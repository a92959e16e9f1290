import { TASK_STATUS } from '../task-table.ts';
import { shortEventName } from './collect-run.ts';
import type { EventLine } from './event-line.ts';
import { isObject, type JsonObject, objectAt, textAt, toNumber } from './json-fields.ts';
import { type OpenTasks, openTasks } from './open-tasks.ts';
import { parseJson } from './parse-event.ts';
import { type ExecutorPeaks, TASK_END_PREFIX, type TaskEndScanner, takePeak, taskEndScanner } from './scan-task-end.ts';
import { lineSplitter } from './split-lines.ts';
import { stringTable } from './string-table.ts';
import { reasonClassOf, type TaskStrings, taskRowOfEvent } from './task-row-of-event.ts';
import { FIELD, ROW_WIDTH, type TaskRows, TOLD_FIELDS, taskRows } from './task-rows.ts';

/** What the lines of one log's files gave, gathered over all of them. */
export interface ScannedLog {
  rows: TaskRows;
  strings: TaskStrings;
  peaks: ExecutorPeaks;
  /** TaskStart lines whose end was not seen, by task id. */
  started: OpenTasks;
  /** Ids of finished tasks that were run again because their executor was lost (TaskEnd with reason `Resubmitted`). */
  resubmitted: Set<number>;
  endsWithoutStart: number;
  lines: number;
  unreadableLines: number;
  /** Lines over the length limit. */
  tooLongLines: number;
  /** Lines that are JSON but no events. */
  strangeLines: number;
  /** The fast reader and the JSON parser disagreed on a line: the log must be read again without the fast reader. */
  distrusted: boolean;
}

/** What the scanner hands on. */
export interface ScanSink {
  event(name: string, event: JsonObject, line: EventLine): void;
  /** A task's end other than success; `row` is its number in `rows`. */
  failedTask(event: JsonObject, line: EventLine, row: number): void;
}

export interface ScanOptions {
  /** Parse every line in full: slower, for logs in which the fast reader was wrong. */
  careful?: boolean;
}

const TASK_START_PREFIX = Buffer.from('{"Event":"SparkListenerTaskStart",');
const EVENT_PREFIX = Buffer.from('{"Event":"');
const TASK_ID = Buffer.from('"Task Info":{"Task ID":');
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

/** Reads the lines of one file after another; `file` is the number rows and addresses carry. */
export interface LogScanner {
  readonly log: ScannedLog;
  /** A function that takes the file's chunks; call `finish` behind the last. */
  openFile(file: number, source: string): { feed(chunk: Buffer): void; finish(): void };
}

export function logScanner(sink: ScanSink, options: ScanOptions = {}): LogScanner {
  const strings: TaskStrings = {
    executors: stringTable(),
    hosts: stringTable(),
    localities: stringTable(),
    reasons: stringTable(),
  };
  const peaks: ExecutorPeaks = { names: stringTable(), byExecutor: [] };
  const log: ScannedLog = {
    rows: taskRows(),
    strings,
    peaks,
    started: openTasks(),
    resubmitted: new Set(),
    endsWithoutStart: 0,
    lines: 0,
    unreadableLines: 0,
    tooLongLines: 0,
    strangeLines: 0,
    distrusted: false,
  };
  const scanTaskEnd: TaskEndScanner = taskEndScanner(strings, peaks);
  const row = new Float64Array(ROW_WIDTH);
  const checked = new Float64Array(ROW_WIDTH);
  let fastLines = 0;

  function openFile(file: number, source: string) {
    let lineNumber = 0;
    let offset = 0;

    function onLine(bytes: Buffer, start: number, end: number, last: boolean): void {
      lineNumber += 1;
      log.lines += 1;
      const at = offset;
      offset += end - start + 1;
      if (startsWith(bytes, start, end, TASK_END_PREFIX)) {
        if (options.careful || last || !scanTaskEnd(bytes, start, end, row)) {
          parsed(bytes, start, end, at, last);
          return;
        }
        fastLines += 1;
        if (fastLines % CROSS_CHECK === 1) crossCheck(bytes, start, end);
        keepRow(at, end - start);
        return;
      }
      if (startsWith(bytes, start, end, TASK_START_PREFIX)) {
        const taskId = taskIdOf(bytes, start, end);
        if (taskId !== null && !last) {
          log.started.start(taskId, file, lineNumber, at, end - start);
          return;
        }
      } else if (SKIPPED.has(quickName(bytes, start, end))) return;
      parsed(bytes, start, end, at, last);
    }

    function keepRow(at: number, length: number): void {
      row[FIELD.file] = file;
      row[FIELD.line] = lineNumber;
      row[FIELD.offset] = at;
      row[FIELD.length] = length;
      if (!log.started.end(row[FIELD.taskId] as number)) log.endsWithoutStart += 1;
      log.rows.push(row);
    }

    function parsed(bytes: Buffer, start: number, end: number, at: number, last: boolean): void {
      if (end === start) return;
      const view = bytes.subarray(start, end);
      const event = parseJson(view);
      if (event === undefined) {
        // A broken last line is what a running application leaves behind.
        if (!last) log.unreadableLines += 1;
        return;
      }
      const name = isObject(event) ? shortEventName(textAt(event, 'Event') ?? '') : '';
      if (!isObject(event) || name === '') {
        log.strangeLines += 1;
        return;
      }
      const line: EventLine = { source, line: lineNumber, offset: at, bytes: view };
      if (name === 'SparkListenerTaskEnd') taskEnded(event, line);
      else if (name === 'SparkListenerTaskStart') {
        const taskId = toNumber(objectAt(event, 'Task Info')?.['Task ID']);
        if (taskId !== null) log.started.start(taskId, file, lineNumber, at, view.length);
      } else sink.event(name, event, line);
    }

    function taskEnded(event: JsonObject, line: EventLine): void {
      if (!taskRowOfEvent(event, row, strings)) {
        log.strangeLines += 1;
        return;
      }
      // Not an attempt of its own: an attempt that had succeeded is undone.
      if (reasonClassOf(event) === 'Resubmitted') {
        log.resubmitted.add(row[FIELD.taskId] as number);
        return;
      }
      takePeaks(event);
      keepRow(line.offset, line.bytes.length);
      if (row[FIELD.status] !== TASK_STATUS.succeeded) sink.failedTask(event, line, log.rows.length - 1);
    }

    const splitter = lineSplitter(onLine, (bytes) => {
      lineNumber += 1;
      log.lines += 1;
      log.tooLongLines += 1;
      offset += bytes + 1;
    });
    return splitter;
  }

  function takePeaks(event: JsonObject): void {
    for (const [name, value] of Object.entries(objectAt(event, 'Task Executor Metrics') ?? {})) {
      takePeak(peaks, row[FIELD.executor] as number, peaks.names.index(name), toNumber(value) ?? 0);
    }
  }

  function crossCheck(bytes: Buffer, start: number, end: number): void {
    const event = parseJson(bytes.subarray(start, end));
    if (!isObject(event) || !taskRowOfEvent(event, checked, strings)) {
      log.distrusted = true;
      return;
    }
    for (const field of TOLD_FIELDS) {
      if (!Object.is(row[field], checked[field])) log.distrusted = true;
    }
  }

  return { log, openFile };
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

/** The task's id straight out of a TaskStart's bytes, `null` when the line is written in another way. */
function taskIdOf(bytes: Buffer, start: number, end: number): number | null {
  const limit = Math.min(end, start + 200);
  for (let at = start + TASK_START_PREFIX.length; at < limit - TASK_ID.length; at += 1) {
    if (bytes[at] !== 0x22 || bytes[at + 6] !== 0x49 || !startsWith(bytes, at, end, TASK_ID)) continue;
    let value = 0;
    let next = at + TASK_ID.length;
    while (next < end && (bytes[next] as number) >= 0x30 && (bytes[next] as number) <= 0x39) {
      value = value * 10 + ((bytes[next] as number) - 0x30);
      next += 1;
    }
    return next === at + TASK_ID.length || next - at > TASK_ID.length + 15 ? null : value;
  }
  return null;
}
