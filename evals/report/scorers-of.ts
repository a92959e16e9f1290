import { clusteredMean } from '../statistics/clustered-share.ts';
import { zeroFailuresBound } from '../statistics/zero-failures-bound.ts';
import type { ScoredTrial, SuiteResult } from './suite-result.ts';
import type { HardGateSummary, ScorerSummary } from './summary.ts';

/** Each scorer over the trials it speaks of, in the order of the list. One that only tells figures has no row. */
export function scorersOf(made: readonly ScoredTrial[], { scorers, seed }: SuiteResult): ScorerSummary[] {
  return scorers.map(({ name, measures, isHardGate }) => {
    const clusters = [...Map.groupBy(made, ({ incident }) => incident).values()].map((cluster) =>
      cluster.flatMap(({ scores }) => scores.find(({ scorer }) => scorer === name)?.value ?? []),
    );
    const values = clusters.flat();
    const mean = clusteredMean(clusters, seed);
    return {
      name,
      measures,
      isHardGate,
      of: values.length,
      mean: mean?.value ?? null,
      interval: mean?.interval ?? null,
      below: values.filter((value) => value < 1).length,
    };
  });
}

/** Each hard gate: where it was held, and by what it was broken. */
export function hardGatesOf(made: readonly ScoredTrial[], { scorers }: SuiteResult): HardGateSummary[] {
  return scorers
    .filter(({ isHardGate }) => isHardGate)
    .map(({ name, measures }) => {
      const held = made.flatMap(({ trial, incident, scores }) => {
        const passed = scores.find(({ scorer }) => scorer === name)?.passed ?? null;
        return passed === null ? [] : [{ id: trial.id, incident, passed }];
      });
      const broken = held.filter(({ passed }) => !passed).map(({ id }) => id);
      const incidents = new Set(held.map(({ incident }) => incident)).size;
      return {
        name,
        measures,
        held: held.length,
        broken,
        upperBound: broken.length > 0 ? null : zeroFailuresBound(incidents),
      };
    });
}
