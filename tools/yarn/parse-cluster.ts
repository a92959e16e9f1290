import type { HttpAnswer } from '../platform/platform.ts';
import type { YarnCluster } from './facts.ts';
import { countOf, mebibytes, quoteMembers, restObjectAt, textOf, timeOf } from './rest-object.ts';

/** The cluster's totals of `/ws/v1/cluster/metrics`, with the version of `/ws/v1/cluster/info` where that is there. */
export function parseCluster(metrics: HttpAnswer | null, info: HttpAnswer | null): YarnCluster | null {
  const totals = metrics ? restObjectAt(metrics, ['clusterMetrics']) : null;
  const about = info ? restObjectAt(info, ['clusterInfo']) : null;
  const shown = totals ?? about;
  if (!shown) return null;
  const bytes = (key: string) => (totals ? mebibytes(totals, key) : null);
  const count = (key: string) => (totals ? countOf(totals, key) : null);
  return {
    totalMemoryBytes: bytes('totalMB'),
    availableMemoryBytes: bytes('availableMB'),
    allocatedMemoryBytes: bytes('allocatedMB'),
    reservedMemoryBytes: bytes('reservedMB'),
    pendingMemoryBytes: bytes('pendingMB'),
    totalVcores: count('totalVirtualCores'),
    availableVcores: count('availableVirtualCores'),
    activeNodes: count('activeNodes'),
    lostNodes: count('lostNodes'),
    unhealthyNodes: count('unhealthyNodes'),
    appsPending: count('appsPending'),
    appsRunning: count('appsRunning'),
    version: about ? textOf(about, 'resourceManagerVersion') : '',
    haState: about ? textOf(about, 'haState') : '',
    startedAt: about ? timeOf(about, 'startedOn') : null,
    sampledAt: shown.answer.at,
    evidence: quoteMembers(
      shown,
      totals ? ['appsPending', 'availableMB', 'allocatedMB', 'totalMB', 'activeNodes'] : ['haState', 'startedOn'],
      'resource_manager',
    ),
    startEvidence: about ? quoteMembers(about, ['startedOn', 'state', 'haState'], 'resource_manager') : null,
  };
}
