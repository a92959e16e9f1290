import type { Evidence } from '../evidence/evidence.ts';
import type { Outcome } from '../evidence/outcome.ts';
import { prometheusMetrics } from '../metrics/prometheus-metrics.ts';
import type { Platform } from '../platform/platform.ts';
import { ofOneManager } from './of-one-manager.ts';

/** How many nodes the ResourceManager counted at one time. */
export interface NodeCounts {
  at: number;
  active: number | null;
  lost: number | null;
  unhealthy: number | null;
  /** The figure of lost or unhealthy nodes, else of active ones. */
  evidence: Evidence;
}

/** Attributes of the bean `Hadoop:service=ResourceManager,name=ClusterMetrics` (2.x and 3.x). */
const ATTRIBUTES = ['NumActiveNMs', 'NumLostNMs', 'NumUnhealthyNMs'] as const;

/** The counts of nodes over a window, as a Prometheus server kept them; oldest first. Fails as `readQueueHistory` does. */
export async function readNodeHistory(
  platform: Platform,
  window: { from: number; to: number } | null,
  signal: AbortSignal,
): Promise<Outcome<readonly NodeCounts[]>> {
  const read = await prometheusMetrics(platform).read(
    { kind: 'yarn-rm', names: ATTRIBUTES, ofBeans: true, window },
    signal,
  );
  if (read.outcome !== 'ok') return read;
  const byService = new Map<string, Map<number, NodeCounts>>();
  for (const { asked, points, service } of read.value) {
    const byTime = byService.get(service) ?? new Map<number, NodeCounts>();
    byService.set(service, byTime);
    for (const { at, value, quote } of points) {
      const evidence: Evidence = { ...quote, area: 'yarn', provenance: 'resource_manager', at };
      const counts = byTime.get(at) ?? { at, active: null, lost: null, unhealthy: null, evidence };
      if (asked === 'NumActiveNMs') counts.active ??= value;
      else if (asked === 'NumLostNMs') counts.lost ??= value;
      else counts.unhealthy ??= value;
      byTime.set(at, asked !== 'NumActiveNMs' && value > 0 ? { ...counts, evidence } : counts);
    }
  }
  const { samples } = ofOneManager(
    [...byService].flatMap(([service, byTime]) =>
      [...byTime.values()].map((value) => ({ service, at: value.at, inUse: isInUse(value), value })),
    ),
  );
  return { outcome: 'ok', value: samples.map(({ value }) => value), notes: read.notes };
}

function isInUse({ active, lost, unhealthy }: NodeCounts): boolean {
  return [active, lost, unhealthy].some((nodes) => nodes !== null && nodes > 0);
}
