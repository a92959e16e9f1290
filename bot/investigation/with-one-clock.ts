import type { TextRecord } from '../../tools/evidence/text-record.ts';
import type { LogFacts } from '../../tools/logs/log-facts.ts';
import { emptyYarnFacts, type YarnFacts } from '../../tools/yarn/facts.ts';
import { mergeYarnRecords } from '../../tools/yarn/merge-yarn-records.ts';
import type { FirstLook } from './first-look.ts';
import { type ClockOffsets, clockOffsets } from './joining/clock-offsets.ts';
import { setClocksOfFindings, setClocksOfLogs } from './joining/set-clocks.ts';

/**
 * What was read, with the times of hosts whose clocks are off set to the clock of the others: what YARN's records and the areas'
 * findings say of when is compared between hosts from here on.
 */
export function withOneClock(read: FirstLook): { first: FirstLook; known: YarnFacts; offsets: ClockOffsets } {
  const known = mergeYarnRecords(read.yarn ?? emptyYarnFacts(), daemonRecords(read.logs));
  const offsets = clockOffsets(read.logs, known);
  if (offsets.size === 0) return { first: read, known, offsets };
  const logs = setClocksOfLogs(read.logs, offsets);
  return {
    first: { ...read, logs, findings: setClocksOfFindings(read.findings, offsets, read.logs) },
    known: mergeYarnRecords(read.yarn ?? emptyYarnFacts(), daemonRecords(logs)),
    offsets,
  };
}

function daemonRecords(logs: readonly LogFacts[]): TextRecord[] {
  return logs
    .filter((log) => log.writer === 'node_manager' || log.writer === 'resource_manager')
    .flatMap((log) => [...log.records]);
}
