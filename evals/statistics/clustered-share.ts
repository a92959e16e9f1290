import { clusterBootstrap } from './cluster-bootstrap.ts';
import type { Interval, Share } from './interval.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** With few clusters percentiles are too narrow (A. C. Cameron, J. B. Gelbach, D. L. Miller, Review of Economics and Statistics 90, 2008). */
const FEW_CLUSTERS = 10;

/**
 * The mean of values from 0 to 1, with an interval that knows that trials of one incident stand and fall together: the bootstrap by
 * incident; where there are few incidents, or all values are 0 or all are 1 and nothing can be resampled, Wilson's as if each incident
 * were one trial, which is the wider of what could be said.
 *
 * @param clusters the values of each base incident
 * @returns null for no value
 */
export function clusteredMean(
  clusters: readonly (readonly number[])[],
  seed: number,
): { value: number; interval: Interval } | null {
  const filled = clusters.filter((cluster) => cluster.length > 0);
  const values = filled.flat();
  if (values.length === 0) return null;
  const value = values.reduce((sum, one) => sum + one, 0) / values.length;
  const isOneSided = value === 0 || value === 1;
  const interval =
    filled.length < FEW_CLUSTERS || isOneSided
      ? wilsonInterval(value * filled.length, filled.length)
      : clusterBootstrap(filled, seed);
  return { value, interval: interval ?? { low: 0, high: 1 } };
}

/** The share of right trials, by the same rules. @param clusters of each base incident whether its trials are right */
export function clusteredShare(clusters: readonly (readonly boolean[])[], seed: number): Share | null {
  const mean = clusteredMean(
    clusters.map((cluster) => cluster.map(Number)),
    seed,
  );
  const trials = clusters.flat();
  return mean === null ? null : { hits: trials.filter((right) => right).length, of: trials.length, ...mean };
}
