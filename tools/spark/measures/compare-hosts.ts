import type { SparkRun } from '../facts.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';
import { median } from './quantile.ts';
import { succeededRows } from './run-measures.ts';

/** One host's succeeded tasks of a stage beside those of the other hosts. */
export interface HostComparison {
  host: string;
  rows: readonly number[];
  otherRows: readonly number[];
  /** How many other hosts there are. */
  otherHosts: number;
  /** Median over the host's tasks, and the median of the other hosts' medians, of whatever is asked. */
  figures(of: (row: number) => number): { own: number; others: number };
}

/** Every host of a stage against the others; empty when only one host worked. */
export function compareHosts(run: SparkRun, stageIndex: number): HostComparison[] {
  const byHost = new Map<number, number[]>();
  for (const row of succeededRows(run, stageIndex)) {
    const host = run.tasks.host[row] ?? -1;
    const rows = byHost.get(host);
    if (rows) rows.push(row);
    else byHost.set(host, [row]);
  }
  if (byHost.size < 2) return [];
  return [...byHost].map(([host, rows]) => {
    const others = [...byHost].filter(([other]) => other !== host).map(([, otherRows]) => otherRows);
    return {
      host: run.tasks.hosts[host] ?? '',
      rows,
      otherRows: others.flat(),
      otherHosts: others.length,
      figures: (of) => ({
        own: median(rows.map(of)),
        others: median(others.map((otherRows) => median(otherRows.map(of)))),
      }),
    };
  });
}

/** Whether one of two figures is far above the other, by ratio and by time (thresholds of a slow host). */
export function farAbove(own: number, others: number): boolean {
  const t = SPARK_THRESHOLDS;
  return own >= others * t.slowHostRatio && own - others >= t.slowHostMinMs;
}

/** Whether the host's tasks had the same work to do as the others', by the volume that is known. */
export function sameVolume(run: SparkRun, comparison: HostComparison): boolean {
  const { tasks } = run;
  const of = (row: number) =>
    (tasks.inputRecords[row] ?? 0) + (tasks.shuffleReadRecords[row] ?? 0) || (tasks.shuffleWriteRecords[row] ?? 0);
  const { own, others } = comparison.figures(of);
  return own <= others * SPARK_THRESHOLDS.slowHostVolumeFactor && (own > 0 || others === 0);
}

/** Run time that no metric explains by waiting: without GC, fetch wait and shuffle write. */
export function ownRunMs(run: SparkRun, row: number): number {
  const { tasks } = run;
  const waits = (tasks.gcMs[row] ?? 0) + (tasks.fetchWaitMs[row] ?? 0) + (tasks.shuffleWriteMs[row] ?? 0);
  return Math.max(0, (tasks.runMs[row] ?? 0) - waits);
}

/** CPU time of an attempt in milliseconds, `null` where the log does not tell (Spark before 2.1). */
export function cpuMsOf(run: SparkRun, row: number): number | null {
  const ms = run.tasks.cpuMs[row];
  return ms !== undefined && Number.isFinite(ms) ? ms : null;
}
