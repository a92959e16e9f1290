import { isRight } from '../report/is-right.ts';
import type { ScoredTrial, SuiteResult } from '../report/suite-result.ts';
import { clusterBootstrap } from '../statistics/cluster-bootstrap.ts';
import { exactMcnemar } from '../statistics/exact-mcnemar.ts';
import { holmCorrection } from '../statistics/holm-correction.ts';
import type { Interval } from '../statistics/interval.ts';
import { signFlipTest } from '../statistics/sign-flip-test.ts';

/** A model's answers against those of an earlier run, on the asks that both put; a report, never a gate. */
export interface LiveComparison {
  asks: number;
  incidents: number;
  /** Mean share of right answers over the asks, each from 0 to 1. */
  was: number;
  is: number;
  /** Of `is − was`, drawn by base incident. */
  interval: Interval;
  /** `mcnemar` where each incident was asked once in both; else `sign_flip`, on the means of the incidents. */
  test: 'mcnemar' | 'sign_flip';
  p: number;
  /** By tag, p raised by Holm's correction: many tags are looked at at once. */
  byTag: readonly { tag: string; asks: number; difference: number; p: number }[];
  /** Asks whose share of right answers moved, most first. */
  moved: readonly { askId: string; was: number; is: number }[];
  /** Asks that only one of the two put, or that were not run in one: left out. */
  unpaired: number;
}

interface Pair {
  askId: string;
  incident: string;
  tags: readonly string[];
  was: number;
  is: number;
  isSingle: boolean;
}

/** Compares `live` with an earlier result; null where they have no ask in common. */
export function compareLive(result: SuiteResult, earlier: SuiteResult): LiveComparison | null {
  const [now, before] = [byAsk(result), byAsk(earlier)];
  const pairs = [...now].flatMap(([askId, { trials, rights }]): Pair[] => {
    const former = before.get(askId)?.rights;
    const [first] = trials;
    if (former === undefined || first === undefined) return [];
    const isSingle = rights.length === 1 && former.length === 1;
    return [{ askId, incident: first.incident, tags: first.tags, was: mean(former), is: mean(rights), isSingle }];
  });
  if (pairs.length === 0) return null;
  const difference = (pair: Pair) => pair.is - pair.was;
  const byIncident = clusters(pairs);
  const tags = [...new Set(pairs.flatMap(({ tags }) => tags))].sort();
  const tagged = tags.map((tag) => {
    const of = pairs.filter((pair) => pair.tags.includes(tag));
    return { tag, asks: of.length, difference: mean(of.map(difference)), p: test(of, result.seed).p };
  });
  const adjusted = holmCorrection(tagged.map(({ p }) => p));
  return {
    asks: pairs.length,
    incidents: byIncident.length,
    was: mean(pairs.map(({ was }) => was)),
    is: mean(pairs.map(({ is }) => is)),
    interval: clusterBootstrap(byIncident, result.seed) ?? { low: 0, high: 0 },
    ...test(pairs, result.seed),
    byTag: tagged.map((row, at) => ({ ...row, p: adjusted[at] ?? 1 })),
    moved: pairs
      .filter(({ was, is }) => was !== is)
      .sort((a, b) => Math.abs(difference(b)) - Math.abs(difference(a)) || (a.askId < b.askId ? -1 : 1))
      .map(({ askId, was, is }) => ({ askId, was, is })),
    unpaired: new Set([...now.keys(), ...before.keys()]).size - pairs.length,
  };
}

function test(pairs: readonly Pair[], seed: number): Pick<LiveComparison, 'test' | 'p'> {
  const byIncident = clusters(pairs);
  if (pairs.every(({ isSingle }) => isSingle) && byIncident.length === pairs.length) {
    const better = pairs.filter(({ was, is }) => is > was).length;
    const worse = pairs.filter(({ was, is }) => is < was).length;
    return { test: 'mcnemar', p: exactMcnemar(better, worse) };
  }
  return { test: 'sign_flip', p: signFlipTest(byIncident.map(mean), seed) };
}

/** Differences of the asks of each base incident. */
function clusters(pairs: readonly Pair[]): number[][] {
  const groups = Map.groupBy(pairs, ({ incident }) => incident).values();
  return [...groups].map((group) => group.map(({ was, is }) => is - was));
}

function byAsk(result: SuiteResult): ReadonlyMap<string, { trials: ScoredTrial[]; rights: number[] }> {
  const live = result.scored.filter(({ trial }) => trial.variant === 'live' && trial.status !== 'not_run');
  const groups = Map.groupBy(live, ({ trial }) => trial.askId);
  return new Map(
    [...groups].map(([askId, trials]) => {
      const rights = trials.map((scored) => Number(isRight(scored, result.decidedBy)));
      return [askId, { trials, rights }];
    }),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
