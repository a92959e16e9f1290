import type { Bilingual } from '../../knowledge/bilingual.ts';
import { PROMETHEUS } from '../metrics/prometheus-metrics.ts';
import type { Platform } from '../platform/platform.ts';
import type { YarnApplication } from './application-facts.ts';
import type { YarnFacts, YarnScope } from './facts.ts';
import { readNodeHistory } from './node-history.ts';
import { readQueueHistory } from './queue-history.ts';
import { YARN_THRESHOLDS } from './thresholds.ts';

/** Further than this from now a question is about the past, which the ResourceManager does not tell. */
const NOW_MS = 10 * 60_000;

/** What was kept of queues and nodes over the time asked about, and what of it nobody can tell any more. */
export async function readHistory(
  platform: Platform,
  scope: YarnScope,
  runs: readonly YarnApplication[],
  signal: AbortSignal,
): Promise<Pick<YarnFacts, 'queueHistory' | 'nodeHistory'> & { missing: Bilingual[] }> {
  const window = windowOf(scope, runs);
  const asked = (await platform.services()).includes(PROMETHEUS);
  // A recording holds what was asked for when it was made.
  if (!asked || (window === null && platform.kind === 'live'))
    return { queueHistory: [], nodeHistory: [], missing: missingOf(runs, platform) };
  const span = platform.kind === 'live' ? window : null;
  const [queues, nodes] = await Promise.all([
    readQueueHistory(platform, span, signal),
    readNodeHistory(platform, span, signal),
  ]);
  const queueHistory = queues.outcome === 'ok' ? queues.value : [];
  return {
    queueHistory,
    nodeHistory: nodes.outcome === 'ok' ? nodes.value : [],
    missing: [...(queues.outcome === 'ok' ? queues.notes : []), ...missingOf(runs, platform, queueHistory)],
  };
}

/** The time asked about, and the waiting of the runs asked about. */
function windowOf({ window }: YarnScope, runs: readonly YarnApplication[]): { from: number; to: number } | null {
  const spans = runs.flatMap(({ startedAt, launchedAt, finishedAt, sampledAt }) =>
    startedAt === null ? [] : [{ from: startedAt, to: launchedAt ?? finishedAt ?? sampledAt }],
  );
  if (window && window.from !== null && window.to !== null) spans.push({ from: window.from, to: window.to });
  if (spans.length === 0) return null;
  return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
}

/** Runs that waited long, in a queue of which only the present is known. */
function missingOf(
  runs: readonly YarnApplication[],
  { kind, now }: Platform,
  history: YarnFacts['queueHistory'] = [],
): Bilingual[] {
  if (kind !== 'live') return [];
  const waited = runs.filter(
    ({ startedAt, launchedAt }) =>
      startedAt !== null &&
      launchedAt !== null &&
      launchedAt - startedAt >= YARN_THRESHOLDS.queueWaitMs &&
      launchedAt < now - NOW_MS,
  );
  const known = new Set(history.flatMap((queues) => queues.flatMap(({ path, name }) => [path, name])));
  const unknown = waited.filter(({ queue }) => !known.has(queue) && !known.has(queue.split('.').at(-1) ?? queue));
  return [...new Set(unknown.map(({ queue }) => queue))].map((queue) => ({
    en: `how full queue ${queue} was while the run waited is not on record: the ResourceManager tells only the present`,
    zh: `没有该运行等待期间队列 ${queue} 的用量记录：ResourceManager 只反映当前状态`,
  }));
}
