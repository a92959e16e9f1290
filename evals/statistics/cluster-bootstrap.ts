import type { Interval } from './interval.ts';
import { quantileOfSorted } from './quantile.ts';
import { randomNumbers } from './random-numbers.ts';

/** How often a sample is drawn: the ends of the interval then move by less than half a point from seed to seed. */
const DRAWS = 10_000;

/**
 * The 95 % interval of a mean whose values come in clusters (questions about one incident stand and fall together): whole clusters are
 * drawn with replacement, and the percentiles of their means taken. Values drawn one by one would look surer than they are.
 *
 * @param clusters the values of each base incident
 * @returns null for no value
 */
export function clusterBootstrap(
  clusters: readonly (readonly number[])[],
  seed: number,
  draws = DRAWS,
): Interval | null {
  const filled = clusters.filter((cluster) => cluster.length > 0);
  if (filled.length === 0) return null;
  const sums = Float64Array.from(filled, (cluster) => cluster.reduce((sum, value) => sum + value, 0));
  const counts = Float64Array.from(filled, (cluster) => cluster.length);
  const random = randomNumbers(seed);
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let [sum, count] = [0, 0];
    for (let at = 0; at < filled.length; at++) {
      const drawn = Math.floor(random() * filled.length);
      sum += sums[drawn] ?? 0;
      count += counts[drawn] ?? 0;
    }
    means[draw] = sum / count;
  }
  means.sort();
  return { low: quantileOfSorted(means, 0.025), high: quantileOfSorted(means, 0.975) };
}
