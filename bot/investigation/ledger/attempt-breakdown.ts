import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { LedgerAccount } from '../ledger-accounts.ts';
import { FATE } from './attempt-fates.ts';

/** Accounts an attempt's own duration divides into, in the order in which they are cut off (`ledger.md`, Breakdown). */
export const ATTEMPT_ACCOUNTS = [
  'scheduling',
  'serialisation',
  'fetch_wait',
  'shuffle_write',
  'gc',
  'input_wait',
  'spill',
  'compute',
] as const satisfies readonly LedgerAccount[];

/** Milliseconds of each attempt by account; only rows whose fate is `counted` are filled. */
export interface AttemptBreakdown {
  /** One column for each of `ATTEMPT_ACCOUNTS`. */
  columns: readonly Float64Array[];
  /** What reported durations claimed beyond the attempt's own time, and on how many attempts. */
  clippedMs: number;
  clippedAttempts: number;
  /** Write rate of this run's shuffle files in bytes for a millisecond, the base of the spill estimate; `null`: none seen. */
  writeRate: number | null;
}

/** Divides every counted attempt among the accounts; the columns of one row add up to its duration. */
export function attemptBreakdown(run: SparkRun, fate: Uint8Array, endedAt: Float64Array): AttemptBreakdown {
  const { tasks } = run;
  const columns = ATTEMPT_ACCOUNTS.map(() => new Float64Array(tasks.length));
  const writeRate = shuffleWriteRate(run);
  const scan = scanTimeByByte(run);
  let clippedMs = 0;
  let clippedAttempts = 0;
  const wanted = new Float64Array(ATTEMPT_ACCOUNTS.length);
  for (let row = 0; row < tasks.length; row++) {
    if (fate[row] !== FATE.counted) continue;
    const duration = (endedAt[row] as number) - (tasks.launchedAt[row] as number);
    const run_ = positive(tasks.runMs[row]);
    const around =
      positive(tasks.deserialiseMs[row]) +
      positive(tasks.resultSerialiseMs[row]) +
      positive(tasks.gettingResultMs[row]);
    wanted[0] = Math.max(0, duration - run_ - around);
    wanted[1] = around;
    wanted[2] = positive(tasks.fetchWaitMs[row]);
    wanted[3] = positive(tasks.shuffleWriteMs[row]);
    wanted[4] = positive(tasks.gcMs[row]);
    wanted[5] = (scan[tasks.stage[row] as number] ?? 0) * positive(tasks.inputBytes[row]);
    wanted[6] = writeRate === null ? 0 : positive(tasks.diskSpilledBytes[row]) / writeRate;
    wanted[7] = Number.POSITIVE_INFINITY;
    const clipped = divide(duration, run_, wanted, columns, row);
    if (clipped > 0) {
      clippedMs += clipped;
      clippedAttempts++;
    }
  }
  return { columns, clippedMs, clippedAttempts, writeRate };
}

/** Column of the estimate: what of it does not fit is a poor estimate, not a contradiction in the log. */
const SPILL = ATTEMPT_ACCOUNTS.indexOf('spill');

/** Fills one row in order, each wish clipped to what is left; returns how much had to be clipped. */
function divide(duration: number, run: number, wanted: Float64Array, columns: Float64Array[], row: number): number {
  let left = duration;
  let clipped = 0;
  for (let account = 0; account < 2; account++) {
    const given = Math.min(left, wanted[account] as number);
    clipped += (wanted[account] as number) - given;
    (columns[account] as Float64Array)[row] = given;
    left -= given;
  }
  clipped += Math.max(0, run - left);
  let runLeft = Math.min(left, run);
  for (let account = 2; account < 7; account++) {
    const given = Math.min(runLeft, wanted[account] as number);
    if (account !== SPILL) clipped += (wanted[account] as number) - given;
    (columns[account] as Float64Array)[row] = given;
    runLeft -= given;
  }
  (columns[7] as Float64Array)[row] = runLeft;
  return clipped;
}

function positive(value: number | undefined): number {
  return value !== undefined && value > 0 ? value : 0;
}

/** Bytes a millisecond that this run's shuffle writers reached, over all attempts with metrics. */
function shuffleWriteRate(run: SparkRun): number | null {
  let bytes = 0;
  let ms = 0;
  for (let row = 0; row < run.tasks.length; row++) {
    if (!run.tasks.hasMetrics[row]) continue;
    bytes += positive(run.tasks.shuffleWriteBytes[row]);
    ms += positive(run.tasks.shuffleWriteMs[row]);
  }
  return bytes > 0 && ms > 0 ? bytes / ms : null;
}

/** SQL scan time of each stage for one byte it read: the metric is a sum over tasks, shared out by bytes. */
function scanTimeByByte(run: SparkRun): number[] {
  const bytes = new Float64Array(run.stages.length);
  for (let row = 0; row < run.tasks.length; row++) {
    const stage = run.tasks.stage[row] as number;
    if (stage >= 0) bytes[stage] = (bytes[stage] ?? 0) + positive(run.tasks.inputBytes[row]);
  }
  return run.stages.map((stage, i) => {
    const read = bytes[i] as number;
    return stage.scanTimeMs !== null && stage.scanTimeMs > 0 && read > 0 ? stage.scanTimeMs / read : 0;
  });
}
