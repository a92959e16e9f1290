import type { SparkRun } from '../../../tools/spark/facts.ts';

/** A number from 0 for each partition of each group of stages; rows of one partition share it. */
export interface DensePartitions {
  /** By task row. */
  of: Int32Array;
  /** How many numbers there are (some may be unused). */
  count: number;
}

/** Table space per task that flat numbering may take before a map is used instead (partition indices come from outside). */
const FLAT_FACTOR = 4;
const FLAT_ALLOWANCE = 1_000_000;

/**
 * Numbers the partitions of a run. `groupOf` says which stages count as one: each attempt for itself, or all attempts of a
 * stage together; -1 stands for an unknown stage.
 */
export function densePartitions(run: SparkRun, groups: number, groupOf: (stageRow: number) => number): DensePartitions {
  const { tasks } = run;
  const largest = new Float64Array(groups + 1).fill(-1);
  for (let row = 0; row < tasks.length; row++) {
    const group = groupOf(tasks.stage[row] as number) + 1;
    const index = tasks.index[row] as number;
    if (index > (largest[group] as number)) largest[group] = index;
  }
  const offsets = new Float64Array(groups + 1);
  let next = 0;
  for (let group = 0; group <= groups; group++) {
    offsets[group] = next + 1;
    // One number more for the index -1 of a task that tells none.
    next += (largest[group] as number) + 2;
  }
  if (next > tasks.length * FLAT_FACTOR + FLAT_ALLOWANCE + groups) return mappedPartitions(run, groupOf);
  const of = new Int32Array(tasks.length);
  for (let row = 0; row < tasks.length; row++) {
    const index = Math.max(-1, tasks.index[row] as number);
    of[row] = (offsets[groupOf(tasks.stage[row] as number) + 1] as number) + index;
  }
  return { of, count: next + 1 };
}

function mappedPartitions(run: SparkRun, groupOf: (stageRow: number) => number): DensePartitions {
  const { tasks } = run;
  const of = new Int32Array(tasks.length);
  const numbers = new Map<number, number>();
  for (let row = 0; row < tasks.length; row++) {
    const key = (groupOf(tasks.stage[row] as number) + 1) * 4_294_967_296 + (tasks.index[row] as number);
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
    }
    of[row] = number;
  }
  return { of, count: numbers.size };
}
