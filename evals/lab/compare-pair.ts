import { existsSync } from 'node:fs';
import path from 'node:path';
import type { LedgerAccount } from '../../bot/investigation/ledger-accounts.ts';
import { type RunFigures, runFigures, type StageFigures } from './event-log-figures.ts';
import { LabError } from './lab-error.ts';
import type { LabFolder } from './lab-folder.ts';

/** Two runs of one job: as usual, and slow by what was done in between (or not slow at all). */
export interface PairPlan {
  /** Names of the two jobs. */
  usual: string;
  slow: string;
  /** Accounts of the time ledger that the fault adds to; empty where nothing is slow. */
  largest: readonly LedgerAccount[];
  /** Which stages the fault touches: the longest of the slow run alone (with its like in the usual run), or all. */
  stages: 'longest' | 'all';
  /** What the two event logs show of the fault, in a sentence with its figures; null when they do not show it: nothing is recorded then. */
  shows: (usual: RunFigures, slow: RunFigures) => string | null;
}

/** What was measured of a pair. */
export interface MeasuredPair {
  /** Wall clock of those stages in the slow run beyond that in the usual one, in milliseconds. */
  addedMs: number;
  shown: string;
}

/**
 * Compares the event logs of the two runs of a pair: they have the same stages in the same order.
 *
 * @param idOf gives the application's id of a job of the pair
 * @throws LabError when a log is missing or does not show the fault
 */
export function comparePair(folder: LabFolder, plan: PairPlan, idOf: (job: string) => string | null): MeasuredPair {
  const [usual, slow] = [plan.usual, plan.slow].map((job) => figuresOf(folder, job, idOf(job))) as [
    RunFigures,
    RunFigures,
  ];
  const shown = plan.shows(usual, slow);
  const longest = slow.stages.indexOf(longestStage(slow));
  const touched = ({ stages }: RunFigures) => (plan.stages === 'all' ? stages : stages.slice(longest, longest + 1));
  const walls = (run: RunFigures) => touched(run).reduce((sum, { wallMs }) => sum + wallMs, 0);
  const which = plan.stages === 'all' ? 'all stages' : `stage ${longestStage(slow).id}`;
  const took = `${plan.usual} took ${usual.wallMs} ms, ${which} ${walls(usual)}; ${plan.slow} ${slow.wallMs} ms, ${which} ${walls(slow)}`;
  if (shown === null)
    throw new LabError(`the pair does not show it: ${took}: ${JSON.stringify([usual.stages, slow.stages])}`);
  return { addedMs: walls(slow) - walls(usual), shown: `${shown}; ${took}` };
}

/** The stage that took longest. */
export function longestStage(run: RunFigures): StageFigures {
  const longest = run.stages.toSorted((a, b) => b.wallMs - a.wallMs)[0];
  if (!longest) throw new LabError(`${run.applicationId} has no stage`);
  return longest;
}

function figuresOf(folder: LabFolder, job: string, id: string | null): RunFigures {
  const logs = path.join(folder.shared, 'spark-history');
  // In cluster mode the attempt is part of the name.
  const file = [id, `${id}_1`].map((name) => path.join(logs, String(name))).find((name) => existsSync(name));
  if (id === null || file === undefined) throw new LabError(`no event log of ${job}`);
  return runFigures(file);
}
