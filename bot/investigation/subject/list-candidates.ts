import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import type { KnownRun } from '../../../tools/spark/known-runs.ts';
import type { YarnApplication, YarnFacts } from '../../../tools/yarn/facts.ts';
import { applicationOf } from '../joining/entity-directory.ts';
import type { RunEnd } from '../joining/run-end.ts';
import type { Candidate } from './candidate.ts';

/** Writers whose log is a run's own: from them a run can be known that no listing has. */
const OWN_LOGS = [
  'spark_driver',
  'spark_application_master',
  'spark_executor',
  'user_program',
  'container_launch',
  'unknown',
  'jvm_gc',
  'jvm_crash',
];

/**
 * Every run that a question could be about, each once: from event logs and history servers, from the ResourceManager, and from
 * logs of runs that neither knows (submissions that failed, containers of a cluster whose ResourceManager was not asked).
 */
export function listCandidates(
  runs: readonly KnownRun[],
  yarn: YarnFacts | null,
  logs: readonly LogFacts[],
): Candidate[] {
  const byId = new Map<string, Candidate>();
  const latest = latestAttempts(runs);
  for (const application of yarn?.applications ?? []) byId.set(application.id, ofYarn(application));
  for (const { listing } of runs) {
    const id = listing.applicationId ?? listing.handle;
    const known = byId.get(id);
    const names = listing.applicationName === null ? [] : [listing.applicationName];
    byId.set(id, {
      id,
      kind: 'spark_application',
      names: unique([...names, ...(known?.names ?? [])]),
      user: known?.user ?? listing.user,
      queue: known?.queue ?? null,
      startedAt: known?.startedAt ?? listing.startedAt,
      endedAt: known?.endedAt ?? listing.endedAt,
      state: known?.state ?? stateOf(listing.inProgress, listing.endedAt),
      sparkHandle: latest.get(id) ?? listing.handle,
    });
  }
  for (const log of logs) addFromLog(byId, log);
  return [...byId.values()];
}

/** Handles by application: of several attempts of one the latest is meant, whenever YARN says that the application began. */
function latestAttempts(runs: readonly KnownRun[]): Map<string, string> {
  const latest = new Map<string, { handle: string; startedAt: number }>();
  for (const { listing } of runs) {
    const id = listing.applicationId ?? listing.handle;
    const startedAt = listing.startedAt ?? 0;
    if (startedAt >= (latest.get(id)?.startedAt ?? 0)) latest.set(id, { handle: listing.handle, startedAt });
  }
  return new Map([...latest].map(([id, { handle }]) => [id, handle]));
}

function ofYarn(application: YarnApplication): Candidate {
  return {
    id: application.id,
    kind:
      application.type.toUpperCase() === 'SPARK' || application.type === '' ? 'spark_application' : 'yarn_application',
    names: application.name === '' ? [] : [application.name],
    user: application.user || null,
    queue: application.queue || null,
    startedAt: application.startedAt,
    endedAt: application.finishedAt,
    state: yarnState(application),
    sparkHandle: null,
  };
}

function yarnState(application: YarnApplication): RunEnd['state'] {
  if (application.state === 'KILLED' || application.finalStatus === 'KILLED') return 'killed';
  if (application.state === 'FAILED' || application.finalStatus === 'FAILED') return 'failed';
  if (application.state === 'FINISHED') return application.finalStatus === 'SUCCEEDED' ? 'succeeded' : 'unknown';
  if (application.state === 'RUNNING') return 'running';
  return application.state === 'UNKNOWN' ? 'unknown' : 'waiting';
}

function stateOf(inProgress: boolean, endedAt: number | null): RunEnd['state'] {
  return inProgress ? 'running' : endedAt === null ? 'unknown' : 'succeeded';
}

function addFromLog(byId: Map<string, Candidate>, log: LogFacts): void {
  if (!OWN_LOGS.includes(log.writer)) return;
  const { containerId, applicationId, applicationName, podName, podUid } = log.keys;
  const id = applicationId ?? (containerId ? applicationOf(containerId) : null) ?? podName ?? podUid ?? null;
  const stem = (log.source.split('/').at(-1) ?? '').replace(/\.(?:log|out|err|txt)$/, '');
  const names = unique([
    ...(applicationName ? [applicationName] : []),
    ...(isDriver(log) ? [stem] : []),
    ...spokenIn(log),
  ]);
  const key = id ?? (isDriver(log) ? log.source : null);
  if (key === null) return;
  const known = byId.get(key);
  byId.set(key, {
    id: known?.id ?? id ?? log.keys.applicationName ?? stem,
    kind: known?.kind ?? (id?.startsWith('container_') ? 'container' : 'spark_application'),
    names: unique([...(known?.names ?? []), ...names]),
    user: known?.user ?? log.keys.user ?? null,
    queue: known?.queue ?? log.keys.queue ?? null,
    startedAt: known?.startedAt ?? log.firstAt,
    endedAt: known?.endedAt ?? null,
    state: known?.state ?? 'unknown',
    sparkHandle: known?.sparkHandle ?? null,
  });
}

function isDriver(log: LogFacts): boolean {
  return log.writer === 'spark_driver' || log.writer === 'spark_application_master';
}

/** Programs that log under a name of their own (`UserGraphJoin: …`) go by it. */
function spokenIn(log: LogFacts): string[] {
  const loggers = [...log.records, ...log.tail]
    .filter((record) => record.provenance === 'user_process')
    .map((record) => record.logger);
  return unique(loggers.filter((logger) => /^[A-Z][A-Za-z0-9]{5,60}$/.test(logger))).slice(0, 4);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
