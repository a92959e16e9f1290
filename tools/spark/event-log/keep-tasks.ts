import type { TaskFacts, TaskStatus } from '../facts.ts';
import { TASK_STATUS } from '../task-table.ts';
import type { AssembledTasks } from './assemble-run.ts';
import { chooseKeptTasks } from './choose-kept-tasks.ts';
import type { KeptFailure } from './collect-failed-tasks.ts';
import type { RunCollector } from './collect-run.ts';
import { quoteFrom } from './event-line.ts';
import { isObject, listAt, numberAt, objectAt } from './json-fields.ts';
import { parseEvent } from './parse-event.ts';
import type { ScannedTasks } from './scan-log.ts';
import type { LineAddress } from './started-tasks.ts';

/** Reads lines of the log a second time, in the order of the log; lines that are gone are left out. */
export type ReadAgain = (
  wanted: readonly LineAddress[],
  onLine: (address: LineAddress, bytes: Buffer) => void,
) => Promise<void>;

/** Unfinished stages whose accumulators are looked up in their last task. */
const MAX_UNFINISHED = 50;

const STATUS_NAMES = Object.fromEntries(Object.entries(TASK_STATUS).map(([name, code]) => [code, name])) as Readonly<
  Record<number, TaskStatus>
>;

/**
 * The tasks worth quoting, with their quotes: failed ones as collected, slow ones and a usual one of each stage read again.
 * On the way the totals of SQL accumulators are taken from the last task of each stage that never completed (completed
 * ones told them themselves).
 */
export async function keepTasks(
  log: ScannedTasks,
  collector: RunCollector,
  tasks: AssembledTasks,
  sources: readonly string[],
  again: ReadAgain,
): Promise<TaskFacts[]> {
  const failed = new Map(collector.failedTasks.kept.map((failure) => [failure.row, failure]));
  const kept = new Map<number, TaskFacts>();
  for (const failure of failed.values()) kept.set(failure.row, taskFacts(log, tasks, failure));

  const lastTasks = lastTasksOfUnfinished(log, collector, tasks);
  const wanted = new Map<number, number>();
  for (const row of chooseKeptTasks(tasks.table, tasks.byStage, tasks.summaries, collector.span.last ?? 0)) {
    if (!failed.has(row)) wanted.set(placeOf(log, row), row);
  }
  const addresses = [...new Set([...wanted.values(), ...lastTasks])].map((row) => addressOf(log, row));
  const last = new Set(lastTasks.map((row) => placeOf(log, row)));
  await again(addresses, (address, bytes) => {
    const place = placeOfAddress(address);
    if (last.has(place)) takeAccumulators(bytes, collector);
    const row = wanted.get(place);
    if (row === undefined) return;
    const line = { source: sources[address.file] ?? '', line: address.line, offset: address.offset, bytes };
    kept.set(
      row,
      taskFacts(log, tasks, {
        row,
        reasonClass: tasks.table.status[row] === TASK_STATUS.succeeded ? 'Success' : null,
        reasonText: null,
        quote: quoteFrom(line, '"Task Info":'),
        metricsQuote: bytes.includes('"Task Metrics":') ? quoteFrom(line, '"Task Metrics":') : null,
      }),
    );
  });
  return [...kept.values()].sort((a, b) => a.row - b.row);
}

/** File and offset in one number: offsets stay below 2^44, files below 2^8 in any log one would read. */
function placeOfAddress({ file, offset }: LineAddress): number {
  return file * 2 ** 44 + offset;
}

function placeOf(log: ScannedTasks, row: number): number {
  return placeOfAddress(addressOf(log, row));
}

function addressOf(log: ScannedTasks, row: number): LineAddress {
  return {
    file: log.rows.at(row, 'file'),
    line: log.rows.at(row, 'line'),
    offset: log.rows.at(row, 'offset'),
    length: log.rows.at(row, 'length'),
  };
}

function lastTasksOfUnfinished(log: ScannedTasks, collector: RunCollector, tasks: AssembledTasks): number[] {
  const rows: number[] = [];
  collector.stages.stages.forEach((stage, position) => {
    if (stage.status !== 'running' || rows.length >= MAX_UNFINISHED) return;
    const { order, from } = tasks.byStage;
    let last: number | null = null;
    for (const row of order.subarray(from[position] ?? 0, from[position + 1] ?? 0)) {
      if (tasks.table.status[row] !== TASK_STATUS.succeeded) continue;
      if (last === null || log.rows.at(row, 'line') > log.rows.at(last, 'line')) last = row;
    }
    if (last !== null) rows.push(last);
  });
  return rows;
}

function takeAccumulators(bytes: Buffer, collector: RunCollector): void {
  const event = parseEvent(bytes);
  for (const entry of listAt(objectAt(event, 'Task Info'), 'Accumulables')) {
    if (!isObject(entry)) continue;
    const id = numberAt(entry, 'ID');
    const value = numberAt(entry, 'Value');
    if (id !== null && value !== null) collector.stages.accumulator(id, value);
  }
}

function taskFacts(log: ScannedTasks, { table }: AssembledTasks, kept: KeptFailure): TaskFacts {
  const { row } = kept;
  const finishedAt = table.finishedAt[row] ?? Number.NaN;
  return {
    ...kept,
    taskId: table.taskId[row] ?? -1,
    stageId: log.rows.at(row, 'stageId'),
    stageAttempt: log.rows.at(row, 'stageAttempt'),
    index: table.index[row] ?? -1,
    attempt: table.attempt[row] ?? 0,
    executorId: log.strings.executors.texts[log.rows.at(row, 'executor')] ?? '',
    host: table.hosts[table.host[row] ?? -1] ?? '',
    status: STATUS_NAMES[table.status[row] ?? -1] ?? 'failed',
    launchedAt: table.launchedAt[row] ?? Number.NaN,
    finishedAt: Number.isNaN(finishedAt) ? null : finishedAt,
  };
}
