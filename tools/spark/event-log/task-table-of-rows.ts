import type { ExecutorFacts } from '../facts.ts';
import type { TaskTable } from '../task-table.ts';
import { FIELD, ROW_WIDTH, type TaskRows } from './task-rows.ts';

/** What a row's numbers refer to. */
export interface TaskTableContext {
  hosts: readonly string[];
  /** Executor ids by the rows' index. */
  executorIds: readonly string[];
  executors: readonly ExecutorFacts[];
  /** Position of a stage attempt in `SparkRun.stages`, -1 when the log never told of it. */
  stageOf(stageId: number, attempt: number): number;
}

type ColumnsOf<Type> = { [Key in keyof TaskTable]: TaskTable[Key] extends Type ? Key : never }[keyof TaskTable];

/** Columns that are copied from a row as they are, by the type of their numbers. */
const WHOLE_NUMBERS: readonly (readonly [ColumnsOf<Int32Array>, number])[] = [
  ['host', FIELD.host],
  ['index', FIELD.index],
  ['attempt', FIELD.attempt],
];
const SMALL_NUMBERS: readonly (readonly [ColumnsOf<Uint8Array>, number])[] = [
  ['status', FIELD.status],
  ['speculative', FIELD.speculative],
  ['hasMetrics', FIELD.hasMetrics],
];
const NUMBERS: readonly (readonly [ColumnsOf<Float64Array>, number])[] = [
  ['taskId', FIELD.taskId],
  ['launchedAt', FIELD.launchedAt],
  ['finishedAt', FIELD.finishedAt],
  ['runMs', FIELD.runMs],
  ['gcMs', FIELD.gcMs],
  ['deserialiseMs', FIELD.deserialiseMs],
  ['resultSerialiseMs', FIELD.resultSerialiseMs],
  ['fetchWaitMs', FIELD.fetchWaitMs],
  ['inputBytes', FIELD.inputBytes],
  ['inputRecords', FIELD.inputRecords],
  ['outputBytes', FIELD.outputBytes],
  ['outputRecords', FIELD.outputRecords],
  ['shuffleReadRecords', FIELD.shuffleReadRecords],
  ['shuffleWriteBytes', FIELD.shuffleWriteBytes],
  ['shuffleWriteRecords', FIELD.shuffleWriteRecords],
  ['memorySpilledBytes', FIELD.memorySpilledBytes],
  ['diskSpilledBytes', FIELD.diskSpilledBytes],
  ['peakExecutionMemoryBytes', FIELD.peakExecutionMemoryBytes],
  ['resultBytes', FIELD.resultBytes],
];

/** The table that facts carry, out of the rows that reading gathered. */
export function taskTableOfRows(rows: TaskRows, context: TaskTableContext): TaskTable {
  const table = emptyTable(rows.length, context.hosts);
  const executorOf = executorFinder(context);
  for (const { first, block, rows: count } of rows.blocks()) {
    for (const [column, field] of WHOLE_NUMBERS) copyWhole(block, field, count, table[column], first);
    for (const [column, field] of SMALL_NUMBERS) copySmall(block, field, count, table[column], first);
    for (const [column, field] of NUMBERS) copyNumbers(block, field, count, table[column], first);
    fillComputed(table, block, first, count, context, executorOf);
  }
  return table;
}

// One loop for each type of column: a loop that sees several types is several times slower.
function copyWhole(block: Float64Array, field: number, count: number, column: Int32Array, first: number): void {
  for (let row = 0, at = field; row < count; row += 1, at += ROW_WIDTH) column[first + row] = block[at] as number;
}

function copySmall(block: Float64Array, field: number, count: number, column: Uint8Array, first: number): void {
  for (let row = 0, at = field; row < count; row += 1, at += ROW_WIDTH) column[first + row] = block[at] as number;
}

function copyNumbers(block: Float64Array, field: number, count: number, column: Float64Array, first: number): void {
  for (let row = 0, at = field; row < count; row += 1, at += ROW_WIDTH) column[first + row] = block[at] as number;
}

function fillComputed(
  table: TaskTable,
  block: Float64Array,
  first: number,
  count: number,
  { stageOf }: TaskTableContext,
  executorOf: (executor: number, at: number) => number,
): void {
  for (let row = 0; row < count; row += 1) {
    const at = row * ROW_WIDTH;
    const to = first + row;
    const finishedAt = block[at + FIELD.finishedAt] as number;
    const gettingResultAt = block[at + FIELD.gettingResultAt] as number;
    table.stage[to] = stageOf(block[at + FIELD.stageId] as number, block[at + FIELD.stageAttempt] as number);
    table.executor[to] = executorOf(block[at + FIELD.executor] as number, block[at + FIELD.launchedAt] as number);
    table.cpuMs[to] = (block[at + FIELD.cpuNs] as number) / 1e6;
    table.shuffleWriteMs[to] = (block[at + FIELD.shuffleWriteNs] as number) / 1e6;
    table.shuffleReadBytes[to] = (block[at + FIELD.remoteBytes] as number) + (block[at + FIELD.localBytes] as number);
    table.gettingResultMs[to] = gettingResultAt > 0 ? Math.max(0, finishedAt - gettingResultAt) || 0 : 0;
  }
}

/** Position of the executor that had an id at a time: the latest life of the id that had begun by then. */
function executorFinder({ executorIds, executors }: TaskTableContext) {
  const lives = new Map<string, number[]>();
  executors.forEach((executor, position) => {
    lives.set(executor.id, [...(lives.get(executor.id) ?? []), position]);
  });
  const byIndex = executorIds.map((id) => lives.get(id) ?? []);
  return (executor: number, at: number): number => {
    const positions = byIndex[executor];
    if (positions === undefined || positions.length === 0) return -1;
    let found = positions[0] ?? -1;
    for (const position of positions) {
      const addedAt = executors[position]?.addedAt ?? null;
      if (addedAt === null || addedAt <= at) found = position;
    }
    return found;
  };
}

/** A table of zeros. */
export function emptyTable(length: number, hosts: readonly string[]): TaskTable {
  const numbers = () => new Float64Array(length);
  return {
    length,
    hosts,
    stage: new Int32Array(length),
    executor: new Int32Array(length),
    host: new Int32Array(length),
    taskId: numbers(),
    index: new Int32Array(length),
    attempt: new Int32Array(length),
    status: new Uint8Array(length),
    speculative: new Uint8Array(length),
    hasMetrics: new Uint8Array(length),
    launchedAt: numbers(),
    finishedAt: numbers(),
    runMs: numbers(),
    cpuMs: numbers(),
    gcMs: numbers(),
    deserialiseMs: numbers(),
    resultSerialiseMs: numbers(),
    gettingResultMs: numbers(),
    fetchWaitMs: numbers(),
    shuffleWriteMs: numbers(),
    inputBytes: numbers(),
    inputRecords: numbers(),
    outputBytes: numbers(),
    outputRecords: numbers(),
    shuffleReadBytes: numbers(),
    shuffleReadRecords: numbers(),
    shuffleWriteBytes: numbers(),
    shuffleWriteRecords: numbers(),
    memorySpilledBytes: numbers(),
    diskSpilledBytes: numbers(),
    peakExecutionMemoryBytes: numbers(),
    resultBytes: numbers(),
  };
}
