import { takePeak } from './executor-peaks.ts';
import type { ScannedTasks } from './scan-log.ts';
import type { ScannedRange } from './scan-range.ts';
import type { StringTable } from './string-table.ts';

/**
 * Puts what a range gave behind what the ranges before it gave: strings get the indices of the whole, lines are counted
 * on. Returns the number of the range's first row.
 */
export function mergeRange(whole: ScannedTasks, range: ScannedRange, linesBefore: number): number {
  const firstRow = whole.rows.length;
  const executors = remapped(range.strings.executors, whole.strings.executors);
  renumber(range.columns.executor, executors);
  renumber(range.columns.host, remapped(range.strings.hosts, whole.strings.hosts));
  renumber(range.columns.locality, remapped(range.strings.localities, whole.strings.localities));
  renumber(range.columns.reason, remapped(range.strings.reasons, whole.strings.reasons));
  for (let row = 0; row < range.length; row += 1) (range.columns.line[row] as number) += linesBefore;
  whole.rows.append(range.columns, range.length);
  range.peaks.byExecutor.forEach((peaks, executor) => {
    peaks?.forEach((value, metric) => {
      const name = range.peaks.names[metric];
      if (name !== undefined) takePeak(whole.peaks, executors[executor] ?? 0, whole.peaks.names.index(name), value);
    });
  });
  for (let at = 0; at < range.started.line.length; at += 1) (range.started.line[at] as number) += linesBefore;
  whole.started.append(range.started);
  for (const taskId of range.resubmitted) whole.resubmitted.add(taskId);
  whole.lines += range.lines;
  whole.tooLongLines += range.tooLongLines;
  whole.distrusted ||= range.distrusted;
  return firstRow;
}

function remapped(texts: readonly string[], table: StringTable): number[] {
  return texts.map((text) => table.index(text));
}

function renumber(column: Int32Array | Uint8Array, numbers: readonly number[]): void {
  if (numbers.every((number, index) => number === index)) return;
  for (let row = 0; row < column.length; row += 1) column[row] = numbers[column[row] as number] as number;
}
