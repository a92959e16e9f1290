import type { LogFacts, Milestone } from '../../../tools/logs/log-facts.ts';
import type { YarnFacts } from '../../../tools/yarn/facts.ts';

/** One event that two hosts wrote down, `a` first and `b` then, each by its own clock. */
interface Pair {
  a: string;
  b: string;
  /** What the clock of `b` showed more than that of `a`, milliseconds. */
  aheadMs: number;
  /** What may lie between the two lines by themselves, at most. */
  slackMs: number;
}

/** How far the clocks of hosts are ahead of the clock that most agree with; hosts in step are absent. */
export type ClockOffsets = ReadonlyMap<string, number>;

/** A driver writes that an executor registered, and the executor that it starts, within a second or two (Spark 2.x-4.x). */
const REGISTERED_SLACK_MS = 3_000;
/** Between a container's allocation and its RUNNING its files are brought to the node: seconds, on a loaded node minutes. */
const LAUNCHED_SLACK_MS = 180_000;
/** Clocks that differ by less are in step: nothing is joined on so few seconds. */
const IN_STEP_MS = 5_000;

/**
 * Estimates how far the clocks behind the logs of hosts are apart, from pairs of lines that two of them wrote about one event: an
 * executor registered as driver and executor tell, a container started as its NodeManager and who asked for it tell. What most
 * hosts agree on is taken for the time.
 */
export function clockOffsets(logs: readonly LogFacts[], yarn: YarnFacts): ClockOffsets {
  const edges = edgesOf(pairsOf(logs, yarn));
  const hosts = [...new Set(edges.flatMap(({ a, b }) => [a, b]))];
  const parts = componentsOf(hosts, edges);
  return new Map(parts.flatMap((part) => [...aheadOfMost(part)]).filter(([, ms]) => Math.abs(ms) > IN_STEP_MS));
}

/** The host whose clock stamped a log. */
export function hostOfLog({ keys, source }: Pick<LogFacts, 'keys' | 'source'>): string | null {
  return keys.host ?? /^hosts\/([^/]{1,255})\//.exec(source)?.[1] ?? null;
}

interface Seen {
  host: string;
  at: number;
}

function pairsOf(logs: readonly LogFacts[], yarn: YarnFacts): Pair[] {
  const byDriver = new Map<string, Seen>();
  const byExecutor = new Map<string, Seen>();
  const asked = new Map<string, Seen>();
  const started = new Map<string, Seen>();
  for (const log of logs) {
    const host = hostOfLog(log);
    if (host === null) continue;
    for (const milestone of log.milestones) {
      if (milestone.at === null) continue;
      const seen = { host, at: milestone.at };
      const executor = executorOf(milestone, log);
      const { containerId } = milestone.keys;
      if (executor !== null) keepFirst(log.writer === 'spark_executor' ? byExecutor : byDriver, executor, seen);
      else if (milestone.kind === 'container_started' && containerId) keepFirst(started, containerId, seen);
      else if (milestone.kind === 'container_allocated' && containerId) keepFirst(asked, containerId, seen);
    }
  }
  const allocated = new Map<string, Seen>();
  for (const { containerId, at, kind, evidence } of yarn.allocations) {
    if (kind !== 'allocated') continue;
    const host = /^hosts\/([^/]{1,255})\//.exec(evidence.source)?.[1];
    if (host !== undefined && at !== null) keepFirst(allocated, containerId, { host, at });
  }
  return [
    ...matched(byDriver, byExecutor, REGISTERED_SLACK_MS),
    ...matched(asked, started, LAUNCHED_SLACK_MS),
    ...matched(allocated, started, LAUNCHED_SLACK_MS),
  ];
}

/** Executor ids are an application's own; a driver's log that does not name its application is of no use. */
function executorOf({ kind, keys }: Milestone, log: LogFacts): string | null {
  const application = keys.applicationId ?? log.keys.applicationId;
  if (kind !== 'executor_registered' || application === undefined || keys.executorId === undefined) return null;
  return `${application} ${keys.executorId}`;
}

function keepFirst(map: Map<string, Seen>, key: string, seen: Seen): void {
  const known = map.get(key);
  if (!known || seen.at < known.at) map.set(key, seen);
}

function matched(first: ReadonlyMap<string, Seen>, second: ReadonlyMap<string, Seen>, slackMs: number): Pair[] {
  return [...first].flatMap(([key, one]): Pair[] => {
    const other = second.get(key);
    if (!other || other.host === one.host) return [];
    return [{ a: one.host, b: other.host, aheadMs: other.at - one.at, slackMs }];
  });
}

interface Edge {
  a: string;
  b: string;
  aheadMs: number;
}

/**
 * One edge for each two hosts and kind of pair, the tightest kinds first. Whatever held a line up comes on top of the difference of the
 * clocks, so the least of a group is nearest to it; what the slack alone explains is nought.
 */
function edgesOf(pairs: readonly Pair[]): Edge[] {
  const groups = Map.groupBy(pairs, ({ a, b, slackMs }) => `${a} ${b} ${slackMs}`);
  const least = [...groups.values()].map((group) => group.reduce((x, y) => (y.aheadMs < x.aheadMs ? y : x)));
  return least
    .toSorted((x, y) => x.slackMs - y.slackMs)
    .map(({ a, b, aheadMs, slackMs }) => ({
      a,
      b,
      aheadMs: aheadMs >= -IN_STEP_MS && aheadMs <= slackMs + IN_STEP_MS ? 0 : aheadMs,
    }));
}

/** Hosts that pairs connect, each with how far it is ahead of the first of them. */
function componentsOf(hosts: readonly string[], edges: readonly Edge[]): Map<string, number>[] {
  const left = new Set(hosts);
  const parts: Map<string, number>[] = [];
  for (const start of hosts) {
    if (!left.delete(start)) continue;
    const part = new Map([[start, 0]]);
    for (const [host, ahead] of part) {
      for (const { a, b, aheadMs } of edges) {
        const [next, ms] = a === host ? [b, ahead + aheadMs] : b === host ? [a, ahead - aheadMs] : [null, 0];
        if (next !== null && left.delete(next)) part.set(next, ms);
      }
    }
    parts.push(part);
  }
  return parts;
}

/** Ahead of the clock that most hosts of a part agree with; of two hosts the first by name of those with most company. */
function aheadOfMost(part: ReadonlyMap<string, number>): Map<string, number> {
  const values = [...part.values()];
  const company = (ms: number) => values.filter((other) => Math.abs(other - ms) <= IN_STEP_MS).length;
  const reference = values.reduce((best, ms) => (company(ms) > company(best) ? ms : best), values[0] ?? 0);
  return new Map([...part].map(([host, ms]) => [host, ms - reference]));
}
