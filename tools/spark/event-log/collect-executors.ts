import type { ExecutorFacts } from '../facts.ts';
import { boundedRoom, MOST_KEPT } from './bounded-room.ts';
import { classifyRemoval, isHarmlessRemoval } from './classify-removal.ts';
import { containerIdIn } from './container-id.ts';
import { type EventLine, quoteFrom, quoteLine } from './event-line.ts';
import type { FailureTexts } from './failure-texts.ts';
import { type JsonObject, numberAt, objectAt, textAt, textMap, toNumber } from './json-fields.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Exclusion = ExecutorFacts['exclusions'][number];
interface OpenExecutor extends Mutable<Omit<ExecutorFacts, 'peaks' | 'exclusions'>> {
  peaks: Map<string, number>;
  exclusions: Exclusion[];
}

const POD_ATTRIBUTES = ['POD_NAME', 'SPARK_EXECUTOR_POD_NAME', 'EXECUTOR_POD_NAME', 'KUBERNETES_POD_NAME'];
const MAX_REASON = 16_384;
const MAX_EXCLUSIONS = 100;

/** What the executors' events tell, one entry for each life of an id. */
export interface ExecutorCollector {
  added(event: JsonObject, line: EventLine): void;
  removed(event: JsonObject, line: EventLine): void;
  /** ExecutorExcluded, ExecutorBlacklisted, with or without `ForStage`. */
  excluded(event: JsonObject): void;
  unexcluded(event: JsonObject): void;
  nodeExcluded(event: JsonObject): void;
  nodeUnexcluded(event: JsonObject): void;
  /** Highest values of `Executor Metrics`, by Spark's names. */
  metrics(executorId: string, values: JsonObject | null): void;
  peak(executorId: string, metric: string, value: number): void;
  /** Events of executors that found no room. */
  leftOut(): number;
  result(podNamePrefix: string | null): ExecutorFacts[];
}

export function collectExecutors(failures: FailureTexts): ExecutorCollector {
  const all: OpenExecutor[] = [];
  const latest = new Map<string, OpenExecutor>();
  const earlyPeaks = new Map<string, Map<string, number>>();
  const room = boundedRoom();

  function open(id: string, host: string, addedAt: number | null): OpenExecutor | null {
    if (!room.take()) return null;
    const executor: OpenExecutor = {
      id,
      host,
      cores: 0,
      addedAt,
      removedAt: null,
      removalReason: null,
      removalKind: null,
      exitCode: null,
      containerId: null,
      podName: null,
      resourceProfileId: 0,
      exclusions: [],
      peaks: earlyPeaks.get(id) ?? new Map(),
      quotes: { added: null, removed: null },
    };
    earlyPeaks.delete(id);
    all.push(executor);
    latest.set(id, executor);
    return executor;
  }

  function added(event: JsonObject, line: EventLine): void {
    const id = textAt(event, 'Executor ID');
    if (id === null) return;
    const info = objectAt(event, 'Executor Info');
    const known = latest.get(id);
    const executor =
      known && known.removedAt === null && known.addedAt === null
        ? known
        : open(id, textAt(info, 'Host') ?? '', numberAt(event, 'Timestamp'));
    if (executor === null) return;
    executor.host = textAt(info, 'Host') ?? executor.host;
    executor.addedAt = numberAt(event, 'Timestamp');
    executor.cores = numberAt(info, 'Total Cores') ?? 0;
    executor.resourceProfileId = numberAt(info, 'Resource Profile Id') ?? 0;
    executor.quotes = { ...executor.quotes, added: quoteLine(line) };
    const attributes = textMap(objectAt(info, 'Attributes'));
    const urls = Object.values(textMap(objectAt(info, 'Log Urls')));
    executor.containerId = containerIdIn([attributes.CONTAINER_ID ?? '', ...urls]);
    executor.podName = POD_ATTRIBUTES.map((name) => attributes[name]).find((name) => name !== undefined) ?? null;
  }

  function removed(event: JsonObject, line: EventLine): void {
    const id = textAt(event, 'Executor ID');
    if (id === null) return;
    const at = numberAt(event, 'Timestamp');
    const reason = (textAt(event, 'Removed Reason') ?? '').slice(0, MAX_REASON);
    const executor = latest.get(id) ?? open(id, '', null);
    if (executor === null) return;
    const { kind, exitCode } = classifyRemoval(reason);
    const repeated = executor.removedAt !== null;
    // The same removal may be posted twice, 0-29 ms apart; the text that says more is kept, with the earlier time.
    if (repeated && !saysMore(kind, executor.removalKind)) return;
    executor.removedAt = executor.removedAt ?? at;
    executor.removalReason = reason;
    executor.removalKind = kind;
    executor.exitCode = exitCode ?? executor.exitCode;
    executor.containerId ??= containerIdIn([reason]);
    executor.quotes = { ...executor.quotes, removed: quoteLine(line) };
    if (isHarmlessRemoval(kind) || reason === '') return;
    failures.add({
      text: reason,
      at,
      level: 'error',
      keys: {
        executorId: id,
        ...(executor.host === '' ? {} : { host: executor.host }),
        ...(executor.containerId === null ? {} : { containerId: executor.containerId }),
      },
      quote: quoteFrom(line, '"Executor ID"'),
    });
  }

  function exclude(executor: OpenExecutor | undefined, event: JsonObject): void {
    if (executor === undefined || executor.exclusions.length >= MAX_EXCLUSIONS) return;
    executor.exclusions.push({ from: numberAt(event, 'time') ?? 0, until: null, stageId: numberAt(event, 'stageId') });
  }

  function include(executor: OpenExecutor | undefined, event: JsonObject): void {
    if (executor === undefined) return;
    const until = numberAt(event, 'time');
    executor.exclusions = executor.exclusions.map((exclusion) =>
      exclusion.until === null && exclusion.stageId === null ? { ...exclusion, until } : exclusion,
    );
  }

  function onHost(event: JsonObject, act: (executor: OpenExecutor, event: JsonObject) => void): void {
    const host = textAt(event, 'hostId');
    for (const executor of latest.values())
      if (executor.host === host && executor.removedAt === null) act(executor, event);
  }

  function peak(executorId: string, metric: string, value: number): void {
    const executor = latest.get(executorId);
    let peaks = executor?.peaks ?? earlyPeaks.get(executorId);
    if (peaks === undefined) {
      if (earlyPeaks.size >= MOST_KEPT) return;
      peaks = new Map();
      earlyPeaks.set(executorId, peaks);
    }
    if (value > (peaks.get(metric) ?? 0)) peaks.set(metric, value);
  }

  return {
    added,
    removed,
    excluded: (event) => exclude(latest.get(textAt(event, 'executorId') ?? ''), event),
    unexcluded: (event) => include(latest.get(textAt(event, 'executorId') ?? ''), event),
    nodeExcluded: (event) => onHost(event, exclude),
    nodeUnexcluded: (event) => onHost(event, include),
    metrics(executorId, values) {
      for (const [metric, value] of Object.entries(values ?? {})) {
        const number = toNumber(value);
        if (number !== null && number > 0) peak(executorId, metric, number);
      }
    },
    peak,
    leftOut: room.refused,
    result: (podNamePrefix) =>
      all.map((executor) => ({
        ...executor,
        // KubernetesConf: an executor's pod is named `<prefix>-exec-<id>`.
        podName: executor.podName ?? (podNamePrefix === null ? null : `${podNamePrefix}-exec-${executor.id}`),
        peaks: Object.fromEntries(executor.peaks),
      })),
  };
}

function saysMore(kind: ExecutorFacts['removalKind'], than: ExecutorFacts['removalKind']): boolean {
  return (than === 'unknown' || than === 'lost') && kind !== 'unknown' && kind !== 'lost';
}
