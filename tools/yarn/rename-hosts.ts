import type { YarnFacts } from './facts.ts';
import type { YarnNode } from './node-facts.ts';
import type { NodeManagerReading } from './parse-node-manager-records.ts';
import type { ResourceManagerReading } from './parse-resource-manager-records.ts';

type Names = ReadonlyMap<string, string>;

/** Hosts by the names their NodeManagers' logs are kept under, of this reading and of those merged before. */
export function loggedHosts(reading: NodeManagerReading, facts: YarnFacts): string[] {
  return [...reading.coverage, ...facts.coverage]
    .filter((coverage) => coverage.writer === 'node_manager')
    .flatMap((coverage) => coverage.host ?? []);
}

/** Hosts by the names that answers and the ResourceManager's lines write. */
export function writtenHosts(facts: YarnFacts, reading: ResourceManagerReading): string[] {
  return [
    ...facts.nodes.map((node) => node.host),
    ...facts.containers.flatMap((container) => container.host ?? []),
    ...reading.events.flatMap((event) => event.host ?? []),
    ...reading.nodeChanges.map((change) => change.host),
  ];
}

/** Facts with each host under its one name; two entries of one node become one. */
export function renameHosts(facts: YarnFacts, names: Names): YarnFacts {
  if (names.size === 0) return facts;
  const named = (host: string | null) => (host === null ? null : (names.get(host) ?? host));
  const nodes = new Map<string, YarnNode>();
  for (const node of facts.nodes) {
    const host = names.get(node.host) ?? node.host;
    const renamed: YarnNode = {
      ...node,
      host,
      changes: node.changes.map((change) => ({ ...change, host })),
      disks: node.disks.map((disk) => ({ ...disk, host })),
    };
    const known = nodes.get(host);
    nodes.set(host, known ? joinNodes(known, renamed) : renamed);
  }
  return {
    ...facts,
    nodes: [...nodes.values()],
    containers: facts.containers.map((container) => ({ ...container, host: named(container.host) })),
    applications: facts.applications.map((application) => ({
      ...application,
      amHost: named(application.amHost),
      attempts: application.attempts.map((attempt) => ({ ...attempt, host: named(attempt.host) })),
    })),
  };
}

function joinNodes(a: YarnNode, b: YarnNode): YarnNode {
  const [said, other] = a.state === 'UNKNOWN' ? [b, a] : [a, b];
  const checks = {
    physical: said.checks.physical ?? other.checks.physical,
    virtual: said.checks.virtual ?? other.checks.virtual,
    strict: said.checks.strict ?? other.checks.strict,
    elastic: said.checks.elastic ?? other.checks.elastic,
    evidence: [...said.checks.evidence, ...other.checks.evidence],
  };
  return { ...said, checks, changes: [...a.changes, ...b.changes], disks: [...a.disks, ...b.disks] };
}

/** The ResourceManager's statements with each host under its one name. */
export function renameInReading(reading: ResourceManagerReading, names: Names): ResourceManagerReading {
  const named = (host: string) => names.get(host) ?? host;
  return {
    ...reading,
    events: reading.events.map((event) => (event.host === null ? event : { ...event, host: named(event.host) })),
    nodeChanges: reading.nodeChanges.map((change) => ({ ...change, host: named(change.host) })),
    disks: reading.disks.map((disk) => ({ ...disk, host: named(disk.host) })),
  };
}
