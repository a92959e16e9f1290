import type { HostShare, Quantiles, StageFacts } from '../facts.ts';
import { TASK_STATUS, type TaskTable } from '../task-table.ts';
import { medianOf, quantilesOf } from './quantiles.ts';

/** The part of a stage's facts that its tasks tell. */
export type StageSummary = Pick<
  StageFacts,
  | 'attempts'
  | 'durationMs'
  | 'runMs'
  | 'cpuMs'
  | 'gcMs'
  | 'deserialiseMs'
  | 'resultSerialiseMs'
  | 'schedulerDelayMs'
  | 'fetchWaitMs'
  | 'shuffleWriteMs'
  | 'inputBytes'
  | 'inputRecords'
  | 'outputBytes'
  | 'outputRecords'
  | 'shuffleReadBytes'
  | 'shuffleReadRecords'
  | 'shuffleWriteBytes'
  | 'shuffleWriteRecords'
  | 'memorySpilledBytes'
  | 'diskSpilledBytes'
  | 'peakExecutionMemoryBytes'
  | 'resultBytes'
  | 'hosts'
>;

/** Rows of the table by stage: `order` holds row numbers, stage `s` from `from[s]` to `from[s + 1]`. */
export interface RowsByStage {
  order: Uint32Array;
  from: Uint32Array;
}

/** Groups rows by stage in one counting pass; rows of unknown stages are left out. */
export function rowsByStage(table: TaskTable, stageCount: number): RowsByStage {
  const from = new Uint32Array(stageCount + 2);
  for (let row = 0; row < table.length; row += 1) {
    const stage = table.stage[row] ?? -1;
    if (stage >= 0) from[stage + 2] = (from[stage + 2] ?? 0) + 1;
  }
  for (let stage = 2; stage < from.length; stage += 1) from[stage] = (from[stage] ?? 0) + (from[stage - 1] ?? 0);
  const order = new Uint32Array(from[stageCount + 1] ?? 0);
  for (let row = 0; row < table.length; row += 1) {
    const stage = table.stage[row] ?? -1;
    if (stage < 0) continue;
    const next = from[stage + 1] ?? 0;
    order[next] = row;
    from[stage + 1] = next + 1;
  }
  return { order, from };
}

/** Sums and quantiles of one stage attempt over its rows. */
export function summariseStage(table: TaskTable, rows: Uint32Array): StageSummary {
  const good = rows.filter((row) => table.status[row] === TASK_STATUS.succeeded);
  const measured = good.filter((row) => table.hasMetrics[row] === 1);
  const of = (column: Float64Array) => quantilesOfRows(measured, (row) => column[row] ?? Number.NaN);
  return {
    attempts: countAttempts(table, rows),
    durationMs: quantilesOfRows(good, (row) => durationOf(table, row)),
    runMs: of(table.runMs),
    cpuMs: of(table.cpuMs),
    gcMs: of(table.gcMs),
    deserialiseMs: of(table.deserialiseMs),
    resultSerialiseMs: of(table.resultSerialiseMs),
    schedulerDelayMs: quantilesOfRows(measured, (row) => schedulerDelayOf(table, row)),
    fetchWaitMs: of(table.fetchWaitMs),
    shuffleWriteMs: of(table.shuffleWriteMs),
    inputBytes: of(table.inputBytes),
    inputRecords: of(table.inputRecords),
    outputBytes: of(table.outputBytes),
    outputRecords: of(table.outputRecords),
    shuffleReadBytes: of(table.shuffleReadBytes),
    shuffleReadRecords: of(table.shuffleReadRecords),
    shuffleWriteBytes: of(table.shuffleWriteBytes),
    shuffleWriteRecords: of(table.shuffleWriteRecords),
    memorySpilledBytes: of(table.memorySpilledBytes),
    diskSpilledBytes: of(table.diskSpilledBytes),
    peakExecutionMemoryBytes: of(table.peakExecutionMemoryBytes),
    resultBytes: of(table.resultBytes),
    hosts: hostShares(table, measured),
  };
}

function quantilesOfRows(rows: Uint32Array, valueAt: (row: number) => number): Quantiles | null {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = valueAt(row);
    if (Number.isNaN(value)) continue;
    values[count] = value;
    count += 1;
  }
  return quantilesOf(values.subarray(0, count));
}

/** Launch to finish on the driver's clock; NaN while it runs. */
export function durationOf(table: TaskTable, row: number): number {
  return (table.finishedAt[row] ?? Number.NaN) - (table.launchedAt[row] ?? Number.NaN);
}

/** What is left of the duration beside the times the executor reports, as Spark's UI computes it; never below zero. */
function schedulerDelayOf(table: TaskTable, row: number): number {
  const at = (column: Float64Array) => column[row] ?? 0;
  const told = at(table.runMs) + at(table.deserialiseMs) + at(table.resultSerialiseMs) + at(table.gettingResultMs);
  return Math.max(0, durationOf(table, row) - told);
}

function countAttempts(table: TaskTable, rows: Uint32Array): StageFacts['attempts'] {
  const attempts = { succeeded: 0, failed: 0, killed: 0, speculative: 0, running: 0 };
  for (const row of rows) {
    if (table.speculative[row] === 1) attempts.speculative += 1;
    const status = table.status[row];
    if (status === TASK_STATUS.succeeded) attempts.succeeded += 1;
    else if (status === TASK_STATUS.killed) attempts.killed += 1;
    else if (status === TASK_STATUS.running) attempts.running += 1;
    else attempts.failed += 1;
  }
  return attempts;
}

function hostShares(table: TaskTable, rows: Uint32Array): HostShare[] {
  const byHost = new Map<number, number[]>();
  for (const row of rows) {
    const host = table.host[row] ?? 0;
    const known = byHost.get(host);
    if (known) known.push(row);
    else byHost.set(host, [row]);
  }
  return [...byHost.entries()].map(([host, list]) => {
    const median = (valueAt: (row: number) => number) => medianOf(Float64Array.from(list, valueAt).filter(isNumber));
    const sum = (column: Float64Array) => list.reduce((total, row) => total + (column[row] ?? 0), 0);
    return {
      host: table.hosts[host] ?? '',
      tasks: list.length,
      medianDurationMs: median((row) => durationOf(table, row)),
      medianRunMs: median((row) => table.runMs[row] ?? 0),
      medianCpuMs: median((row) => table.cpuMs[row] ?? 0),
      medianGcMs: median((row) => table.gcMs[row] ?? 0),
      medianShuffleWriteMs: median((row) => table.shuffleWriteMs[row] ?? 0),
      medianFetchWaitMs: median((row) => table.fetchWaitMs[row] ?? 0),
      inputBytes: sum(table.inputBytes),
      shuffleReadBytes: sum(table.shuffleReadBytes),
      shuffleWriteBytes: sum(table.shuffleWriteBytes),
      records: sum(table.inputRecords) + sum(table.shuffleReadRecords),
    };
  });
}

function isNumber(value: number): boolean {
  return !Number.isNaN(value);
}
