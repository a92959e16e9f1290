import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { FluidCase, FluidRuntime } from '../fluid-facts.ts';
import { type Ended, endsOf, endWords, isAsked, touches } from '../fluid-time.ts';

/**
 * Workers of a dataset's cache that ended in the question's time, or are fewer than wanted. What they held in memory or in an emptyDir
 * is gone with them and comes from below again.
 */
export const fluidWorkersMissing: Rule<FluidCase> = {
  id: 'cache/fluid-workers-missing',
  area: 'cache',
  codes: ['cache.worker_lost'],
  apply(given): Finding[] {
    const ends = endsOf(given, 'worker');
    const told = new Set(ends.map(({ pod }) => pod.component?.of));
    const short = given.facts.runtimes.filter(
      (runtime) =>
        isAsked(runtime.name, given.scope) &&
        !told.has(runtime.name) &&
        isShort(runtime) &&
        runtime.seenAt !== null &&
        touches(runtime.seenAt, runtime.seenAt, given.scope),
    );
    return [...ends.map((end) => ended(end, given)), ...short.map(fewer)].slice(0, 10);
  },
};

function isShort({ workersDesired, workersReady }: FluidRuntime): boolean {
  return workersDesired !== null && workersReady !== null && workersReady < workersDesired;
}

function ended({ pod, container, end }: Ended, { facts }: FluidCase): Finding {
  const runtime = facts.runtimes.find(
    ({ name, namespace }) => name === pod.component?.of && namespace === pod.namespace,
  );
  const counts =
    runtime && runtime.workersDesired !== null && runtime.workersReady !== null
      ? {
          en: `; ${runtime.workersReady} of ${runtime.workersDesired} are ready`,
          zh: `；${runtime.workersDesired} 个中有 ${runtime.workersReady} 个就绪`,
        }
      : { en: '', zh: '' };
  const how = endWords(end);
  const of = pod.component?.of ?? '';
  return cacheFinding({
    rule: fluidWorkersMissing.id,
    code: 'cache.worker_lost',
    symptom: 'process_killed',
    statement: {
      en: `Worker ${pod.name} of dataset ${of} ended (${how.en})${counts.en}`,
      zh: `数据集 ${of} 的 worker ${pod.name} 退出（${how.zh}）${counts.zh}`,
    },
    keys: {
      podName: pod.name,
      ...(pod.uid === '' ? {} : { podUid: pod.uid }),
      ...(pod.node === null ? {} : { host: pod.node }),
    },
    at: end.finishedAt,
    evidence: [{ ...end.evidence, area: 'cache', at: end.finishedAt }, ...(runtime ? [runtime.evidence.workers] : [])],
    values: {
      dataset: of,
      reason: end.reason,
      restarts: container.restarts,
      ...(end.exitCode === null ? {} : { exitCode: end.exitCode }),
    },
  });
}

function fewer(runtime: FluidRuntime): Finding {
  const { workersReady, workersDesired } = runtime;
  return cacheFinding({
    rule: fluidWorkersMissing.id,
    code: 'cache.worker_lost',
    // When they went, and whether they were ever there, is not told.
    kind: 'inferred',
    statement: {
      en: `The workers of the cache of dataset ${runtime.name} that are ready: ${workersReady} of ${workersDesired}${runtime.workerReason === '' ? '' : ` (${runtime.workerReason})`}`,
      zh: `数据集 ${runtime.name} 的缓存有 ${workersReady}/${workersDesired} 个 worker 就绪${runtime.workerReason === '' ? '' : `（${runtime.workerReason}）`}`,
    },
    at: runtime.seenAt,
    evidence: [runtime.evidence.workers],
    weight: workersReady === 0 ? 0.8 : 0.4,
    values: { dataset: runtime.name, ready: workersReady ?? 0, desired: workersDesired ?? 0 },
  });
}
