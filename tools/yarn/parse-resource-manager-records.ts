import type { TextRecord } from '../evidence/text-record.ts';
import type { KillRequest, StateChange } from './application-facts.ts';
import type { ContainerEvent, ContainerHappening } from './container-events.ts';
import type { LogCoverage } from './facts.ts';
import { logCoverage } from './log-coverage.ts';
import type { DiskReport, NodeChange } from './node-facts.ts';
import {
  type AttemptStatement,
  attemptStatement,
  type SummaryStatement,
  summaryStatement,
} from './parse-application-records.ts';
import { parseAuditLine } from './parse-audit-line.ts';
import { parseDiskReports } from './parse-disk-report.ts';
import { parseRejection } from './parse-rejection.ts';
import { parseResources } from './parse-yarn-sizes.ts';
import { pieceEvidence, recordEvidence } from './record-evidence.ts';
import type { Allocation, Preemption, QueueActivation, Rejection, Submission } from './scheduler-events.ts';
import { findApplicationId, findContainerId, hostOf } from './yarn-ids.ts';

/** What the ResourceManager's records say. */
export interface ResourceManagerReading {
  events: readonly ContainerEvent[];
  stateChanges: readonly (StateChange & { applicationId: string })[];
  attempts: readonly AttemptStatement[];
  summaries: readonly SummaryStatement[];
  submissions: readonly Submission[];
  kills: readonly KillRequest[];
  preemptions: readonly Preemption[];
  allocations: readonly Allocation[];
  activations: readonly QueueActivation[];
  rejections: readonly Rejection[];
  nodeChanges: readonly NodeChange[];
  disks: readonly DiskReport[];
  coverage: readonly LogCoverage[];
}

/** Reads the records that ResourceManagers wrote (writer `resource_manager`); others are left alone. Pure. */
export function parseResourceManagerRecords(records: readonly TextRecord[]): ResourceManagerReading {
  const mine = records.filter((record) => record.writer === 'resource_manager');
  const collect = <T>(read: (record: TextRecord) => T | null): T[] => mine.flatMap((record) => read(record) ?? []);
  return {
    events: collect(containerEvent),
    stateChanges: collect(stateChange),
    attempts: collect(attemptStatement),
    summaries: collect(summaryStatement),
    submissions: collect(submission),
    kills: collect(killRequest),
    preemptions: collect(preemption),
    allocations: collect(allocation),
    activations: collect(activation),
    rejections: collect(rejection),
    nodeChanges: collect(nodeChange),
    disks: mine.flatMap((record) => unhealthyDisks(record)),
    coverage: logCoverage(mine),
  };
}

function containerEvent(record: TextRecord): ContainerEvent | null {
  const hit = containerHappening(record);
  const id = hit ? findContainerId(hit.about) : null;
  if (!hit || !id) return null;
  const { at, order } = record;
  return {
    id,
    host: hit.host ?? null,
    at,
    order,
    from: 'resource_manager',
    evidence: recordEvidence(record),
    what: hit.what,
  };
}

function containerHappening(
  record: TextRecord,
): { about: string; host?: string | null; what: ContainerHappening } | null {
  const { message } = record;
  const moved = /^(container_\w{1,80}) Container Transitioned from (\w{1,40}) to (\w{1,40})/.exec(message);
  if (moved) {
    return { about: moved[1] ?? '', what: { kind: 'scheduler_state', from: moved[2] ?? '', to: moved[3] ?? '' } };
  }
  const given = /Assigned container (container_\w{1,80}) of capacity (<[^>]{1,200}>) on host ([^\s,]{1,255})/.exec(
    message,
  );
  if (given) {
    const what: ContainerHappening = { kind: 'allocated', resources: parseResources(given[2] ?? ''), queue: null };
    return { about: given[1] ?? '', host: hostOf(given[3] ?? ''), what };
  }
  const taken = preemptedContainer(message);
  if (taken) return { about: taken, what: { kind: 'preempted', resources: parseResources(message) } };
  const audit = parseAuditLine(message);
  if (audit.get('OPERATION') === 'AM Allocated Container') {
    const resources = parseResources(audit.get('RESOURCE') ?? '');
    const what: ContainerHappening = { kind: 'allocated', resources, queue: audit.get('QUEUENAME')?.trim() ?? null };
    return { about: audit.get('CONTAINERID') ?? '', what };
  }
  return null;
}

/**
 * The container that a line says was preempted. `RMAppAttemptMetrics` (Capacity and Fair, 2.8 and later): `Non-AM container
 * preempted, current appAttemptId=…, containerId=…`, `AM container preempted, …`; `FairScheduler` 2.x and `FSPreemptionThread`
 * 3.x: `Preempting container …`.
 */
function preemptedContainer(message: string): string | null {
  const hit =
    /\bAM container preempted, current appAttemptId=\w{1,80}, containerId=(container_\w{1,80})/.exec(message) ??
    /^(?:Preempting|Killing preempted) container \(?(?:ContainerId: )?(container_\w{1,80})/.exec(message);
  return hit?.[1] ?? null;
}

function preemption(record: TextRecord): Preemption | null {
  const containerId = preemptedContainer(record.message);
  const id = containerId ? findContainerId(containerId) : null;
  if (!id) return null;
  return {
    containerId: id.containerId,
    applicationId: id.applicationId,
    isMaster: /^AM container preempted/.test(record.message),
    resources: parseResources(record.message),
    at: record.at,
    evidence: recordEvidence(record),
  };
}

function allocation(record: TextRecord): Allocation | null {
  const { message, at } = record;
  const audit = parseAuditLine(message);
  const operation = audit.get('OPERATION');
  const kind =
    operation === 'AM Allocated Container' ? 'allocated' : operation === 'AM Released Container' ? 'released' : null;
  const kept = /^(container_\w{1,80}) Container Transitioned from NEW to RESERVED/.exec(message);
  const id = findContainerId(kept?.[1] ?? (kind ? (audit.get('CONTAINERID') ?? '') : ''));
  if (!id) return null;
  return {
    containerId: id.containerId,
    applicationId: id.applicationId,
    kind: kept ? 'reserved' : (kind ?? 'allocated'),
    queue: audit.get('QUEUENAME')?.trim() ?? null,
    host: null,
    resources: parseResources(audit.get('RESOURCE') ?? ''),
    at,
    evidence: recordEvidence(record),
  };
}

function stateChange(record: TextRecord): (StateChange & { applicationId: string }) | null {
  const hit = /^(application_\w{1,40}) State change from (\w{1,40}) to (\w{1,40})(?: on event ?= ?(\w{1,60}))?/.exec(
    record.message,
  );
  const applicationId = hit ? findApplicationId(hit[1] ?? '') : null;
  if (!hit || !applicationId) return null;
  const [, , from = '', to = '', event = ''] = hit;
  return { applicationId, from, to, event, at: record.at, evidence: recordEvidence(record) };
}

function submission(record: TextRecord): Submission | null {
  const audit = parseAuditLine(record.message);
  if (audit.get('OPERATION') !== 'Submit Application Request' || audit.get('RESULT') !== 'SUCCESS') return null;
  const applicationId = findApplicationId(audit.get('APPID') ?? '');
  if (!applicationId) return null;
  const queue = audit.get('QUEUENAME')?.trim() ?? null;
  return { applicationId, user: audit.get('USER') ?? '', queue, at: record.at, evidence: recordEvidence(record) };
}

function killRequest(record: TextRecord): KillRequest | null {
  const audit = parseAuditLine(record.message);
  if (audit.get('OPERATION') !== 'Kill Application Request' || audit.get('RESULT') !== 'SUCCESS') return null;
  const applicationId = findApplicationId(audit.get('APPID') ?? '');
  if (!applicationId) return null;
  return {
    applicationId,
    by: audit.get('USER') ?? '',
    from: audit.get('IP') ?? '',
    through: audit.get('TARGET') ?? '',
    at: record.at,
    evidence: recordEvidence(record),
  };
}

function activation(record: TextRecord): QueueActivation | null {
  const { message, at } = record;
  const base = { at, evidence: recordEvidence(record) };
  const added = /^Application added - appId: (application_\w{1,40}) user: [^\s,]{1,100},? leaf-queue: (\S{1,200})/.exec(
    message,
  );
  if (added) return { ...base, applicationId: added[1] ?? '', queue: added[2] ?? null, kind: 'added', reason: '' };
  const started = /^Application (application_\w{1,40}) from user: \S{1,100} activated in queue: (\S{1,200})/.exec(
    message,
  );
  if (started)
    return { ...base, applicationId: started[1] ?? '', queue: started[2] ?? null, kind: 'activated', reason: '' };
  // LeafQueue 2.7 and later at INFO or DEBUG: "Not activating application A as amIfStarted: … exceeds amLimit: …".
  const held = /^Not activating application (application_\w{1,40}) as +(.{1,400})/.exec(message);
  if (held) return { ...base, applicationId: held[1] ?? '', queue: null, kind: 'held_back', reason: held[2] ?? '' };
  return null;
}

/** Words of every refusal, to leave other records alone quickly. */
const REFUSAL = /Invalid resource request|annot accept|to queue|unknown queue|non-leaf queue|application limit reached/;

function rejection(record: TextRecord): Rejection | null {
  if (!REFUSAL.test(record.text)) return null;
  const text = record.text.slice(0, 16_384);
  const said = parseRejection(text);
  if (!said) return null;
  const { start, end, ...rest } = said;
  return {
    ...rest,
    applicationId: findApplicationId(text),
    at: record.at,
    evidence: pieceEvidence(record, start, end),
  };
}

function nodeChange(record: TextRecord): NodeChange | null {
  const moved = /^(\S{1,255}) Node Transitioned from (\w{1,40}) to (\w{1,40})/.exec(record.message);
  const host = moved ? hostOf(moved[1] ?? '') : null;
  if (!moved || !host) return null;
  return { host, from: moved[2] ?? '', to: moved[3] ?? '', at: record.at, evidence: recordEvidence(record) };
}

function unhealthyDisks(record: TextRecord): DiskReport[] {
  const hit = /^Node (\S{1,255}) reported UNHEALTHY with details: /.exec(record.message);
  const host = hit ? hostOf(hit[1] ?? '') : null;
  if (!host) return [];
  const evidence = recordEvidence(record);
  return parseDiskReports(record.text).map((disk) => ({ ...disk, host, at: record.at, goodAgainAt: null, evidence }));
}
