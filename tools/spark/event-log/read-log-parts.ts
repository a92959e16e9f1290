import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Provenance } from '../../../knowledge/provenance.ts';
import type { Outcome } from '../../evidence/outcome.ts';
import type { SparkRun } from '../facts.ts';
import { TASK_STATUS } from '../task-table.ts';
import { assembleRun, assembleTasks } from './assemble-run.ts';
import { collectRun, type RunCollector } from './collect-run.ts';
import { keepTasks, type ReadAgain } from './keep-tasks.ts';
import type { LogPart } from './log-part.ts';
import { openEventLog } from './open-event-log.ts';
import { parseEvent } from './parse-event.ts';
import { readLinesAgain } from './read-lines-again.ts';
import { noteOnEnd, notesOnLog, notesOnParts } from './reading-notes.ts';
import { isStatusMarker, orderParts, type RollingName, rollingName } from './rolling-names.ts';
import { logScanner, type ScannedLog } from './scan-log.ts';
import { taskRowOfEvent } from './task-row-of-event.ts';
import { FIELD, ROW_WIDTH } from './task-rows.ts';
import { whyNoEventLog } from './why-no-event-log.ts';

export interface ReadLogOptions {
  signal?: AbortSignal;
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

interface Reading {
  log: ScannedLog;
  collector: RunCollector;
  /** Events of any kind that were understood. */
  events: number;
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
  { signal, provenance = 'engine' }: ReadLogOptions = {},
): Promise<Outcome<SparkRun>> {
  const ordered = inReadingOrder(given);
  const first = await scan(ordered.parts, false, signal);
  const careful = first.log.distrusted;
  const reading = careful ? await scan(ordered.parts, true, signal) : first;
  if (reading.events === 0) return await whyNoEventLog(ordered.parts, reading.log, signal);
  const value = await factsOf(ordered, reading, careful, provenance, signal);
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

async function scan(parts: readonly LogPart[], careful: boolean, signal?: AbortSignal): Promise<Reading> {
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
  for (const [number, part] of parts.entries()) {
    const open = await openEventLog(part, signal);
    const lines = scanner.openFile(number, part.source);
    const packed = open.codecs.length > 0;
    for await (const chunk of !packed && part.openReused ? part.openReused(signal) : open.chunks) {
      signal?.throwIfAborted();
      reading.bytesRead += chunk.length;
      lines.feed(chunk);
      if (scanner.log.distrusted && !careful) break;
    }
    lines.finish();
    reading.packed.push(packed);
    reading.notes.push(...noteOnEnd(part.source, open.end()));
  }
  reading.events += scanner.log.rows.length + scanner.log.started.size;
  return { ...reading, log: scanner.log, collector };
}

async function factsOf(
  { parts, compacted, missing, namedInProgress }: OrderedParts,
  { log, collector, packed, bytesRead, notes }: Reading,
  careful: boolean,
  provenance: Provenance,
  signal?: AbortSignal,
): Promise<SparkRun> {
  const sources = parts.map((part) => part.source);
  const again: ReadAgain = async (wanted, onLine) => {
    for (const [number, part] of parts.entries()) {
      const here = wanted.filter((address) => address.file === number);
      await readLinesAgain(part, packed[number] ?? false, here, onLine, signal);
    }
  };
  await addOpenTasks(log, again);
  const tasks = assembleTasks(log, collector);
  const keptTasks = await keepTasks(log, collector, tasks, sources, again);
  return assembleRun(log, collector, tasks, keptTasks, {
    sources,
    provenance,
    bytesRead,
    compacted,
    missingParts: missing,
    namedInProgress,
    notes: [...notes, ...notesOnParts(compacted, missing), ...notesOnLog(log, collector, careful)],
  });
}

/** Tasks that started and never ended get a row of their own, out of their start's line. */
async function addOpenTasks(log: ScannedLog, again: ReadAgain): Promise<void> {
  const row = new Float64Array(ROW_WIDTH);
  await again(log.started.addresses(), (address, bytes) => {
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
