import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ScoredTrial } from '../report/suite-result.ts';

/** Keeps trials as they are made, one line of JSON each: a run that is ended early keeps what it has. */
export interface TrialStore {
  add(trial: ScoredTrial): void;
}

/** A file of one worker: workers never write to the same. */
export function openTrialStore(folder: string, worker: string): TrialStore {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `trials-${worker}.jsonl`);
  return { add: (trial) => appendFileSync(file, `${JSON.stringify(trial)}\n`) };
}

/**
 * Every trial that was kept, of all workers; of one that was made again the last, of one that ran once what it gave then. A last line that was cut off (a worker that was
 * killed) is left out: that trial was not made.
 */
export function readTrials(folder: string): ScoredTrial[] {
  if (!existsSync(folder)) return [];
  const byId = new Map<string, ScoredTrial>();
  for (const name of readdirSync(folder)
    .filter((file) => /^trials-.+\.jsonl$/.test(file))
    .sort()) {
    for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n')) {
      const scored = parseLine(line);
      if (scored === null) continue;
      const isMade = (byId.get(scored.trial.id)?.trial.status ?? 'not_run') !== 'not_run';
      if (!isMade || scored.trial.status !== 'not_run') byId.set(scored.trial.id, scored);
    }
  }
  return [...byId.values()].sort((a, b) => (a.trial.id < b.trial.id ? -1 : 1));
}

function parseLine(line: string): ScoredTrial | null {
  if (line === '') return null;
  try {
    return JSON.parse(line) as ScoredTrial;
  } catch {
    return null;
  }
}
