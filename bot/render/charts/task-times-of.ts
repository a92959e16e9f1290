import { shorten } from '../../../tools/evidence/shorten.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import { TASK_STATUS } from '../../../tools/spark/task-table.ts';
import type { Investigation } from '../../investigation/investigation.ts';
import { MOST_TASKS_DRAWN, type TaskTimesData } from './chart-data.ts';

/** Fewer tasks than these are no distribution. */
const LEAST_TASKS = 4;
/** Below this the longest task of a stage is like the others, and a chart of them would tell nothing. */
const TELLING_RATIO = 2;
const MAX_NAME = 120;

/**
 * How long the tasks took in the stage that matters: the one the causes speak of, else the one that carries most of the time. Null
 * where nobody asks about time, the records of the run are not there (a case that was put down), or all tasks took alike.
 */
export function taskTimesOf({ run, causes, ledger, comparison, question }: Investigation): TaskTimesData | null {
  if (run === null) return null;
  const aboutTime = question.asks === 'slowness' || question.speaksOfSlowness || comparison !== null;
  const named = causes.slice(0, 1).flatMap(({ roots, links }) => [...roots, ...links.map(({ finding }) => finding)]);
  const stages = [
    ...named.flatMap(({ keys }) => keys.stageId ?? []),
    ...(ledger?.accounts.flatMap((entry) => entry.stages.slice(0, 1)) ?? []),
  ];
  if (!aboutTime) return null;
  for (const stageId of new Set(stages)) {
    const data = stageTimes(run, stageId);
    if (data !== null) return data;
  }
  return null;
}

/** The times of a stage's successful attempts. */
function stageTimes(run: SparkRun, stageId: number): TaskTimesData | null {
  const { tasks, stages } = run;
  const rows: { row: number; ms: number }[] = [];
  for (let row = 0; row < tasks.length; row += 1) {
    if (stages[tasks.stage[row] ?? -1]?.stageId !== stageId || tasks.status[row] !== TASK_STATUS.succeeded) continue;
    const ms = (tasks.finishedAt[row] ?? Number.NaN) - (tasks.launchedAt[row] ?? Number.NaN);
    if (ms >= 0) rows.push({ row, ms });
  }
  rows.sort((a, b) => a.ms - b.ms);
  const longest = rows.at(-1);
  const medianMs = rows[rows.length >> 1]?.ms ?? 0;
  if (!longest || rows.length < LEAST_TASKS || longest.ms < TELLING_RATIO * medianMs) return null;
  const read = (row: number) => (tasks.inputBytes[row] || 0) + (tasks.shuffleReadBytes[row] || 0);
  const reads = rows.map(({ row }) => read(row)).sort((a, b) => a - b);
  const hasRead = (reads.at(-1) ?? 0) > 0;
  return {
    kind: 'task-times',
    stageId,
    stageName: shorten(stages.find((stage) => stage.stageId === stageId)?.name ?? '', MAX_NAME),
    taskCount: rows.length,
    sortedMs: spread(rows.map(({ ms }) => ms)),
    medianMs,
    longest: {
      index: tasks.index[longest.row] ?? 0,
      host: shorten(tasks.hosts[tasks.host[longest.row] ?? -1] ?? '', MAX_NAME),
      ms: longest.ms,
      readBytes: hasRead ? read(longest.row) : null,
      medianReadBytes: hasRead ? (reads[reads.length >> 1] ?? 0) : null,
    },
  };
}

/** Evenly spread ones of many, the first and the last among them. */
function spread(sorted: readonly number[]): number[] {
  if (sorted.length <= MOST_TASKS_DRAWN) return [...sorted];
  const step = (sorted.length - 1) / (MOST_TASKS_DRAWN - 1);
  return Array.from({ length: MOST_TASKS_DRAWN }, (_, at) => sorted[Math.round(at * step)] ?? 0);
}
