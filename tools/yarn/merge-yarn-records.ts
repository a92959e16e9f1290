import { count, plural, were } from '../evidence/spoken-figures.ts';
import type { TextRecord } from '../evidence/text-record.ts';
import type { YarnApplication } from './application-facts.ts';
import { buildContainerHistories } from './build-container-histories.ts';
import type { ContainerEvent } from './container-events.ts';
import type { YarnContainerHistory } from './container-history.ts';
import { eventsFromDiagnostics } from './events-from-diagnostics.ts';
import type { YarnFacts } from './facts.ts';
import { mergeApplications } from './merge-applications.ts';
import type { MemoryChecks, YarnNode } from './node-facts.ts';
import { oneNamePerHost } from './one-name-per-host.ts';
import { type NodeManagerReading, parseNodeManagerRecords } from './parse-node-manager-records.ts';
import { unknownNode } from './parse-nodes.ts';
import { parseResourceManagerRecords, type ResourceManagerReading } from './parse-resource-manager-records.ts';
import { loggedHosts, renameHosts, renameInReading, writtenHosts } from './rename-hosts.ts';
import { resolveAsked } from './resolve-asked.ts';
import type { EndingContext } from './who-ended.ts';

/**
 * Facts of the REST answers completed by the records of NodeManagers and ResourceManagers. Records of other writers are left
 * alone. May be called again with records read later. Pure.
 */
export function mergeYarnRecords(before: YarnFacts, records: readonly TextRecord[]): YarnFacts {
  const fromNodes = parseNodeManagerRecords(records);
  const said = parseResourceManagerRecords(records);
  const names = oneNamePerHost(loggedHosts(fromNodes, before), writtenHosts(before, said));
  const facts = renameHosts(before, names);
  const fromManager = names.size === 0 ? said : renameInReading(said, names);
  const applications = mergeApplications(facts.applications, fromManager);
  const nodes = mergeNodes(facts.nodes, fromNodes, fromManager);
  const events = [...fromNodes.events, ...fromManager.events];
  const context = endingContext(applications, nodes, fromNodes);
  const { containers, leftOut } = containersOf(facts.containers, applications, events, context);
  return {
    ...facts,
    ...resolveAsked(applications, facts.scope),
    applications,
    containers,
    nodes,
    preemptions: [...facts.preemptions, ...fromManager.preemptions],
    allocations: [...facts.allocations, ...fromManager.allocations],
    submissions: [...facts.submissions, ...fromManager.submissions],
    rejections: [...facts.rejections, ...fromManager.rejections],
    activations: [...facts.activations, ...fromManager.activations],
    kills: [...facts.kills, ...fromManager.kills],
    evictions: [...facts.evictions, ...fromNodes.evictions],
    coverage: [...facts.coverage, ...fromNodes.coverage, ...fromManager.coverage],
    skipped:
      leftOut === 0
        ? facts.skipped
        : [
            ...facts.skipped,
            {
              en: `${plural(leftOut, 'more container')} ${were(leftOut)} left out`,
              zh: `另有 ${count(leftOut)} 个容器未纳入`,
            },
          ],
  };
}

/**
 * Histories with what the applications' diagnostics and REST tell as well: which container is a master's, and what a Spark
 * container that is none must be.
 */
export function containersOf(
  known: readonly YarnContainerHistory[],
  applications: readonly YarnApplication[],
  events: readonly ContainerEvent[],
  context: EndingContext,
): { containers: YarnContainerHistory[]; leftOut: number } {
  const told = applications.flatMap((application) => eventsFromDiagnostics(application));
  const built = buildContainerHistories(known, [...events, ...told], context);
  const masters = mastersOf(applications);
  const spark = new Set(
    applications
      .filter((application) => application.type.toUpperCase() === 'SPARK')
      .map((application) => application.id),
  );
  const containers = built.containers.map((container): YarnContainerHistory => {
    // Number 1 is a guess until the attempt's master is known: a reservation that came to nothing can take the number.
    const master = masters.get(`${container.applicationId}#${container.attempt}`);
    const isMaster = master === undefined ? container.isMaster : master === container.containerId;
    const guessed = container.role === 'unknown' || (container.role === 'application_master' && !isMaster);
    if (!guessed) return { ...container, isMaster };
    if (isMaster) return { ...container, isMaster, role: 'application_master' };
    return { ...container, isMaster, role: spark.has(container.applicationId) ? 'executor' : 'unknown' };
  });
  return { containers, leftOut: built.leftOut };
}

/** The master's container of each attempt, by application and attempt (`application_…#2`). */
function mastersOf(applications: readonly YarnApplication[]): Map<string, string> {
  const masters = new Map<string, string>();
  for (const { applicationId, number, amContainerId } of applications.flatMap((application) => application.attempts)) {
    if (amContainerId) masters.set(`${applicationId}#${number}`, amContainerId);
  }
  return masters;
}

/** What is known of the ends around containers. */
export function endingContext(
  applications: readonly YarnApplication[],
  nodes: readonly YarnNode[],
  reading: Pick<NodeManagerReading, 'applicationStops'>,
): EndingContext {
  const attempts = applications.flatMap((application) => application.attempts);
  return {
    applicationStops: Map.groupBy(reading.applicationStops, (stop) => stop.applicationId),
    applicationEnds: new Map(
      applications.flatMap(({ id, finishedAt }) => (finishedAt === null ? [] : [[id, finishedAt] as const])),
    ),
    attemptEnds: new Map(
      attempts.flatMap(({ applicationId, number, finishedAt }) =>
        finishedAt === null ? [] : [[`${applicationId}#${number}`, finishedAt] as const],
      ),
    ),
    nodeChanges: new Map(nodes.map((node) => [node.host, node.changes])),
  };
}

function mergeNodes(
  known: readonly YarnNode[],
  fromNodes: NodeManagerReading,
  fromManager: ResourceManagerReading,
): YarnNode[] {
  const nodes = new Map(known.map((node) => [node.host, node]));
  const node = (host: string) => nodes.get(host) ?? unknownNode(host);
  for (const [host, checks] of fromNodes.checks) {
    nodes.set(host, { ...node(host), checks: joinChecks(node(host).checks, checks) });
  }
  for (const disk of [...fromNodes.disks, ...fromManager.disks]) {
    nodes.set(disk.host, { ...node(disk.host), disks: [...node(disk.host).disks, disk] });
  }
  for (const change of fromManager.nodeChanges) {
    const before = node(change.host);
    const state = before.state === 'UNKNOWN' ? change.to : before.state;
    nodes.set(change.host, { ...before, state, changes: [...before.changes, change] });
  }
  return [...nodes.values()];
}

/** The log's start lines win: they also tell of strict and elastic control, which REST does not. */
function joinChecks(rest: MemoryChecks, log: MemoryChecks): MemoryChecks {
  return {
    physical: log.physical ?? rest.physical,
    virtual: log.virtual ?? rest.virtual,
    strict: log.strict ?? rest.strict,
    elastic: log.elastic ?? rest.elastic,
    evidence: [...rest.evidence, ...log.evidence],
  };
}
