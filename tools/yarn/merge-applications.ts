import type { ApplicationState, KillRequest, StateChange, YarnApplication, YarnAttempt } from './application-facts.ts';
import type { AttemptStatement, SummaryStatement } from './parse-application-records.ts';
import { applicationState, refusalOf } from './parse-applications.ts';
import type { ResourceManagerReading } from './parse-resource-manager-records.ts';

const MIB = 1 << 20;

/** States of the ResourceManager's own machine that REST shows under another name (`RMServerUtils.createApplicationState`). */
const SHOWN_AS: ReadonlyMap<string, ApplicationState> = new Map<string, ApplicationState>([
  ['FINAL_SAVING', 'RUNNING'],
  ['FINISHING', 'FINISHED'],
  ['KILLING', 'RUNNING'],
]);

/**
 * Applications as REST told them, completed by what the ResourceManager's log says: state changes, attempts, kill requests,
 * closing lines; applications that only the log knows are added. Pure.
 */
export function mergeApplications(
  known: readonly YarnApplication[],
  reading: ResourceManagerReading,
): YarnApplication[] {
  const changes = Map.groupBy(reading.stateChanges, (change) => change.applicationId);
  const summaries = new Map(reading.summaries.map((summary) => [summary.applicationId, summary]));
  const attempts = Map.groupBy(reading.attempts, (statement) => statement.applicationId);
  const submissions = new Map(reading.submissions.map((submission) => [submission.applicationId, submission]));
  const kills = Map.groupBy(reading.kills, (kill) => kill.applicationId);
  const byId = new Map(known.map((application) => [application.id, application]));
  for (const id of new Set([...changes.keys(), ...summaries.keys(), ...submissions.keys()])) {
    if (byId.has(id)) continue;
    const first = submissions.get(id)?.evidence ?? changes.get(id)?.[0]?.evidence ?? summaries.get(id)?.evidence;
    if (!first) continue;
    const submission = submissions.get(id);
    const user = submission?.user ?? '';
    byId.set(id, {
      ...emptyApplication(id, first),
      user,
      queue: submission?.queue ?? '',
      startedAt: submission?.at ?? null,
    });
  }
  return [...byId.values()].map((application) => {
    const own = changes.get(application.id) ?? [];
    const summary = summaries.get(application.id);
    const withLog = withStates(summary ? withSummary(application, summary) : application, own);
    const withAttempts = mergeAttempts(withLog, attempts.get(application.id) ?? []);
    return { ...withAttempts, kills: joinKills(application.kills, kills.get(application.id) ?? []) };
  });
}

function joinKills(known: readonly KillRequest[], more: readonly KillRequest[]): KillRequest[] {
  const seen = new Set(known.map((kill) => `${kill.at}#${kill.by}`));
  return [...known, ...more.filter((kill) => !seen.has(`${kill.at}#${kill.by}`))];
}

/** An application of which only its id is known. */
export function emptyApplication(id: string, evidence: YarnApplication['evidence']['state']): YarnApplication {
  return {
    id,
    name: '',
    user: '',
    queue: '',
    type: '',
    tags: [],
    priority: null,
    state: 'UNKNOWN',
    finalStatus: 'UNDEFINED',
    diagnostics: '',
    startedAt: null,
    launchedAt: null,
    finishedAt: null,
    amHost: null,
    amContainerLogs: null,
    allocated: null,
    reserved: null,
    pending: null,
    largestAsk: null,
    queueUsagePercent: null,
    clusterUsagePercent: null,
    memorySeconds: null,
    vcoreSeconds: null,
    preempted: null,
    logAggregation: '',
    refusal: null,
    sampledAt: evidence.at ?? 0,
    knownFrom: 'log',
    samples: [],
    attempts: [],
    stateChanges: [],
    kills: [],
    evidence: { state: evidence, diagnostics: null, times: null, preempted: null, pending: null },
  };
}

/** Later states than the sample's win; the launch time is taken from the log where REST (2.x) has none. */
function withStates(application: YarnApplication, changes: readonly StateChange[]): YarnApplication {
  if (changes.length === 0) return application;
  const ordered = [...changes].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const last = ordered.at(-1);
  const stateChanges = [...application.stateChanges, ...ordered];
  const ended = application.finishedAt !== null;
  if (!last || ended || (last.at ?? 0) < application.sampledAt) return { ...application, stateChanges };
  const state = SHOWN_AS.get(last.to) ?? applicationState(last.to);
  const over = state === 'FINISHED' || state === 'FAILED' || state === 'KILLED';
  return {
    ...application,
    stateChanges,
    state,
    finalStatus: state === 'FAILED' || state === 'KILLED' ? state : application.finalStatus,
    finishedAt: over ? last.at : null,
    sampledAt: last.at ?? application.sampledAt,
    evidence: { ...application.evidence, state: last.evidence },
  };
}

/** The closing line says all that REST says of an ended application. */
function withSummary(application: YarnApplication, summary: SummaryStatement): YarnApplication {
  const field = (key: string) => summary.fields.get(key) ?? '';
  const time = (key: string) => (/^\d{13}$/.test(field(key)) ? Number(field(key)) : null);
  const count = (key: string) => (/^\d{1,9}$/.test(field(key)) ? Number(field(key)) : null);
  if (application.knownFrom === 'rest' && application.finishedAt !== null) return application;
  const nonAmContainers = count('preemptedNonAMContainers');
  const memory = /memory:\s?(\d{1,15})/.exec(field('preemptedResources'))?.[1];
  const finishedAt = time('finishTime') ?? summary.at;
  return {
    ...application,
    name: field('name') || application.name,
    user: field('user') || application.user,
    queue: field('queue') || application.queue,
    type: field('applicationType') || application.type,
    state: applicationState(field('state')),
    finalStatus: field('finalStatus') || application.finalStatus,
    diagnostics: field('diagnostics') || application.diagnostics,
    refusal: refusalOf(field('diagnostics')) ?? application.refusal,
    startedAt: time('startTime') ?? application.startedAt,
    launchedAt: time('launchTime') ?? application.launchedAt,
    finishedAt,
    amHost: field('appMasterHost') && field('appMasterHost') !== 'N/A' ? field('appMasterHost') : application.amHost,
    preempted:
      nonAmContainers === null
        ? application.preempted
        : {
            memoryBytes: memory === undefined ? 0 : Number(memory) * MIB,
            vcores: 0,
            nonAmContainers,
            amContainers: count('preemptedAMContainers') ?? 0,
          },
    sampledAt: summary.at ?? application.sampledAt,
    evidence: {
      ...application.evidence,
      state: summary.evidence,
      diagnostics: field('diagnostics') ? summary.evidence : application.evidence.diagnostics,
      preempted: nonAmContainers === null ? application.evidence.preempted : summary.evidence,
    },
  };
}

function mergeAttempts(application: YarnApplication, statements: readonly AttemptStatement[]): YarnApplication {
  if (statements.length === 0) return application;
  const attempts = new Map(application.attempts.map((attempt) => [attempt.attemptId, attempt]));
  for (const [attemptId, own] of Map.groupBy(statements, (statement) => statement.attemptId)) {
    const first = own[0];
    if (!first) continue;
    attempts.set(attemptId, tellAttempt(attempts.get(attemptId) ?? emptyAttempt(first), own));
  }
  const launched = statements.find((statement) => statement.kind === 'state' && statement.state === 'LAUNCHED');
  return {
    ...application,
    launchedAt: application.launchedAt ?? launched?.at ?? null,
    attempts: [...attempts.values()].sort((a, b) => a.number - b.number),
  };
}

function emptyAttempt(statement: AttemptStatement): YarnAttempt {
  return {
    attemptId: statement.attemptId,
    number: statement.number,
    applicationId: statement.applicationId,
    startedAt: null,
    finishedAt: null,
    amContainerId: null,
    host: null,
    state: null,
    exitStatus: null,
    expired: null,
    diagnostics: '',
    evidence: [],
  };
}

function tellAttempt(start: YarnAttempt, statements: readonly AttemptStatement[]): YarnAttempt {
  const next = { ...start, evidence: [...start.evidence] };
  const registered = statements.some((statement) => statement.kind === 'state' && statement.state === 'RUNNING');
  for (const statement of statements) {
    const { kind, at, evidence } = statement;
    if (kind === 'state') {
      if (statement.state === 'SUBMITTED') next.startedAt ??= at;
      if (/^(?:FAILED|FINISHED|KILLED)$/.test(statement.state)) next.finishedAt ??= at;
      next.state = statement.state;
      continue;
    }
    if (kind === 'expired') next.expired = { timeoutMs: statement.timeoutMs, registered, at, evidence };
    next.exitStatus ??= statement.exitStatus;
    next.diagnostics ||= statement.diagnostics;
    next.evidence.push(evidence);
  }
  return next;
}
