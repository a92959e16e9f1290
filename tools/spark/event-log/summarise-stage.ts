import type { HostShare, StageFacts } from '../facts.ts';
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

/** Sums and quantiles of every stage attempt, in the order of the stages. */
export function summariseStages(table: TaskTable, { order, from }: RowsByStage): StageSummary[] {
  const summaries: StageSummary[] = [];
  for (let stage = 0; stage + 2 < from.length; stage += 1) {
    summaries.push(summariseStage(table, order.subarray(from[stage] ?? 0, from[stage + 1] ?? 0)));
  }
  return summaries;
}

/** Sums and quantiles of one stage attempt over its rows. */
export function summariseStage(table: TaskTable, rows: Uint32Array): StageSummary {
  const good = rows.filter((row) => table.status[row] === TASK_STATUS.succeeded);
  const measured = good.filter((row) => table.hasMetrics[row] === 1);
  const of = (column: Float64Array) => quantilesOf(numbersOf(column, measured));
  return {
    attempts: countAttempts(table, rows),
    durationMs: quantilesOf(durationsOf(table, good)),
    runMs: of(table.runMs),
    cpuMs: of(table.cpuMs),
    gcMs: of(table.gcMs),
    deserialiseMs: of(table.deserialiseMs),
    resultSerialiseMs: of(table.resultSerialiseMs),
    schedulerDelayMs: quantilesOf(schedulerDelaysOf(table, measured)),
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

/** Numbers are gathered here to be ordered: memory of its own for each of thousands of small lists costs more than the work. */
let scratch = new Float64Array(4_096);

function scratchFor(count: number): Float64Array {
  if (scratch.length < count) scratch = new Float64Array(Math.max(count, scratch.length * 2));
  return scratch;
}

/** The numbers of a column at some rows; NaN, which stands for unknown, is left out. Valid until the next call. */
function numbersOf(column: Float64Array, rows: Uint32Array): Float64Array {
  const values = scratchFor(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const value = column[rows[at] as number] as number;
    if (Number.isNaN(value)) continue;
    values[count] = value;
    count += 1;
  }
  return values.subarray(0, count);
}

function sumOf(column: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at += 1) sum += column[rows[at] as number] as number;
  return sum;
}

/** Launch to finish on the driver's clock; NaN while it runs. */
export function durationOf(table: TaskTable, row: number): number {
  return (table.finishedAt[row] as number) - (table.launchedAt[row] as number);
}

function durationsOf(table: TaskTable, rows: Uint32Array): Float64Array {
  const values = scratchFor(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const value = durationOf(table, rows[at] as number);
    if (Number.isNaN(value)) continue;
    values[count] = value;
    count += 1;
  }
  return values.subarray(0, count);
}

/** What is left of the duration beside the times the executor reports, as Spark's UI computes it; never below zero. */
function schedulerDelaysOf(table: TaskTable, rows: Uint32Array): Float64Array {
  const delays = scratchFor(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const told =
      (table.runMs[row] as number) +
      (table.deserialiseMs[row] as number) +
      (table.resultSerialiseMs[row] as number) +
      (table.gettingResultMs[row] as number);
    delays[at] = Math.max(0, durationOf(table, row) - told) || 0;
  }
  return delays.subarray(0, rows.length);
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
  return rowsByHost(table, rows).map(({ host, rows: mine }) => {
    const median = (column: Float64Array) => medianOf(numbersOf(column, mine));
    return {
      host: table.hosts[host] ?? '',
      tasks: mine.length,
      medianDurationMs: medianOf(durationsOf(table, mine)),
      medianRunMs: median(table.runMs),
      medianCpuMs: median(table.cpuMs),
      medianGcMs: median(table.gcMs),
      medianShuffleWriteMs: median(table.shuffleWriteMs),
      medianFetchWaitMs: median(table.fetchWaitMs),
      inputBytes: sumOf(table.inputBytes, mine),
      shuffleReadBytes: sumOf(table.shuffleReadBytes, mine),
      shuffleWriteBytes: sumOf(table.shuffleWriteBytes, mine),
      records: sumOf(table.inputRecords, mine) + sumOf(table.shuffleReadRecords, mine),
    };
  });
}

function rowsByHost(table: TaskTable, rows: Uint32Array): { host: number; rows: Uint32Array }[] {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(table.host[row] as number, (counts.get(table.host[row] as number) ?? 0) + 1);
  const groups = new Map([...counts].map(([host, count]) => [host, { host, rows: new Uint32Array(count), used: 0 }]));
  for (const row of rows) {
    const group = groups.get(table.host[row] as number);
    if (group === undefined) continue;
    group.rows[group.used] = row;
    group.used += 1;
  }
  return [...groups.values()];
}
