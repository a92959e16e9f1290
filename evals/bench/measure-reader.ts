import { statSync } from 'node:fs';
import { readEventLog } from '../../tools/spark/read-event-log.ts';
import { readNaively, type StageSums } from './read-naively.ts';

/** What one reading in a process of its own took. */
export interface Measured {
  ms: number;
  /** Peak resident memory of the process. */
  peakMb: number;
  tasks: number;
  stages: number;
  /** Sums over all stages: both readers must agree. */
  totals: Record<string, number>;
}

// Run as a child process: `measure-reader.ts naive|ours <path>`; prints one JSON line.
const [, , reader = '', path = ''] = process.argv;
const start = performance.now();
const sums = reader === 'naive' ? await readNaively(path) : await readOurs(path);
const ms = performance.now() - start;
const totals: Record<string, number> = {};
for (const stage of sums.values()) {
  for (const [name, value] of Object.entries(stage)) totals[name] = (totals[name] ?? 0) + value;
}
const measured: Measured = {
  ms,
  peakMb: process.resourceUsage().maxRSS / 1024,
  tasks: totals.tasks ?? 0,
  stages: sums.size,
  totals,
};
console.log(JSON.stringify(measured));

async function readOurs(realPath: string): Promise<Map<string, StageSums>> {
  const storedBytes = statSync(realPath).size;
  const outcome = await readEventLog([
    { source: 'bench', realPath, origin: 'event_log', path: '/bench', storedBytes, wrapping: 'none' },
  ]);
  if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
  const stages = outcome.value.stages.map((stage): [string, StageSums] => [
    `${stage.stageId}.${stage.attempt}`,
    {
      tasks: stage.attempts.succeeded,
      runMs: stage.runMs?.sum ?? 0,
      cpuMs: stage.cpuMs?.sum ?? 0,
      gcMs: stage.gcMs?.sum ?? 0,
      fetchWaitMs: stage.fetchWaitMs?.sum ?? 0,
      shuffleWriteMs: stage.shuffleWriteMs?.sum ?? 0,
      inputBytes: stage.inputBytes?.sum ?? 0,
      shuffleReadBytes: stage.shuffleReadBytes?.sum ?? 0,
      shuffleWriteBytes: stage.shuffleWriteBytes?.sum ?? 0,
      diskSpilledBytes: stage.diskSpilledBytes?.sum ?? 0,
    },
  ]);
  return new Map(stages);
}
