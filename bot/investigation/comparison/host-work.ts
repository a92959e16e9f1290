import type { SparkRun } from '../../../tools/spark/facts.ts';
import { TASK_STATUS } from '../../../tools/spark/task-table.ts';

/** What the tasks of some stages that succeeded did on one host, in sums. */
export interface HostWork {
  host: string;
  tasks: number;
  /** Rows in, else bytes in, else tasks: what time is divided by. */
  work: number;
  runMs: number;
  /** Run time without GC, fetch wait and shuffle write: computing, or waiting for a core or a file. */
  ownMs: number;
  /** `null` where the log tells no CPU time (before Spark 2.1). */
  cpuMs: number | null;
  gcMs: number;
  fetchWaitMs: number;
  shuffleReadBytes: number;
  shuffleWriteMs: number;
  shuffleWriteBytes: number;
}

/** Work by host over the given rows of `SparkRun.stages`; tasks that succeeded only. */
export function workByHost(run: SparkRun, stageRows: readonly number[]): HostWork[] {
  const { tasks } = run;
  const wanted = new Set(stageRows);
  const byHost = new Map<number, HostWork & { bytes: number; rows: number }>();
  for (let row = 0; row < tasks.length; row++) {
    if (!wanted.has(tasks.stage[row] as number) || tasks.status[row] !== TASK_STATUS.succeeded) continue;
    const host = tasks.host[row] as number;
    const sum = byHost.get(host) ?? empty(tasks.hosts[host] ?? '');
    byHost.set(host, sum);
    const waits = at(tasks.gcMs, row) + at(tasks.fetchWaitMs, row) + at(tasks.shuffleWriteMs, row);
    const cpu = tasks.cpuMs[row];
    sum.tasks += 1;
    sum.rows += at(tasks.inputRecords, row) + at(tasks.shuffleReadRecords, row);
    sum.bytes += at(tasks.inputBytes, row) + at(tasks.shuffleReadBytes, row);
    sum.runMs += at(tasks.runMs, row);
    sum.ownMs += Math.max(0, at(tasks.runMs, row) - waits);
    sum.cpuMs = sum.cpuMs === null || cpu === undefined || Number.isNaN(cpu) ? null : sum.cpuMs + cpu;
    sum.gcMs += at(tasks.gcMs, row);
    sum.fetchWaitMs += at(tasks.fetchWaitMs, row);
    sum.shuffleReadBytes += at(tasks.shuffleReadBytes, row);
    sum.shuffleWriteMs += at(tasks.shuffleWriteMs, row);
    sum.shuffleWriteBytes += at(tasks.shuffleWriteBytes, row);
  }
  const all = [...byHost.values()];
  const byRows = all.some((host) => host.rows > 0);
  const byBytes = all.some((host) => host.bytes > 0);
  return all.map(({ rows, bytes, ...work }) => ({ ...work, work: byRows ? rows : byBytes ? bytes : work.tasks }));
}

/** One sum over all hosts. */
export function totalOf(hosts: readonly HostWork[], of: (host: HostWork) => number): number {
  return hosts.reduce((sum, host) => sum + of(host), 0);
}

/** Middle of the values of several hosts; NaN for none. */
export function middleOf(values: readonly number[]): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}

function at(column: Float64Array, row: number): number {
  const value = column[row];
  return value !== undefined && value > 0 ? value : 0;
}

function empty(host: string): HostWork & { bytes: number; rows: number } {
  return {
    host,
    tasks: 0,
    work: 0,
    rows: 0,
    bytes: 0,
    runMs: 0,
    ownMs: 0,
    cpuMs: 0,
    gcMs: 0,
    fetchWaitMs: 0,
    shuffleReadBytes: 0,
    shuffleWriteMs: 0,
    shuffleWriteBytes: 0,
  };
}
