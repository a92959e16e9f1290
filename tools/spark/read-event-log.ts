import type { Outcome } from '../evidence/outcome.ts';
import { openChunks } from '../platform/open-chunks.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { assembleRun } from './event-log/assemble-run.ts';
import { collectRun, shortEventName } from './event-log/collect-run.ts';
import { isObject, textAt } from './event-log/json-fields.ts';
import { type TaskStrings, taskRowOfEvent } from './event-log/task-row-of-event.ts';
import { FIELD, ROW_WIDTH, stringTable, taskRows } from './event-log/task-rows.ts';
import type { SparkRun } from './facts.ts';
import { TASK_STATUS } from './task-table.ts';

export interface ReadEventLogOptions {
  signal?: AbortSignal;
  workers?: number;
}

export async function readEventLog(
  files: readonly PlatformFile[],
  options: ReadEventLogOptions = {},
): Promise<Outcome<SparkRun>> {
  const collector = collectRun();
  const strings: TaskStrings = {
    executors: stringTable(),
    hosts: stringTable(),
    localities: stringTable(),
    reasons: stringTable(),
  };
  const rows = taskRows();
  const row = new Float64Array(ROW_WIDTH);
  const open = new Map<number, Float64Array>();
  let bytesRead = 0;
  let lines = 0;
  let unreadable = 0;
  let endsWithoutStart = 0;
  for (const [fileNumber, file] of files.entries()) {
    let carry: Buffer = Buffer.alloc(0);
    let offset = 0;
    let lineNumber = 0;
    const onLine = (bytes: Buffer, last: boolean) => {
      lineNumber += 1;
      lines += 1;
      const line = { source: file.source, line: lineNumber, offset, bytes };
      offset += bytes.length + 1;
      if (bytes.length === 0) return;
      let event: unknown;
      try {
        event = JSON.parse(bytes.toString('utf8'));
      } catch {
        if (!last) unreadable += 1;
        return;
      }
      if (!isObject(event)) return;
      const name = shortEventName(textAt(event, 'Event') ?? '');
      if (name === 'SparkListenerTaskStart') {
        if (taskRowOfEvent(event, row, strings)) {
          row[FIELD.status] = TASK_STATUS.running;
          row[FIELD.finishedAt] = Number.NaN;
          open.set(row[FIELD.taskId] ?? -1, row.slice());
        }
      } else if (name === 'SparkListenerTaskEnd') {
        if (!taskRowOfEvent(event, row, strings)) return;
        row[FIELD.file] = fileNumber;
        row[FIELD.line] = line.line;
        row[FIELD.offset] = line.offset;
        row[FIELD.length] = bytes.length;
        if (!open.delete(row[FIELD.taskId] ?? -1)) endsWithoutStart += 1;
        if (row[FIELD.status] !== TASK_STATUS.succeeded) collector.failedTasks.add(event, line, rows.length);
        rows.push(row);
      } else collector.event(name, event, line);
    };
    for await (const chunk of openChunks(file, options.signal ? { signal: options.signal } : {})) {
      bytesRead += chunk.length;
      let bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
      for (;;) {
        const end = bytes.indexOf(10);
        if (end < 0) break;
        onLine(bytes.subarray(0, end), false);
        bytes = bytes.subarray(end + 1);
      }
      carry = bytes;
    }
    if (carry.length > 0) onLine(carry, true);
  }
  for (const started of open.values()) rows.push(started);
  const run = assembleRun({
    sources: files.map((file) => file.source),
    collector,
    rows,
    strings,
    counts: {
      bytesRead,
      lines,
      unreadableLines: unreadable,
      openTasks: open.size + endsWithoutStart,
      compacted: false,
      missingParts: [],
      namedInProgress: files.some((file) => file.path.endsWith('.inprogress')),
      notes: [],
    },
  });
  return { outcome: 'ok', value: run, notes: [] };
}
