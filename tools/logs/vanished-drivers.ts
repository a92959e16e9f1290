import type { Finding } from '../evidence/finding.ts';
import type { LogFacts, Milestone } from './log-facts.ts';

/**
 * Applications whose driver went away without a word: the master of a standalone cluster removed them although they had not
 * signed off (Master 1.x-4.x writes "Received unregister request from application …" before "Removing app …" when a context is
 * stopped, and only the second when the driver's connection broke). A driver whose own log tells of its end is left alone: then
 * the master or a person removed the application.
 */
export function vanishedDrivers(logs: readonly LogFacts[]): Finding[] {
  return logs
    .filter((log) => log.writer === 'spark_master')
    .flatMap((log) => {
      const ends = log.milestones.filter((milestone) => milestone.kind === 'application_finished');
      const signedOff = new Set(ends.filter(({ values }) => values.by === 'application').map(idOf));
      return ends
        .filter((end) => end.values.by === 'master' && !signedOff.has(idOf(end)) && !tellsItsEnd(logs, idOf(end)))
        .map((end) => findingOf(end));
    });
}

function idOf({ keys }: Milestone): string | undefined {
  return keys.applicationId;
}

function tellsItsEnd(logs: readonly LogFacts[], applicationId: string | undefined): boolean {
  return logs.some(
    (log) =>
      log.writer === 'spark_driver' &&
      log.keys.applicationId === applicationId &&
      log.milestones.some(({ kind }) => kind === 'context_stopped' || kind === 'process_ended'),
  );
}

function findingOf({ keys, at, record }: Milestone): Finding {
  return {
    area: 'logs',
    rule: 'logs/driver-vanished',
    kind: 'observed',
    code: null,
    symptom: 'application_failed',
    statement: {
      en: 'The driver went away without a word: the master removed the application though it had not signed off',
      zh: 'driver 未作任何说明就消失了：应用没有注销，由 Master 移除',
    },
    // The master's host is not the driver's.
    keys: keys.applicationId === undefined ? {} : { applicationId: keys.applicationId },
    at,
    evidence: [{ ...record.quote, area: 'logs', provenance: record.provenance, at }],
    count: 1,
    weight: 1,
    values: { final: 'true' },
  };
}
