import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { LedgerAccount } from '../ledger-accounts.ts';
import type { AttemptBreakdown } from './attempt-breakdown.ts';
import { ATTEMPT_ACCOUNTS } from './attempt-breakdown.ts';
import type { AttemptFates } from './attempt-fates.ts';
import { FATE } from './attempt-fates.ts';
import { selectNth } from './select-nth.ts';

/** Account that the idle slots behind each attempt go to while it is among the last; `null`: no record says. */
export type TailCauses = readonly (LedgerAccount | null)[];

/**
 * An attempt's own data must account for at least this share of its excess over the median for its tail to be skew: the
 * rest of the time would then be ordinary variance of a bigger partition. (Real pairs: 0.73 for one hot key behind a
 * per-row cost; a slow disk or a throttled host with even partitions stays below 0.1.)
 */
const SKEW_SHARE_OF_EXCESS = 0.5;

/**
 * What made each attempt last, should it be among the last of its stage (`ledger.md`, the tail): `skew_tail` when it holds
 * more rows or bytes than the stage's median in proportion to its time, else the account in which it exceeds the median
 * most. One that is no longer than the median only began late: behind an earlier failed attempt that is `rework`, else the
 * wave was too short for the cores held and the slots are `idle`.
 */
export function tailCauses(run: SparkRun, fates: AttemptFates, breakdown: AttemptBreakdown): TailCauses {
  const causes: (LedgerAccount | null)[] = new Array(run.tasks.length).fill(null);
  for (const rows of rowsByStage(run)) {
    const counted = rows.filter((row) => fates.fate[row] === FATE.counted);
    const medians = stageMedians(run, fates, breakdown, counted);
    for (const row of rows) {
      const fate = fates.fate[row];
      if (fate === FATE.rework) causes[row] = 'rework';
      else if (fate === FATE.counted) causes[row] = causeOf(row, run, fates, breakdown, medians);
    }
  }
  return causes;
}

interface StageMedians {
  duration: number;
  accounts: readonly number[];
  data: readonly number[];
}

function causeOf(
  row: number,
  run: SparkRun,
  fates: AttemptFates,
  breakdown: AttemptBreakdown,
  medians: StageMedians,
): LedgerAccount {
  const duration = (fates.endedAt[row] as number) - (run.tasks.launchedAt[row] as number);
  const excess = duration - medians.duration;
  const late = fates.latenessMs[row] as number;
  if (late > 0 && late > excess) return 'rework';
  if (excess <= 0) return 'idle';
  const share = dataRatio(run, row, medians.data);
  const holdsAll = share === Number.POSITIVE_INFINITY;
  if (holdsAll || (share - 1) * medians.duration >= SKEW_SHARE_OF_EXCESS * excess) return 'skew_tail';
  let most = -1;
  let account: LedgerAccount = 'compute';
  for (const [column, name] of ATTEMPT_ACCOUNTS.entries()) {
    const over = ((breakdown.columns[column] as Float64Array)[row] as number) - (medians.accounts[column] as number);
    if (over > most) [most, account] = [over, name];
  }
  return account;
}

/**
 * Rows or bytes of an attempt over the stage's median, whichever is more. A measure that the median attempt had nothing of
 * is passed over, unless it had nothing of any: then one attempt holds all there is.
 */
function dataRatio(run: SparkRun, row: number, medians: readonly number[]): number {
  const held = dataOf(run, row);
  const [rowsIn, bytesIn, rowsOut] = held;
  if (medians[0] === 0 && medians[1] === 0 && (rowsIn > 0 || bytesIn > 0)) return Number.POSITIVE_INFINITY;
  let ratio = 0;
  for (const [i, amount] of held.entries()) {
    const median = medians[i] as number;
    const notMore = i === 2 && rowsOut <= rowsIn;
    if (median > 0 && !notMore) ratio = Math.max(ratio, amount / median);
  }
  return ratio;
}

/** Rows and bytes that came in, rows that went out (they count where a join made more of them than came in). */
function dataOf(run: SparkRun, row: number): [number, number, number] {
  const { tasks } = run;
  const rowsIn = (tasks.inputRecords[row] ?? 0) + (tasks.shuffleReadRecords[row] ?? 0);
  const bytesIn = (tasks.inputBytes[row] ?? 0) + (tasks.shuffleReadBytes[row] ?? 0);
  const rowsOut = (tasks.outputRecords[row] ?? 0) + (tasks.shuffleWriteRecords[row] ?? 0);
  return [rowsIn, bytesIn, rowsOut];
}

function stageMedians(
  run: SparkRun,
  fates: AttemptFates,
  breakdown: AttemptBreakdown,
  counted: readonly number[],
): StageMedians {
  const { tasks } = run;
  const data = [0, 1, 2].map((i) => median(counted, (row) => dataOf(run, row)[i] as number));
  return {
    duration: median(counted, (row) => (fates.endedAt[row] as number) - (tasks.launchedAt[row] as number)),
    accounts: ATTEMPT_ACCOUNTS.map((_, column) =>
      median(counted, (row) => (breakdown.columns[column] as Float64Array)[row] as number),
    ),
    data: data as readonly number[],
  };
}

/** Lower median (nearest rank); 0 for none. */
function median(rows: readonly number[], value: (row: number) => number): number {
  if (rows.length === 0) return 0;
  const values = new Float64Array(rows.length);
  let known = 0;
  for (const row of rows) {
    const one = value(row);
    if (!Number.isNaN(one)) values[known++] = one;
  }
  return known === 0 ? 0 : selectNth(values.subarray(0, known), Math.ceil(known / 2) - 1);
}

/** Rows of each stage attempt; rows of unknown stages are left out. */
function rowsByStage(run: SparkRun): number[][] {
  const rows: number[][] = run.stages.map(() => []);
  for (let row = 0; row < run.tasks.length; row++) rows[run.tasks.stage[row] as number]?.push(row);
  return rows;
}
