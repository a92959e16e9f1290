import type { SparkRun } from '../../../tools/spark/facts.ts';
import { TASK_STATUS } from '../../../tools/spark/task-table.ts';
import { attemptBreakdown } from '../ledger/attempt-breakdown.ts';
import { attemptFates, FATE } from '../ledger/attempt-fates.ts';
import { type ExecutorLife, executorSlots } from '../ledger/executor-slots.ts';
import type { TimeLedger } from '../time-ledger.ts';

/** One attempt to be scheduled. */
export interface ReplayAttempt {
  /** Row in `SparkRun.tasks`. */
  row: number;
  partition: number;
  durationMs: number;
  launchedAt: number;
  host: string;
  /** Its success completes the partition. */
  completes: boolean;
  rework: boolean;
  /** Parts of the duration that a culprit can take away. */
  fetchWaitMs: number;
  gcMs: number;
  spillMs: number;
  shuffleWriteMs: number;
}

/** One stage attempt with what separates it from what came before and after. */
export interface ReplayStage {
  /** Row in `SparkRun.stages`. */
  row: number;
  stageId: number;
  submittedAt: number;
  completedAt: number;
  /** Attempts by launch. */
  attempts: readonly ReplayAttempt[];
  /** From submission (or the first slot alive after it) to the first launch. */
  launchLagMs: number;
  /** From the last completed partition to the stage's own end. */
  closeLagMs: number;
}

/** A run as something that can be scheduled again. */
export interface ReplayModel {
  from: number;
  to: number;
  /** By submission. */
  stages: readonly ReplayStage[];
  lives: readonly ExecutorLife[];
}

/** Takes from a run what its schedule depends on. Stages without tasks or times pass no time of their own. */
export function replayModel(run: SparkRun, ledger: TimeLedger): ReplayModel {
  const { tasks } = run;
  const fates = attemptFates(run, ledger.to);
  const { columns } = attemptBreakdown(run, fates.fate, fates.endedAt);
  const rowsOf: number[][] = run.stages.map(() => []);
  for (let row = 0; row < tasks.length; row++) rowsOf[tasks.stage[row] as number]?.push(row);
  const executors = executorSlots(run, fates.endedAt, ledger.to);
  const lives =
    executors.lives.length > 0
      ? usableLives(run, executors.lives, fates.endedAt)
      : standInSlots(run, fates.endedAt, ledger);
  const stages = run.stages.flatMap((stage, row): ReplayStage[] => {
    const rows = rowsOf[row] ?? [];
    if (rows.length === 0 || stage.submittedAt === null) return [];
    const attempts = rows
      .map(
        (task): ReplayAttempt => ({
          row: task,
          partition: tasks.index[task] as number,
          durationMs: (fates.endedAt[task] as number) - (tasks.launchedAt[task] as number),
          launchedAt: tasks.launchedAt[task] as number,
          host: tasks.hosts[tasks.host[task] as number] ?? '',
          completes: tasks.status[task] === TASK_STATUS.succeeded,
          rework: fates.fate[task] === FATE.rework,
          fetchWaitMs: columns[2]?.[task] ?? 0,
          shuffleWriteMs: columns[3]?.[task] ?? 0,
          gcMs: columns[4]?.[task] ?? 0,
          spillMs: columns[6]?.[task] ?? 0,
        }),
      )
      .sort((a, b) => a.launchedAt - b.launchedAt || a.row - b.row);
    const done = attempts
      .filter((attempt) => attempt.completes)
      .map((attempt) => attempt.launchedAt + attempt.durationMs);
    const last = Math.max(
      ...(done.length > 0 ? done : attempts.map((attempt) => attempt.launchedAt + attempt.durationMs)),
    );
    const completedAt = Math.max(stage.completedAt ?? last, stage.submittedAt);
    const launched = attempts[0]?.launchedAt ?? stage.submittedAt;
    const ready = Math.min(launched, firstSlotAfter(lives, stage.submittedAt, launched));
    return [
      {
        row,
        stageId: stage.stageId,
        submittedAt: stage.submittedAt,
        completedAt,
        attempts,
        launchLagMs: Math.max(0, launched - ready),
        closeLagMs: Math.max(0, completedAt - last),
      },
    ];
  });
  stages.sort((a, b) => a.submittedAt - b.submittedAt || a.stageId - b.stageId);
  return { from: ledger.from, to: ledger.to, stages, lives };
}

/** When a slot that could take the stage's first attempt is alive at or after the submission. */
function firstSlotAfter(lives: readonly ExecutorLife[], submitted: number, launched: number): number {
  let first = Number.POSITIVE_INFINITY;
  for (const life of lives) if (life.until > launched) first = Math.min(first, Math.max(submitted, life.from));
  return Number.isFinite(first) ? first : submitted;
}

/** An executor that was given back took nothing after its last attempt: until it went it stood idle on purpose. */
function usableLives(run: SparkRun, lives: readonly ExecutorLife[], endedAt: Float64Array): ExecutorLife[] {
  const lastEnd = new Map<number, number>();
  for (let row = 0; row < run.tasks.length; row++) {
    const executor = run.tasks.executor[row] as number;
    lastEnd.set(executor, Math.max(lastEnd.get(executor) ?? 0, endedAt[row] as number));
  }
  return lives.map((life) => {
    const released = run.executors[life.row]?.removalKind === 'released';
    return released ? { ...life, until: Math.min(life.until, lastEnd.get(life.row) ?? life.from) } : life;
  });
}

/** Logs without executors: as many slots as attempts ever ran at once. */
function standInSlots(run: SparkRun, endedAt: Float64Array, ledger: TimeLedger): ExecutorLife[] {
  const starts = [...run.tasks.launchedAt.subarray(0, run.tasks.length)].sort((a, b) => a - b);
  const ends = [...endedAt].sort((a, b) => a - b);
  let running = 0;
  let most = 0;
  let ended = 0;
  for (const start of starts) {
    while (ended < ends.length && (ends[ended] as number) <= start) {
      running -= 1;
      ended += 1;
    }
    running += 1;
    most = Math.max(most, running);
  }
  return most > 0 ? [{ row: -1, from: ledger.from, until: ledger.to, slots: most }] : [];
}
