import { clusterBootstrap } from './cluster-bootstrap.ts';
import type { Interval, Share } from './interval.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** With few clusters percentiles are too narrow (A. C. Cameron, J. B. Gelbach, D. L. Miller, Review of Economics and Statistics 90, 2008). */
const FEW_CLUSTERS = 10;

/**
 * The share of right trials, with an interval that knows that trials of one incident stand and fall together: the bootstrap by
 * incident; where there are few incidents, or all trials agree and nothing can be resampled, Wilson's as if each incident were one
 * trial, which is the wider of what could be said.
 *
 * @param clusters of each base incident whether its trials are right
 * @returns null for no trial
 */
export function clusteredShare(clusters: readonly (readonly boolean[])[], seed: number): Share | null {
  const filled = clusters.filter((cluster) => cluster.length > 0);
  const trials = filled.flat();
  if (trials.length === 0) return null;
  const hits = trials.filter((right) => right).length;
  const value = hits / trials.length;
  return { hits, of: trials.length, value, interval: intervalOf(filled, value, seed) };
}

function intervalOf(clusters: readonly (readonly boolean[])[], value: number, seed: number): Interval {
  const isOneSided = value === 0 || value === 1;
  const interval =
    clusters.length < FEW_CLUSTERS || isOneSided
      ? wilsonInterval(value * clusters.length, clusters.length)
      : clusterBootstrap(
          clusters.map((cluster) => cluster.map(Number)),
          seed,
        );
  return interval ?? { low: 0, high: 1 };
}
