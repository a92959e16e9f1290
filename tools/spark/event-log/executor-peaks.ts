import type { StringTable } from './string-table.ts';

/** Executor metrics beyond this many names are not kept: Spark has some thirty. */
export const MAX_METRICS = 64;

/** Highest executor metrics seen: by executor's index, then by the metric's index in `names`. */
export interface ExecutorPeaks {
  names: StringTable;
  byExecutor: (Float64Array | undefined)[];
}

/** Takes a metric's value into an executor's peaks. */
export function takePeak(peaks: ExecutorPeaks, executor: number, metric: number, value: number): void {
  if (!(value > 0) || metric >= MAX_METRICS) return;
  let known = peaks.byExecutor[executor];
  if (known === undefined) {
    known = new Float64Array(MAX_METRICS);
    peaks.byExecutor[executor] = known;
  }
  if (value > (known[metric] as number)) known[metric] = value;
}
