import path from 'node:path';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Outcome } from '../evidence/outcome.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { type AssembledTasks, assembleRun, assembleTasks } from './event-log/assemble-run.ts';
import { collectRun, type RunCollector } from './event-log/collect-run.ts';
import { isObject } from './event-log/json-fields.ts';
import { keepTasks } from './event-log/keep-tasks.ts';
import { openEventLog } from './event-log/open-event-log.ts';
import { readLinesAgain } from './event-log/read-lines-again.ts';
import { noteOnEnd, notesOnLog } from './event-log/reading-notes.ts';
import { isStatusMarker, orderParts, rollingName } from './event-log/rolling-names.ts';
import { type LineAddress, logScanner, type ScannedLog } from './event-log/scan-log.ts';
import { taskRowOfEvent } from './event-log/task-row-of-event.ts';
import { FIELD, ROW_WIDTH } from './event-log/task-rows.ts';
import { whyNoEventLog } from './event-log/why-no-event-log.ts';
import type { SparkRun } from './facts.ts';
import { TASK_STATUS } from './task-table.ts';

export interface ReadEventLogOptions {
  signal?: AbortSignal;
}

/**
 * Reads one Spark event log into facts: one file, or the parts of a rolling directory (the status marker may be among them).
 * Any codec of Spark, known by content; plain or packed once more by a capture or a person. Versions 1.0 to 4.1 were tried;
 * a later one is read as far as it is understood. Memory grows only with the number of tasks (about 300 bytes each).
 *
 * A cut, half-written or partly damaged log gives what could be read, with notes. `no_data` for an empty one, `failed` for
 * what is no event log or cannot be opened.
 *
 * @throws when `signal` aborts
 */
export async function readEventLog(
  files: readonly PlatformFile[],
  options: ReadEventLogOptions = {},
): Promise<Outcome<SparkRun>> {
  const parts = partsOf(files);
  try {
    const first = await scan(parts.files, false, options.signal);
    const reading = first.log.distrusted ? await scan(parts.files, true, options.signal) : first;
    if (reading.events === 0) return await whyNoEventLog(parts.files, reading.log, options.signal);
    const value = await factsOf(parts, reading, first.log.distrusted, options.signal);
    return { outcome: 'ok', value, notes: [...value.completeness.notes] };
  } catch (error) {
    options.signal?.throwIfAborted();
    return failedToOpen(error, files);
  }
}

interface Parts {
  files: readonly PlatformFile[];
  compacted: boolean;
  missing: readonly number[];
  namedInProgress: boolean;
}

interface Reading {
  log: ScannedLog;
  collector: RunCollector;
  /** Events of any kind that were understood. */
  events: number;
  bytesRead: number;
  /** For each file, whether it was packed. */
  packed: boolean[];
  notes: Bilingual[];
}

function partsOf(files: readonly PlatformFile[]): Parts {
  const namedInProgress = files.some((file) => /\.inprogress(?:\.(?:gz|zst))?$/.test(file.path));
  const logs = files.filter((file) => !isStatusMarker(path.posix.basename(file.path)));
  const named = logs.map((part) => ({ name: rollingName(path.posix.basename(part.path)), part }));
  const rolling = named.filter((entry) => entry.name !== null) as {
    name: NonNullable<ReturnType<typeof rollingName>>;
    part: PlatformFile;
  }[];
  if (rolling.length < logs.length || rolling.length === 0) {
    return {
      files: logs,
      compacted: logs.some((file) => file.path.includes('.compact')),
      missing: [],
      namedInProgress,
    };
  }
  const { inOrder, missing, compacted } = orderParts(rolling);
  return { files: inOrder, compacted, missing, namedInProgress };
}

async function scan(files: readonly PlatformFile[], careful: boolean, signal?: AbortSignal): Promise<Reading> {
  const collector = collectRun();
  const reading = { events: 0, bytesRead: 0, packed: [] as boolean[], notes: [] as Bilingual[] };
  const scanner = logScanner(
    {
      event(name, event, line) {
        reading.events += 1;
        collector.event(name, event, line);
      },
      failedTask: collector.failedTasks.add,
    },
    { careful },
  );
  for (const [number, file] of files.entries()) {
    const open = await openEventLog(file, signal);
    const lines = scanner.openFile(number, file.source);
    for await (const chunk of open.chunks) {
      signal?.throwIfAborted();
      reading.bytesRead += chunk.length;
      lines.feed(chunk);
      if (scanner.log.distrusted && !careful) break;
    }
    lines.finish();
    reading.packed.push(open.codecs.length > 0);
    reading.notes.push(...noteOnEnd(file.source, open.end()));
  }
  reading.events += scanner.log.rows.length + scanner.log.started.size;
  return { ...reading, log: scanner.log, collector };
}

async function factsOf(parts: Parts, reading: Reading, careful: boolean, signal?: AbortSignal): Promise<SparkRun> {
  const { log, collector } = reading;
  const again = async (wanted: readonly LineAddress[], onLine: (address: LineAddress, bytes: Buffer) => void) => {
    for (const [number, file] of parts.files.entries()) {
      const here = wanted.filter((address) => address.file === number);
      await readLinesAgain(file, reading.packed[number] ?? false, here, onLine, signal);
    }
  };
  await addOpenTasks(log, again);
  const tasks: AssembledTasks = assembleTasks(log, collector);
  const keptTasks = await keepTasks(log, collector, tasks, parts.files, again);
  return assembleRun(log, collector, tasks, keptTasks, {
    sources: parts.files.map((file) => file.source),
    bytesRead: reading.bytesRead,
    compacted: parts.compacted,
    missingParts: parts.missing,
    namedInProgress: parts.namedInProgress,
    notes: [...reading.notes, ...notesOnParts(parts), ...notesOnLog(log, collector, careful)],
  });
}

/** Tasks that started and never ended get a row of their own, out of their start's line. */
async function addOpenTasks(
  log: ScannedLog,
  again: (wanted: readonly LineAddress[], onLine: (address: LineAddress, bytes: Buffer) => void) => Promise<void>,
): Promise<void> {
  const row = new Float64Array(ROW_WIDTH);
  await again([...log.started.values()], (address, bytes) => {
    const event: unknown = JSON.parse(bytes.toString('utf8'));
    if (!isObject(event) || !taskRowOfEvent(event, row, log.strings)) return;
    row[FIELD.status] = TASK_STATUS.running;
    row[FIELD.finishedAt] = Number.NaN;
    row[FIELD.file] = address.file;
    row[FIELD.line] = address.line;
    row[FIELD.offset] = address.offset;
    row[FIELD.length] = address.length;
    log.rows.push(row);
  });
}

function notesOnParts({ compacted, missing }: Parts): Bilingual[] {
  const notes: Bilingual[] = [];
  if (compacted) {
    notes.push({
      en: 'the log was compacted: finished jobs, stages, tasks and dead executors of its earlier part are gone',
      zh: '该日志经过压实（compaction）：早期已完成的作业、阶段、任务和已退出的 executor 已被删除',
    });
  }
  if (missing.length > 0) {
    const numbers = missing.slice(0, 10).join(', ');
    notes.push({
      en: `parts ${numbers} of the rolling log are missing`,
      zh: `滚动日志缺少第 ${numbers} 部分`,
    });
  }
  return notes;
}

function failedToOpen(error: unknown, files: readonly PlatformFile[]): Outcome<SparkRun> {
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code !== 'string') throw error;
  const source = files[0]?.source ?? '';
  return {
    outcome: 'failed',
    retryable: code === 'EMFILE' || code === 'EIO' || code === 'EAGAIN',
    why: { en: `the event log ${source} cannot be read (${code})`, zh: `无法读取事件日志 ${source}（${code}）` },
  };
}
