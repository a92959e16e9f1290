import { classifyRemoval, isHarmlessRemoval } from '../event-log/classify-removal.ts';
import { containerIdIn } from '../event-log/container-id.ts';
import type { FailureTexts } from '../event-log/failure-texts.ts';
import { flagAt, numberAt, objectAt, textAt, textMap, toNumber } from '../event-log/json-fields.ts';
import type { ExecutorFacts } from '../facts.ts';
import { type RestItem, restTime } from './rest-answers.ts';

/** Executors out of `/allexecutors`; the driver's entry counts only where it runs tasks itself (local mode). */
export function executorsOf(items: readonly RestItem[], failures: FailureTexts): ExecutorFacts[] {
  return items
    .filter(({ json }) => textAt(json, 'id') !== 'driver' || (numberAt(json, 'totalCores') ?? 0) > 0)
    .map((item) => executorOf(item, failures));
}

/** Host of the driver, by the same answer. */
export function driverHostOf(items: readonly RestItem[]): string | null {
  const driver = items.find(({ json }) => textAt(json, 'id') === 'driver');
  return driver ? hostOf(textAt(driver.json, 'hostPort')) : null;
}

function executorOf(item: RestItem, failures: FailureTexts): ExecutorFacts {
  const { json } = item;
  const id = textAt(json, 'id') ?? '';
  const host = hostOf(textAt(json, 'hostPort')) ?? '';
  const reason = textAt(json, 'removeReason');
  const removal = reason === null ? null : classifyRemoval(reason);
  const removedAt = restTime(json.removeTime);
  const addedAt = restTime(json.addTime);
  const containerId = containerIdOf(item);
  if (reason !== null && removal !== null && !isHarmlessRemoval(removal.kind)) {
    failures.add({
      text: reason,
      at: removedAt,
      level: 'error',
      keys: { executorId: id, host, ...(containerId === null ? {} : { containerId }) },
      quote: item.quote(),
    });
  }
  const quote = item.quote();
  return {
    id,
    host,
    cores: numberAt(json, 'totalCores') ?? 0,
    addedAt,
    removedAt: flagAt(json, 'isActive') === true ? null : removedAt,
    removalReason: reason,
    removalKind: removal?.kind ?? null,
    exitCode: removal?.exitCode ?? null,
    containerId,
    podName: textMap(objectAt(json, 'attributes')).POD_NAME ?? null,
    resourceProfileId: numberAt(json, 'resourceProfileId') ?? 0,
    // The service tells that an executor is excluded now, not since when.
    exclusions: flagAt(json, 'isExcluded') === true ? [{ from: addedAt ?? 0, until: null, stageId: null }] : [],
    peaks: peaksOf(item),
    quotes: { added: quote, removed: removedAt === null ? null : quote },
  };
}

function containerIdOf({ json }: RestItem): string | null {
  const attributes = textMap(objectAt(json, 'attributes'));
  const urls = Object.values(textMap(objectAt(json, 'executorLogs')));
  return containerIdIn([attributes.CONTAINER_ID ?? '', ...urls, textAt(json, 'removeReason') ?? '']);
}

function peaksOf({ json }: RestItem): Readonly<Record<string, number>> {
  const peaks: [string, number][] = [];
  for (const [name, value] of Object.entries(objectAt(json, 'peakMemoryMetrics') ?? {})) {
    const number = toNumber(value);
    if (number !== null && number > 0) peaks.push([name, number]);
  }
  return Object.fromEntries(peaks);
}

function hostOf(hostPort: string | null): string | null {
  if (hostPort === null) return null;
  const colon = hostPort.lastIndexOf(':');
  return colon < 0 ? hostPort : hostPort.slice(0, colon);
}
