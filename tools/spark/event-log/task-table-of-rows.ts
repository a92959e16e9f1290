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

type Column = Exclude<keyof TaskTable, 'length' | 'hosts'>;

/** Columns that are copied from a row, with what the row's number is divided by. */
const COPIED: readonly (readonly [Column, number, number])[] = [
  ['host', FIELD.host, 1],
  ['taskId', FIELD.taskId, 1],
  ['index', FIELD.index, 1],
  ['attempt', FIELD.attempt, 1],
  ['status', FIELD.status, 1],
  ['speculative', FIELD.speculative, 1],
  ['hasMetrics', FIELD.hasMetrics, 1],
  ['launchedAt', FIELD.launchedAt, 1],
  ['finishedAt', FIELD.finishedAt, 1],
  ['runMs', FIELD.runMs, 1],
  ['cpuMs', FIELD.cpuNs, 1e6],
  ['gcMs', FIELD.gcMs, 1],
  ['deserialiseMs', FIELD.deserialiseMs, 1],
  ['resultSerialiseMs', FIELD.resultSerialiseMs, 1],
  ['fetchWaitMs', FIELD.fetchWaitMs, 1],
  ['shuffleWriteMs', FIELD.shuffleWriteNs, 1e6],
  ['inputBytes', FIELD.inputBytes, 1],
  ['inputRecords', FIELD.inputRecords, 1],
  ['outputBytes', FIELD.outputBytes, 1],
  ['outputRecords', FIELD.outputRecords, 1],
  ['shuffleReadRecords', FIELD.shuffleReadRecords, 1],
  ['shuffleWriteBytes', FIELD.shuffleWriteBytes, 1],
  ['shuffleWriteRecords', FIELD.shuffleWriteRecords, 1],
  ['memorySpilledBytes', FIELD.memorySpilledBytes, 1],
  ['diskSpilledBytes', FIELD.diskSpilledBytes, 1],
  ['peakExecutionMemoryBytes', FIELD.peakExecutionMemoryBytes, 1],
  ['resultBytes', FIELD.resultBytes, 1],
];

/** The table that facts carry, out of the rows that reading gathered. */
export function taskTableOfRows(rows: TaskRows, context: TaskTableContext): TaskTable {
  const table = emptyTable(rows.length, context.hosts);
  const executorOf = executorFinder(context);
  for (const { first, block, rows: count } of rows.blocks()) {
    for (const [column, field, divisor] of COPIED) {
      const target = table[column];
      for (let row = 0, at = field; row < count; row += 1, at += ROW_WIDTH) {
        target[first + row] = (block[at] ?? 0) / divisor;
      }
    }
    for (let row = 0; row < count; row += 1) {
      const at = row * ROW_WIDTH;
      const number = (field: number) => block[at + field] ?? 0;
      const finishedAt = number(FIELD.finishedAt);
      const gettingResultAt = number(FIELD.gettingResultAt);
      table.stage[first + row] = context.stageOf(number(FIELD.stageId), number(FIELD.stageAttempt));
      table.executor[first + row] = executorOf(number(FIELD.executor), number(FIELD.launchedAt));
      table.shuffleReadBytes[first + row] = number(FIELD.remoteBytes) + number(FIELD.localBytes);
      table.gettingResultMs[first + row] = gettingResultAt > 0 ? Math.max(0, finishedAt - gettingResultAt) || 0 : 0;
    }
  }
  return table;
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
