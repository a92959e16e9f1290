import type { Evidence } from '../evidence/evidence.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import type { ApplicationState, YarnApplication, YarnAttempt } from './application-facts.ts';
import { parseRejection } from './parse-rejection.ts';
import {
  childObject,
  childObjects,
  countOf,
  mebibytes,
  numberOf,
  quoteMembers,
  type RestObject,
  resourcesOf,
  restObjectAt,
  restObjectsAt,
  textOf,
  timeOf,
} from './rest-object.ts';
import { findApplicationId, findAttemptId, hostOf } from './yarn-ids.ts';

const MIB = 1 << 20;

const STATES: ReadonlySet<string> = new Set<ApplicationState>([
  'NEW',
  'NEW_SAVING',
  'SUBMITTED',
  'ACCEPTED',
  'RUNNING',
  'FINISHED',
  'FAILED',
  'KILLED',
]);

/** A state's name as YARN prints it; `UNKNOWN` for what no version we know prints. */
export function applicationState(text: string): ApplicationState {
  return STATES.has(text) ? (text as ApplicationState) : 'UNKNOWN';
}

/** The applications of an answer to `/ws/v1/cluster/apps` or `/ws/v1/cluster/apps/{id}` (Hadoop 2.x and 3.x). */
export function parseApplications(answer: HttpAnswer): YarnApplication[] {
  const single = restObjectAt(answer, ['app']);
  const objects = single ? [single] : restObjectsAt(answer, ['apps', 'app']);
  return objects.flatMap((object) => parseApplication(object) ?? []);
}

function parseApplication(object: RestObject): YarnApplication | null {
  const id = findApplicationId(textOf(object, 'id'));
  if (!id) return null;
  const state = applicationState(textOf(object, 'state'));
  const diagnostics = textOf(object, 'diagnostics');
  const evidence = evidenceOf(object, diagnostics);
  return {
    id,
    name: textOf(object, 'name'),
    user: textOf(object, 'user'),
    queue: textOf(object, 'queue'),
    type: textOf(object, 'applicationType'),
    tags: textOf(object, 'applicationTags').split(',').filter(Boolean),
    priority: numberOf(object, 'priority'),
    state,
    finalStatus: textOf(object, 'finalStatus') || 'UNDEFINED',
    diagnostics,
    startedAt: timeOf(object, 'startedTime'),
    launchedAt: timeOf(object, 'launchTime'),
    finishedAt: timeOf(object, 'finishedTime'),
    amHost: hostOf(textOf(object, 'amHostHttpAddress') || textOf(object, 'masterNodeId')),
    amContainerLogs: textOf(object, 'amContainerLogs') || null,
    ...sharesOf(object),
    memorySeconds: countOf(object, 'memorySeconds'),
    vcoreSeconds: countOf(object, 'vcoreSeconds'),
    preempted: preemptedOf(object),
    logAggregation: textOf(object, 'logAggregationStatus'),
    refusal: refusalOf(diagnostics),
    sampledAt: object.answer.at,
    knownFrom: 'rest',
    samples: [{ at: object.answer.at, state, diagnostics, evidence: evidence.diagnostics ?? evidence.state }],
    attempts: [],
    stateChanges: [],
    kills: [],
    evidence,
  };
}

/** A refusal stands at the beginning; what the program itself quotes later in its diagnostics is no statement of YARN's. */
export function refusalOf(diagnostics: string): YarnApplication['refusal'] {
  if (/^User (?:class|application)/.test(diagnostics)) return null;
  const said = parseRejection(diagnostics.slice(0, 4000));
  if (!said) return null;
  const { start: _start, end: _end, ...refusal } = said;
  return refusal;
}

function evidenceOf(object: RestObject, diagnostics: string): YarnApplication['evidence'] {
  const ended = timeOf(object, 'finishedTime');
  const quote = (keys: readonly string[], at: number | null = object.answer.at): Evidence =>
    quoteMembers(object, keys, 'resource_manager', at);
  const has = (key: string) => object.members.has(key);
  return {
    state: quote(['id', 'user', 'name', 'queue', 'state', 'finalStatus'], ended ?? object.answer.at),
    diagnostics: diagnostics === '' ? null : quote(['diagnostics'], ended ?? object.answer.at),
    times: has('startedTime') ? quote(['startedTime', 'launchTime', 'finishedTime', 'elapsedTime'], ended) : null,
    preempted: has('preemptedResourceMB') ? quote(['preemptedResourceMB', 'numAMContainerPreempted'], ended) : null,
    pending: has('resourceRequests') ? quote(['resourceRequests']) : null,
  };
}

function sharesOf(
  object: RestObject,
): Pick<
  YarnApplication,
  'allocated' | 'reserved' | 'pending' | 'largestAsk' | 'queueUsagePercent' | 'clusterUsagePercent'
> {
  const allocated = mebibytes(object, 'allocatedMB');
  const reserved = mebibytes(object, 'reservedMB');
  const asks = childObjects(object, 'resourceRequests')
    .filter((ask) => textOf(ask, 'resourceName') === '*' && (countOf(ask, 'numContainers') ?? 0) > 0)
    .flatMap((ask) => {
      const size = resourcesOf(ask, 'capability');
      return size ? [{ size, count: countOf(ask, 'numContainers') ?? 0 }] : [];
    });
  const sum = (pick: (ask: (typeof asks)[number]) => number) => asks.reduce((total, ask) => total + pick(ask), 0);
  const largest = asks.reduce<(typeof asks)[number] | null>(
    (best, ask) => (best === null || ask.size.memoryBytes > best.size.memoryBytes ? ask : best),
    null,
  );
  return {
    allocated:
      allocated === null
        ? null
        : {
            memoryBytes: allocated,
            vcores: countOf(object, 'allocatedVCores') ?? 0,
            containers: countOf(object, 'runningContainers') ?? 0,
          },
    reserved: reserved === null ? null : { memoryBytes: reserved, vcores: countOf(object, 'reservedVCores') ?? 0 },
    pending:
      asks.length === 0
        ? null
        : {
            memoryBytes: sum((ask) => ask.size.memoryBytes * ask.count),
            vcores: sum((ask) => ask.size.vcores * ask.count),
            containers: sum((ask) => ask.count),
          },
    largestAsk: largest?.size ?? null,
    queueUsagePercent: countOf(object, 'queueUsagePercentage'),
    clusterUsagePercent: countOf(object, 'clusterUsagePercentage'),
  };
}

function preemptedOf(object: RestObject): YarnApplication['preempted'] {
  const nonAmContainers = countOf(object, 'numNonAMContainerPreempted');
  if (nonAmContainers === null) return null;
  return {
    memoryBytes: (countOf(object, 'preemptedResourceMB') ?? 0) * MIB,
    vcores: countOf(object, 'preemptedResourceVCores') ?? 0,
    nonAmContainers,
    amContainers: countOf(object, 'numAMContainerPreempted') ?? 0,
  };
}

/** The attempts of an answer to `/ws/v1/cluster/apps/{id}/appattempts`, oldest first. */
export function parseAttempts(answer: HttpAnswer): YarnAttempt[] {
  const objects = restObjectsAt(answer, ['appAttempts', 'appAttempt']);
  const lone = objects.length === 0 ? restObjectAt(answer, ['appAttempt']) : null;
  return [...objects, ...(lone ? [lone] : [])]
    .flatMap((object) => parseAttempt(object) ?? [])
    .sort((a, b) => a.number - b.number);
}

function parseAttempt(object: RestObject): YarnAttempt | null {
  // 2.x before 2.8 has no `appAttemptId`: its master's container names the application.
  const named = findAttemptId(textOf(object, 'appAttemptId'));
  const containerId = textOf(object, 'containerId') || textOf(object, 'amContainerId');
  const applicationId = named?.applicationId ?? findApplicationId(containerId || object.answer.request);
  const number = named?.number ?? numberOf(object, 'id');
  if (!applicationId || number === null) return null;
  const padded = String(number).padStart(6, '0');
  return {
    attemptId: named?.attemptId ?? `${applicationId.replace('application_', 'appattempt_')}_${padded}`,
    number,
    applicationId,
    startedAt: timeOf(object, 'startTime') ?? timeOf(object, 'startedTime'),
    finishedAt: timeOf(object, 'finishedTime'),
    amContainerId: containerId || null,
    host: hostOf(textOf(object, 'nodeHttpAddress') || textOf(object, 'nodeId')),
    ...(/^[\w.-]{1,253}:\d{1,5}$/.test(textOf(object, 'nodeId')) ? { nodeId: textOf(object, 'nodeId') } : {}),
    state: textOf(object, 'appAttemptState') || null,
    exitStatus: null,
    expired: null,
    diagnostics: textOf(object, 'diagnosticsInfo'),
    evidence: [quoteMembers(object, ['id', 'startTime', 'finishedTime', 'containerId', 'nodeId'], 'resource_manager')],
  };
}

/** The text of a `RemoteException` in an answer (404 and the like); `null` when there is none. */
export function remoteException(answer: HttpAnswer): string | null {
  const root = restObjectAt(answer, []);
  const exception = root ? childObject(root, 'RemoteException') : null;
  return exception ? textOf(exception, 'message') || textOf(exception, 'exception') : null;
}
