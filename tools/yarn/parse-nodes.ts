import type { HttpAnswer } from '../platform/platform.ts';
import type { DiskReport, MemoryChecks, YarnNode } from './node-facts.ts';
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

/** The nodes of the ResourceManager's answer to `/ws/v1/cluster/nodes` or `/ws/v1/cluster/nodes/{id}`. */
export function parseNodes(answer: HttpAnswer): YarnNode[] {
  const single = restObjectAt(answer, ['node']);
  const objects = single?.members.has('id') ? [single] : restObjectsAt(answer, ['nodes', 'node']);
  return objects.flatMap((object) => parseNode(object) ?? []);
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
