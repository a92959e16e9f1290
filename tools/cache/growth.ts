import type { Evidence } from '../evidence/evidence.ts';
import type { CacheFacts, CacheScope, CounterName, CounterPoint } from './cache-facts.ts';
import { CACHE_THRESHOLDS } from './thresholds.ts';

/** How the counters grew between two samples. */
export interface Phase {
  from: number;
  to: number;
  /** Bytes that clients read through the cache, wherever they came from. */
  readBytes: number;
  /** Of them (and for loading) bytes from the store below. */
  ufsBytes: number;
  evictedBlocks: number;
  filledBytes: number;
}

/** The phases that overlap the question's time, oldest first; empty when there are fewer than two samples. */
export function phasesIn(facts: CacheFacts, scope: CacheScope): Phase[] {
  const { counters } = facts;
  const times = (counters.ufsBytes ?? []).map(({ at }) => at);
  const phases = times.slice(1).map((to, before): Phase => {
    const from = times[before] as number;
    const grown = (name: CounterName) => Math.max(0, valueAt(counters[name], to) - valueAt(counters[name], from));
    return {
      from,
      to,
      readBytes: grown('remoteBytes') + grown('localBytes') + grown('domainBytes') + grown('directBytes'),
      ufsBytes: grown('ufsBytes'),
      evictedBlocks: grown('evictedBlocks'),
      filledBytes: grown('usedBytes'),
    };
  });
  const { window } = scope;
  return window === null ? phases : phases.filter(({ from, to }) => from < window.to && to > window.from);
}

/** What several phases come to. */
export function inAll(phases: readonly Phase[]): Phase {
  return phases.reduce(
    (sum, phase) => ({
      from: Math.min(sum.from, phase.from),
      to: Math.max(sum.to, phase.to),
      readBytes: sum.readBytes + phase.readBytes,
      ufsBytes: sum.ufsBytes + phase.ufsBytes,
      evictedBlocks: sum.evictedBlocks + phase.evictedBlocks,
      filledBytes: sum.filledBytes + phase.filledBytes,
    }),
    { from: Infinity, to: -Infinity, readBytes: 0, ufsBytes: 0, evictedBlocks: 0, filledBytes: 0 },
  );
}

/** Share of the bytes read that came from below; at most 1, since loading reads more than is asked for. */
export function shareBelow({ readBytes, ufsBytes }: Phase): number {
  return readBytes === 0 ? 0 : Math.min(1, ufsBytes / readBytes);
}

/** The two samples of a counter that a growth is worked out from. */
export function evidenceOfGrowth(points: readonly CounterPoint[] | undefined, { from, to }: Phase): Evidence[] {
  const ends = [latest(points, from), latest(points, to)];
  return ends.flatMap((point) => (point ? [point.evidence] : []));
}

function valueAt(points: readonly CounterPoint[] | undefined, at: number): number {
  return latest(points, at)?.value ?? 0;
}

/** Samples of other processes are a few seconds apart from those of the master. */
function latest(points: readonly CounterPoint[] | undefined, at: number): CounterPoint | undefined {
  return points?.findLast((point) => point.at <= at + SAME_ROUND_MS) ?? points?.[0];
}

const SAME_ROUND_MS = 15_000;

/** Clocks and the first lines of a log differ by this much. */
const SLACK_MS = 5_000;

/**
 * Whether something that happened belongs to the question's time; unknown times and no window do. Behind the window a little
 * more counts (a loss is declared late), before it nothing: what had happened by then was there when it began.
 */
export function isInScope(at: number | null, { window }: CacheScope): boolean {
  if (at === null || window === null) return true;
  return at >= window.from - SLACK_MS && at <= window.to + CACHE_THRESHOLDS.edgeMs;
}
