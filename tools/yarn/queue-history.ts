import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Outcome } from '../evidence/outcome.ts';
import { plural } from '../evidence/spoken-figures.ts';
import type { MetricPoint, MetricSeries } from '../metrics/metric-series.ts';
import { prometheusMetrics } from '../metrics/prometheus-metrics.ts';
import type { Platform } from '../platform/platform.ts';
import { type ManagerSample, ofOneManager } from './of-one-manager.ts';
import type { YarnQueue } from './queue-facts.ts';

/** Attributes of the bean `Hadoop:service=ResourceManager,name=QueueMetrics` and of the schedulers' own (`CSQueueMetrics`, `FSQueueMetrics`; 2.8 to 3.4). */
const ATTRIBUTES = [
  'AllocatedMB',
  'AvailableMB',
  'PendingContainers',
  'AppsPending',
  'AppsRunning',
  'AllocatedVCores',
  'GuaranteedMB',
  'MaxCapacityMB',
  'MaxShareMB',
  'FairShareMB',
  'SteadyFairShareMB',
  'AMResourceLimitMB',
  'UsedAMResourceMB',
  'MaxAMShareMB',
  'AMResourceUsageMB',
] as const;
type Attribute = (typeof ATTRIBUTES)[number];

const MIB = 1 << 20;
/** Java's "no limit" as it comes out of a double. */
const NO_LIMIT_MB = 2 ** 31 - 1;
/** Queues times samples that are kept: 2,000 samples of ten queues; of more queues every second or third sample. */
const MAX_STATES = 20_000;

/** The readings of one queue at one time. */
type Readings = Partial<Record<Attribute, MetricPoint>>;
/** By queue and time, of one ResourceManager. */
type QueueReadings = Map<string, Map<number, Readings>>;

/**
 * How the queues stood over a window, from the ResourceManager's queue metrics that a Prometheus server kept: one list of queues
 * for each time, oldest first. `failed` without such a server, `no_data` when it holds nothing of that window: the present is never
 * taken instead.
 *
 * @param window null for all that a recording holds
 */
export async function readQueueHistory(
  platform: Platform,
  window: { from: number; to: number } | null,
  signal: AbortSignal,
): Promise<Outcome<readonly (readonly YarnQueue[])[]>> {
  const read = await prometheusMetrics(platform).read(
    { kind: 'yarn-rm', names: ATTRIBUTES, ofBeans: true, window },
    signal,
  );
  if (read.outcome !== 'ok') return read;
  const byService = new Map<string, QueueReadings>();
  for (const series of read.value) {
    const byQueue: QueueReadings = byService.get(series.service) ?? new Map();
    byService.set(series.service, byQueue);
    addSeries(byQueue, series);
  }
  const { samples, mixed } = ofOneManager([...byService].flatMap(([service, byQueue]) => samplesOf(service, byQueue)));
  const states = samples.reduce((sum, { value }) => sum + value.length, 0);
  const every = Math.ceil(states / MAX_STATES);
  const history = samples.filter((_, at) => at % every === 0).map(({ value }) => value);
  const notes = [...read.notes, ...(mixed > 0 ? [mixedNote(mixed)] : [])];
  return history.length > 0 || mixed > 0
    ? { outcome: 'ok', value: history, notes }
    : {
        outcome: 'no_data',
        looked: {
          en: 'the metrics server holds no queue metrics of the ResourceManager in that window',
          zh: '指标服务器在该时间窗内没有 ResourceManager 的队列指标',
        },
      };
}

function samplesOf(service: string, byQueue: QueueReadings): ManagerSample<YarnQueue[]>[] {
  const paths = [...byQueue.keys()];
  const states = [...byQueue].flatMap(([path, byTime]) => {
    const leaf = !paths.some((other) => other.startsWith(`${path}.`));
    return statesOf(path, byTime, clusterMB(byQueue)).map((queue) => ({ ...queue, leaf }));
  });
  return [...Map.groupBy(states, ({ sampledAt }) => sampledAt)].map(([at, value]) => ({
    service,
    at,
    inUse: value.some(({ used }) => used !== null && used.memoryBytes > 0),
    value,
  }));
}

function mixedNote(mixed: number): Bilingual {
  return {
    en: `the metrics server keeps several ResourceManagers that were in use at once; of ${plural(mixed, 'sample')} it is not told whose queues they are`,
    zh: `指标服务器同时采集了多个在用的 ResourceManager；有 ${mixed} 个样本无法判断属于哪个集群`,
  };
}

function addSeries(byQueue: QueueReadings, { labels, asked, points, name }: MetricSeries): void {
  const path = queuePath(labels);
  // Beans of other names share attributes; those of users and of single partitions are parts of a queue.
  if (path === null || !/queue|resource_?manager|yarn/i.test(name) || own(labels, 'user') || partition(labels)) return;
  const byTime = byQueue.get(path) ?? new Map<number, Readings>();
  byQueue.set(path, byTime);
  for (const point of points) {
    const readings = byTime.get(point.at) ?? {};
    byTime.set(point.at, readings);
    readings[asked as Attribute] ??= point;
  }
}

function own(labels: MetricSeries['labels'], name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
}

/** `queue="root.ads"`, or the parts of the bean's own name: `q0="root",q1="ads"`. */
function queuePath(labels: MetricSeries['labels']): string | null {
  const whole = own(labels, 'queue') || own(labels, 'Queue') || own(labels, 'tag_queue');
  const parts = Array.from({ length: 12 }, (_, depth) => own(labels, `q${depth}`)).filter((part) => part !== '');
  const path = whole || parts.join('.');
  return /^[^\s"]{1,300}$/.test(path) ? path : null;
}

/** `PartitionQueueMetrics` (3.3 and later); the default partition carries an empty name. */
function partition(labels: MetricSeries['labels']): string {
  const told = own(labels, 'partition') || own(labels, 'Partition');
  return told === 'default' ? '' : told;
}

/** The root's steady share is all there is (Fair); a child's own ceiling above it is none. */
function clusterMB(byQueue: ReadonlyMap<string, ReadonlyMap<number, Readings>>): number | null {
  const root = [...(byQueue.get('root')?.values() ?? [])].at(-1);
  return root?.SteadyFairShareMB?.value ?? null;
}

function statesOf(path: string, byTime: ReadonlyMap<number, Readings>, cluster: number | null): YarnQueue[] {
  // The Fair scheduler leaves this gauge at zero: it tells what is free where it moves, or where the Capacity scheduler's own stand.
  const tellsFree = [...byTime.values()].some(
    ({ AvailableMB, AMResourceLimitMB }) => (AvailableMB?.value ?? 0) > 0 || AMResourceLimitMB !== undefined,
  );
  return [...byTime].flatMap(([at, readings]) => {
    const used = readings.AllocatedMB;
    if (!used) return [];
    const max = ceilingMB(readings, tellsFree, cluster);
    const amLimit = readings.AMResourceLimitMB ?? readings.MaxAMShareMB;
    const amUsed = readings.UsedAMResourceMB ?? readings.AMResourceUsageMB;
    const hasAm = amLimit !== undefined && amLimit.value > 0 && amUsed !== undefined;
    const vcores = readings.AllocatedVCores?.value ?? 0;
    return [
      {
        name: path.split('.').at(-1) ?? path,
        path,
        scheduler: readings.MaxShareMB ? ('fair' as const) : ('unknown' as const),
        leaf: true,
        state: 'RUNNING',
        capacityPercent: null,
        usedPercent: null,
        maxPercent: null,
        absoluteCapacityPercent: null,
        absoluteUsedPercent: null,
        absoluteMaxPercent: null,
        used: { memoryBytes: used.value * MIB, vcores },
        guaranteed: memory(
          readings.GuaranteedMB ?? (readings.FairShareMB?.value ? readings.FairShareMB : readings.SteadyFairShareMB),
        ),
        max: max === null ? null : { memoryBytes: max * MIB, vcores: 0 },
        amLimit: hasAm ? memory(amLimit) : null,
        amUsed: hasAm ? memory(amUsed) : null,
        userAmLimit: null,
        userLimitFactor: null,
        activeApplications: readings.AppsRunning?.value ?? null,
        pendingApplications: readings.AppsPending?.value ?? null,
        maxApplications: null,
        pendingContainers: readings.PendingContainers?.value ?? null,
        reservedContainers: null,
        preemptionDisabled: null,
        maximumAllocation: null,
        users: [],
        sampledAt: at,
        evidence: evidenceOf(used),
        amEvidence: hasAm ? evidenceOf(amUsed) : null,
      } satisfies YarnQueue,
    ];
  });
}

function ceilingMB(readings: Readings, tellsFree: boolean, cluster: number | null): number | null {
  const printed = readings.MaxCapacityMB ?? readings.MaxShareMB;
  const limits = [
    ...(printed && printed.value > 0 && printed.value < NO_LIMIT_MB ? [printed.value] : []),
    ...(readings.MaxShareMB && cluster !== null ? [cluster] : []),
  ];
  if (limits.length > 0) return Math.min(...limits);
  const { AllocatedMB, AvailableMB } = readings;
  return tellsFree && AllocatedMB && AvailableMB ? AllocatedMB.value + AvailableMB.value : null;
}

function memory(point: MetricPoint | undefined): { memoryBytes: number; vcores: number } | null {
  return point && point.value > 0 && point.value < NO_LIMIT_MB ? { memoryBytes: point.value * MIB, vcores: 0 } : null;
}

/** A metrics server passes on what the ResourceManager published. */
function evidenceOf({ quote, at }: MetricPoint): YarnQueue['evidence'] {
  return { ...quote, area: 'yarn', provenance: 'resource_manager', at };
}
