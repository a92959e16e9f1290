import { availableParallelism } from 'node:os';
import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Provenance } from '../../../knowledge/provenance.ts';
import type { Outcome } from '../../evidence/outcome.ts';
import type { SparkRun } from '../facts.ts';
import { TASK_STATUS } from '../task-table.ts';
import { assembleRun, assembleTasks } from './assemble-run.ts';
import { collectRun, type RunCollector } from './collect-run.ts';
import { keepTasks, type ReadAgain } from './keep-tasks.ts';
import type { LogPart } from './log-part.ts';
import { mergeRange } from './merge-ranges.ts';
import { openEventLog } from './open-event-log.ts';
import { parseEvent } from './parse-event.ts';
import { readLinesAgain } from './read-lines-again.ts';
import { noteOnEnd, notesOnLog, notesOnParts } from './reading-notes.ts';
import { isStatusMarker, orderParts, type RollingName, rollingName } from './rolling-names.ts';
import { type LogScanner, logScanner, type ScannedTasks } from './scan-log.ts';
import type { ScannedRange } from './scan-range.ts';
import { scanWithThreads } from './scan-with-threads.ts';
import { type LineAddress, unmatchedTasks } from './started-tasks.ts';
import { type EventTaker, eventTaker, type LineCounts } from './take-events.ts';
import { taskRowOfEvent } from './task-row-of-event.ts';
import { FIELD, ROW_WIDTH } from './task-rows.ts';
import { whyNoEventLog } from './why-no-event-log.ts';

export interface ReadLogOptions {
  signal?: AbortSignal;
  /** Threads that scan plain files beside this one; by default one for each further processor, up to three, for large files. */
  workers?: number;
  /** Who may be believed to have written the log: `engine` unless the asker handed it in. */
  provenance?: Provenance;
}

/** The parts of one log in the order they are read, and what their names tell. */
export interface OrderedParts {
  parts: readonly LogPart[];
  compacted: boolean;
  missing: readonly number[];
  namedInProgress: boolean;
}

/** Smaller files are read before threads would have started (measured: 60 ms each). */
const THREADS_FROM_BYTES = 96 << 20;

interface Reading {
  log: ScannedTasks;
  collector: RunCollector;
  counts: LineCounts;
  bytesRead: number;
  /** For each part, whether it was packed. */
  packed: boolean[];
  notes: Bilingual[];
}

/**
 * Reads the parts of one event log into facts, wherever they are stored.
 *
 * @throws when `signal` aborts, or when a part cannot be opened
 */
export async function readLogParts(
  given: readonly LogPart[],
  options: ReadLogOptions = {},
): Promise<Outcome<SparkRun>> {
  const ordered = inReadingOrder(given);
  const first = await scan(ordered.parts, false, options);
  const careful = first.log.distrusted;
  const reading = careful ? await scan(ordered.parts, true, options) : first;
  const events = reading.counts.events + reading.log.rows.length + reading.log.started.count;
  if (events === 0) return await whyNoEventLog(ordered.parts, reading.log, reading.notes, options.signal);
  const value = await factsOf(ordered, reading, careful, options);
  return { outcome: 'ok', value, notes: [...value.completeness.notes] };
}

/** Orders rolling parts by their numbers, drops status markers; other parts stay in the order given. */
export function inReadingOrder(given: readonly LogPart[]): OrderedParts {
  const namedInProgress = given.some((part) => /\.inprogress(?:\.(?:gz|zst))?$/.test(part.baseName));
  const logs = given.filter((part) => !isStatusMarker(part.baseName));
  const rolling: { name: RollingName; part: LogPart }[] = [];
  for (const part of logs) {
    const name = rollingName(part.baseName);
    if (name !== null) rolling.push({ name, part });
  }
  if (rolling.length < logs.length || rolling.length === 0) {
    return { parts: logs, compacted: false, missing: [], namedInProgress };
  }
  const { inOrder, missing, compacted } = orderParts(rolling);
  return { parts: inOrder, compacted, missing, namedInProgress };
}

async function scan(parts: readonly LogPart[], careful: boolean, options: ReadLogOptions): Promise<Reading> {
  const { signal } = options;
  const collector = collectRun();
  const taker = eventTaker(collector);
  const reading = { bytesRead: 0, packed: [] as boolean[], notes: [] as Bilingual[] };
  let source = '';
  const scanner = logScanner(
    {
      line: (bytes, line, offset, last) => taker.line(bytes, source, line, offset, last),
      failedTask: (event, bytes, line, offset, row) => taker.failedTask(event, bytes, source, line, offset, row),
    },
    { careful },
  );
  for (const [number, part] of parts.entries()) {
    source = part.source;
    const cutOffBefore = taker.counts.cutOff;
    const open = await openEventLog(part, signal);
    const packed = open.codecs.length > 0;
    const threads = packed ? 0 : threadsFor(part, options.workers);
    if (threads > 0 && part.realPath !== undefined) {
      await open.close();
      const file = { number, realPath: part.realPath, bytes: part.storedBytes };
      await scanInThreads(file, source, threads, careful, scanner, taker, signal);
      reading.bytesRead += part.storedBytes;
    } else {
      const lines = scanner.openFile(number);
      for await (const chunk of !packed && part.openReused ? part.openReused(signal) : open.chunks) {
        signal?.throwIfAborted();
        reading.bytesRead += chunk.length;
        lines.feed(chunk);
        if (scanner.tasks.distrusted && !careful) break;
      }
      await open.close();
      lines.finish();
    }
    reading.packed.push(packed);
    const end = open.end();
    // Where the bytes themselves were cut, a cut line says nothing more.
    if (end !== 'whole') taker.counts.cutOff = cutOffBefore;
    reading.notes.push(...noteOnEnd(source, end));
  }
  return { ...reading, counts: taker.counts, log: scanner.tasks, collector };
}

function threadsFor(part: LogPart, asked: number | undefined): number {
  if (asked !== undefined) return asked;
  return part.storedBytes >= THREADS_FROM_BYTES ? Math.min(4, availableParallelism()) - 1 : 0;
}

async function scanInThreads(
  file: { number: number; realPath: string; bytes: number },
  source: string,
  threads: number,
  careful: boolean,
  { tasks }: LogScanner,
  taker: EventTaker,
  signal?: AbortSignal,
): Promise<void> {
  let linesBefore = 0;
  const take = (range: ScannedRange): boolean => {
    const firstRow = mergeRange(tasks, range, linesBefore);
    for (const { from, to, line, offset, last, row } of range.handedOn) {
      const bytes = Buffer.from(range.bytes.buffer, range.bytes.byteOffset + from, to - from);
      if (row === null) taker.line(bytes, source, line + linesBefore, offset, last);
      else taker.failedTask(null, bytes, source, line + linesBefore, offset, firstRow + row);
    }
    linesBefore += range.lines;
    return careful || !tasks.distrusted;
  };
  await scanWithThreads(file, threads, careful, take, signal);
}

async function factsOf(
  { parts, compacted, missing, namedInProgress }: OrderedParts,
  { log, collector, counts, packed, bytesRead, notes }: Reading,
  careful: boolean,
  { provenance = 'engine', signal }: ReadLogOptions,
): Promise<SparkRun> {
  const brokenLines = counts.unreadable + counts.strange;
  const sources = parts.map((part) => part.source);
  const again: ReadAgain = async (wanted, onLine) => {
    for (const [number, part] of parts.entries()) {
      const here = wanted.filter((address) => address.file === number);
      await readLinesAgain(part, packed[number] ?? false, here, onLine, signal);
    }
  };
  const { open, endsAlone } = unmatchedTasks(log.started.columns(), log.rows.columns().taskId);
  await addOpenTasks(log, open, again);
  const tasks = assembleTasks(log, collector);
  const keptTasks = await keepTasks(log, collector, tasks, sources, again);
  return assembleRun(log, collector, tasks, keptTasks, {
    sources,
    provenance,
    bytesRead,
    brokenLines,
    openTasks: open.length + endsAlone,
    compacted,
    missingParts: missing,
    namedInProgress,
    notes: [...notes, ...notesOnParts(compacted, missing), ...notesOnLog(log, counts, endsAlone, collector, careful)],
  });
}

/** Tasks that started and never ended get a row of their own, out of their start's line. */
async function addOpenTasks(log: ScannedTasks, open: readonly LineAddress[], again: ReadAgain): Promise<void> {
  const row = new Float64Array(ROW_WIDTH);
  await again(open, (address, bytes) => {
    const event = parseEvent(bytes);
    if (event === null || !taskRowOfEvent(event, row, log.strings)) return;
    row[FIELD.status] = TASK_STATUS.running;
    row[FIELD.finishedAt] = Number.NaN;
    row[FIELD.file] = address.file;
    row[FIELD.line] = address.line;
    row[FIELD.offset] = address.offset;
    row[FIELD.length] = address.length;
    log.rows.push(row);
  });
}
