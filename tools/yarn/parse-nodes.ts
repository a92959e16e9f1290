import type { HttpAnswer } from '../platform/platform.ts';
import type { DiskReport, MemoryChecks, NodeChange, YarnNode } from './node-facts.ts';
import { parseDiskReports } from './parse-disk-report.ts';
import {
  booleanOf,
  countOf,
  mebibytes,
  numberOf,
  quoteMembers,
  type RestObject,
  restObjectAt,
  restObjectsAt,
  textOf,
  timeOf,
} from './rest-object.ts';
import { hostOf } from './yarn-ids.ts';

/** Nothing known of the checks. */
export function unknownChecks(): MemoryChecks {
  return { physical: null, virtual: null, strict: null, elastic: null, evidence: [] };
}

/** A node of which only the name is known. */
export function unknownNode(host: string): YarnNode {
  return {
    host,
    state: 'UNKNOWN',
    healthReport: '',
    version: '',
    containers: null,
    usedMemoryBytes: null,
    availableMemoryBytes: null,
    usedVcores: null,
    availableVcores: null,
    memoryUsePercent: null,
    cpuUsePercent: null,
    sampledAt: null,
    checks: unknownChecks(),
    changes: [],
    disks: [],
    evidence: null,
  };
}

/** States of a NodeManager that works or may work again; all others are of one that is gone. */
const PRESENT: readonly string[] = ['RUNNING', 'NEW', 'UNHEALTHY', 'DECOMMISSIONING'];

/**
 * The nodes of the ResourceManager's answer to `/ws/v1/cluster/nodes` or `/ws/v1/cluster/nodes/{id}`. A NodeManager that was
 * restarted on another port (the default port is any free one) is listed beside the gone ones of the same host: the host is
 * what its present one says, and what went before are changes of it.
 */
export function parseNodes(answer: HttpAnswer): YarnNode[] {
  const single = restObjectAt(answer, ['node']);
  const objects = single?.members.has('id') ? [single] : restObjectsAt(answer, ['nodes', 'node']);
  const parsed = objects.flatMap((object) => {
    const node = parseNode(object);
    return node ? [{ node, heardAt: timeOf(object, 'lastHealthUpdate') }] : [];
  });
  return [...Map.groupBy(parsed, ({ node }) => node.host).values()].flatMap((ofHost) => {
    const [now, ...before] = ofHost.toSorted(
      (a, b) => rankOf(b.node) - rankOf(a.node) || (b.heardAt ?? 0) - (a.heardAt ?? 0),
    );
    return now ? [{ ...now.node, changes: before.flatMap(({ node, heardAt }) => changeOf(node, heardAt)) }] : [];
  });
}

function rankOf(node: YarnNode): number {
  return PRESENT.includes(node.state) ? 1 : 0;
}

function changeOf(gone: YarnNode, heardAt: number | null): NodeChange[] {
  if (PRESENT.includes(gone.state) || gone.evidence === null) return [];
  return [{ host: gone.host, from: 'RUNNING', to: gone.state, at: heardAt, evidence: gone.evidence }];
}

function parseNode(object: RestObject): YarnNode | null {
  const host = textOf(object, 'nodeHostName') || hostOf(textOf(object, 'id'));
  if (!host) return null;
  const healthReport = textOf(object, 'healthReport');
  return {
    ...unknownNode(host),
    state: textOf(object, 'state') || 'UNKNOWN',
    healthReport,
    version: textOf(object, 'version'),
    containers: countOf(object, 'numContainers'),
    usedMemoryBytes: mebibytes(object, 'usedMemoryMB'),
    availableMemoryBytes: mebibytes(object, 'availMemoryMB'),
    usedVcores: countOf(object, 'usedVirtualCores'),
    availableVcores: countOf(object, 'availableVirtualCores'),
    memoryUsePercent: numberOf(object, 'memUtilization'),
    cpuUsePercent: numberOf(object, 'cpuUtilization'),
    sampledAt: object.answer.at,
    disks: disksOf(object, host, healthReport, 'resource_manager'),
    evidence: quoteMembers(
      object,
      ['state', 'id', 'nodeHostName', 'lastHealthUpdate', 'healthReport', 'numContainers', 'availMemoryMB'],
      'resource_manager',
    ),
  };
}

/** A NodeManager's answer to `/ws/v1/node/info`: its memory checks and its own health. */
export function parseNodeInfo(answer: HttpAnswer, host: string | null): YarnNode | null {
  const object = restObjectAt(answer, ['nodeInfo']);
  const name = object ? textOf(object, 'nodeHostName') || hostOf(textOf(object, 'id')) || host : host;
  if (!object || !name) return null;
  const healthReport = textOf(object, 'healthReport');
  const checked = object.members.has('pmemCheckEnabled') || object.members.has('vmemCheckEnabled');
  return {
    ...unknownNode(name),
    healthReport,
    version: textOf(object, 'nodeManagerVersion'),
    sampledAt: answer.at,
    checks: {
      ...unknownChecks(),
      physical: booleanOf(object, 'pmemCheckEnabled'),
      virtual: booleanOf(object, 'vmemCheckEnabled'),
      evidence: checked ? [quoteMembers(object, ['vmemCheckEnabled', 'pmemCheckEnabled'], 'node_manager')] : [],
    },
    disks: disksOf(object, name, healthReport, 'node_manager'),
    evidence: quoteMembers(object, ['healthReport', 'lastNodeUpdateTime', 'nodeHealthy'], 'node_manager'),
  };
}

function disksOf(
  object: RestObject,
  host: string,
  report: string,
  provenance: 'resource_manager' | 'node_manager',
): DiskReport[] {
  const at = timeOf(object, 'lastHealthUpdate') ?? timeOf(object, 'lastNodeUpdateTime') ?? object.answer.at;
  const evidence = quoteMembers(object, ['healthReport'], provenance, at);
  return parseDiskReports(report).map((disk) => ({ ...disk, host, at, goodAgainAt: null, evidence }));
}
