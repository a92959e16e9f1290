import type { SparkRun, StageFacts } from '../../../tools/spark/facts.ts';
import { TASK_STATUS } from '../../../tools/spark/task-table.ts';
import { type DensePartitions, densePartitions } from './dense-partitions.ts';

/** What became of an attempt's work, as far as the wall clock is concerned. */
export const FATE = {
  /** It succeeded and its output was the one used, or it was cancelled on purpose: its own breakdown applies. */
  counted: 0,
  /** Failed, killed, lost, a losing twin, or done again for a partition that had been done: thrown-away time. */
  rework: 1,
  /** No record says what it did: still running, or no metrics. */
  unmeasured: 2,
} as const;

/** End and fate of every row of `SparkRun.tasks`. */
export interface AttemptFates {
  /** End of each attempt; invented where the log has none (see `attemptEnds`). */
  endedAt: Float64Array;
  /** A `FATE` for each row. */
  fate: Uint8Array;
  /** 1 where an earlier attempt of the same partition failed, and how late that made this one's launch. */
  latenessMs: Float64Array;
  /** Attempts that had no end in the log. */
  withoutEnd: number;
}

/**
 * Ends for all attempts. One without an end (killed executor, cut log) ends when its executor was removed, else when its
 * stage was over, else at the last event.
 */
export function attemptEnds(
  run: SparkRun,
  to: number,
): { endedAt: Float64Array; lost: Uint8Array; withoutEnd: number } {
  const { tasks } = run;
  const endedAt = new Float64Array(tasks.length);
  const lost = new Uint8Array(tasks.length);
  let withoutEnd = 0;
  for (let row = 0; row < tasks.length; row++) {
    const launched = tasks.launchedAt[row] as number;
    const finished = tasks.finishedAt[row] as number;
    if (finished > 0) {
      endedAt[row] = Math.max(finished, launched);
      continue;
    }
    withoutEnd++;
    const removed = run.executors[tasks.executor[row] as number]?.removedAt ?? Number.POSITIVE_INFINITY;
    const stage = run.stages[tasks.stage[row] as number];
    const over = stage && stage.status !== 'running' ? (stage.completedAt ?? to) : to;
    if (removed >= launched && removed < over) lost[row] = 1;
    const end = Math.min(removed >= launched ? removed : to, over >= launched ? over : to, to);
    endedAt[row] = Math.max(launched, end);
  }
  return { endedAt, lost, withoutEnd };
}

/** Decides for every attempt whether its work counted (`ledger.md`, the table of states). */
export function attemptFates(run: SparkRun, to: number): AttemptFates {
  const { tasks, stages } = run;
  const { endedAt, lost, withoutEnd } = attemptEnds(run, to);
  const resubmitted = takeBackResubmitted(run, endedAt);
  const fate = new Uint8Array(tasks.length);
  const latenessMs = new Float64Array(tasks.length);
  const again = stagesDoneElsewhere(run);
  const onPurpose = stages.map((stage) => cancelledOnPurpose(stage, run));
  const logical = densePartitions(run, stages.length, logicalStage(run));
  const winner = winnersByPartition(run, endedAt, resubmitted, logical);
  const firstLaunch = firstLaunchByPartition(run);
  for (let row = 0; row < tasks.length; row++) {
    const status = tasks.status[row] as number;
    const stage = tasks.stage[row] as number;
    const first = firstLaunch?.get(partitionKey(stage, tasks.index[row] as number));
    if (first !== undefined) latenessMs[row] = (tasks.launchedAt[row] as number) - first;
    if (resubmitted[row]) {
      fate[row] = FATE.rework;
    } else if (status === TASK_STATUS.succeeded) {
      const won = winner[logical.of[row] as number] === row || stage < 0;
      fate[row] = won && !again[stage] ? measured(run, row) : FATE.rework;
    } else if (status === TASK_STATUS.running) {
      // Without an end in the log: gone with its executor, or overtaken by another attempt of its partition.
      fate[row] =
        lost[row] || (stage >= 0 && (winner[logical.of[row] as number] as number) >= 0) ? FATE.rework : FATE.unmeasured;
    } else if (status === TASK_STATUS.killed && onPurpose[stage]) {
      fate[row] = measured(run, row);
    } else {
      fate[row] = FATE.rework;
    }
  }
  return { endedAt, fate, latenessMs, withoutEnd };
}

/**
 * A map task whose output went with its executor is told twice: its success, and later `Resubmitted` with the same task id
 * and times. The success is marked as thrown away, its echo ends where it began so that it holds no slot.
 */
function takeBackResubmitted(run: SparkRun, endedAt: Float64Array): Uint8Array {
  const { tasks } = run;
  const resubmitted = new Uint8Array(tasks.length);
  const echoes = new Map<number, number>();
  for (let row = 0; row < tasks.length; row++) {
    if (tasks.status[row] === TASK_STATUS.lost) echoes.set(tasks.taskId[row] as number, row);
  }
  if (echoes.size === 0) return resubmitted;
  for (let row = 0; row < tasks.length; row++) {
    const echo = echoes.get(tasks.taskId[row] as number);
    if (echo === undefined || tasks.status[row] !== TASK_STATUS.succeeded) continue;
    resubmitted[row] = 1;
    endedAt[echo] = tasks.launchedAt[echo] as number;
  }
  return resubmitted;
}

/** Metrics that say nothing at all (absent in 1.x, all zero in some local logs) measure nothing. */
function measured(run: SparkRun, row: number): number {
  const { tasks } = run;
  if (!tasks.hasMetrics[row]) return FATE.unmeasured;
  const durations = [
    tasks.runMs[row],
    tasks.deserialiseMs[row],
    tasks.resultSerialiseMs[row],
    tasks.gettingResultMs[row],
    tasks.cpuMs[row],
  ];
  // A duration may be NaN: Spark before 2.1 told no CPU time.
  return durations.some((ms) => ms !== undefined && ms > 0) ? FATE.counted : FATE.unmeasured;
}

function partitionKey(stage: number, index: number): number {
  return (stage + 1) * 4_294_967_296 + index;
}

/** The first row in `SparkRun.stages` with the same stage id stands for all attempts of a stage. */
function logicalStage(run: SparkRun): (stageRow: number) => number {
  const first = new Map<number, number>();
  for (const [row, { stageId }] of run.stages.entries()) if (!first.has(stageId)) first.set(stageId, row);
  const group = Int32Array.from(run.stages, ({ stageId }) => first.get(stageId) ?? -1);
  return (stageRow) => (stageRow < 0 ? -1 : (group[stageRow] ?? -1));
}

/** The success that came first for each partition (-1: none): later ones are losing twins or were done again. */
function winnersByPartition(
  run: SparkRun,
  endedAt: Float64Array,
  resubmitted: Uint8Array,
  partitions: DensePartitions,
): Int32Array {
  const winner = new Int32Array(partitions.count).fill(-1);
  for (let row = 0; row < run.tasks.length; row++) {
    if (run.tasks.status[row] !== TASK_STATUS.succeeded || resubmitted[row]) continue;
    const partition = partitions.of[row] as number;
    const best = winner[partition] as number;
    if (best < 0 || (endedAt[row] as number) < (endedAt[best] as number)) winner[partition] = row;
  }
  return winner;
}

/** First launch of each partition that failed at least once before; speculative copies do not make one late. */
function firstLaunchByPartition(run: SparkRun): Map<number, number> | null {
  const { tasks } = run;
  const first = new Map<number, number>();
  for (let row = 0; row < tasks.length; row++) {
    const status = tasks.status[row] as number;
    if (status !== TASK_STATUS.failed && status !== TASK_STATUS.lost) continue;
    const key = partitionKey(tasks.stage[row] as number, tasks.index[row] as number);
    const at = tasks.launchedAt[row] as number;
    const known = first.get(key);
    if (known === undefined || at < known) first.set(key, at);
  }
  return first.size > 0 ? first : null;
}

/**
 * A stage attempt above 0 whose earlier attempts are nowhere in the log: its output had been made under another stage id
 * (a shared shuffle that was skipped) and was lost. Everything it does is done again.
 */
function stagesDoneElsewhere(run: SparkRun): boolean[] {
  if (run.completeness.compacted || run.completeness.missingParts.length > 0 || run.backend === 'rest') {
    return run.stages.map(() => false);
  }
  const seen = new Set(run.stages.map((stage) => `${stage.stageId}.${stage.attempt}`));
  return run.stages.map((stage) => {
    if (stage.attempt === 0) return false;
    for (let earlier = stage.attempt - 1; earlier >= 0 && earlier >= stage.attempt - 64; earlier--) {
      if (seen.has(`${stage.stageId}.${earlier}`)) return false;
    }
    return true;
  });
}

/**
 * Adaptive execution cancels stages it no longer needs: the SQL execution goes on and ends well. A stage cancelled because
 * its job failed is thrown-away work.
 */
function cancelledOnPurpose(stage: StageFacts, run: SparkRun): boolean {
  if (stage.status !== 'cancelled') return false;
  const execution = run.sqlExecutions.find((sql) => sql.id === stage.sqlExecutionId);
  if (!execution) return false;
  if (execution.errorMessage !== null) return execution.errorMessage === '';
  const jobs = run.jobs.filter((job) => job.sqlExecutionId === execution.id && !stage.jobIds.includes(job.id));
  return jobs.some((job) => job.result === 'succeeded') && !jobs.some((job) => job.result === 'failed');
}
